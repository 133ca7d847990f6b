public import SCRMModel

/// What became of an interaction, and what followed from it.
public struct InteractionOutcome: Sendable, Hashable, Redacted {
  /// What became of an interaction.
  public enum Disposition: Sendable, Hashable {
    /// It was new and is now in the log, at the position.
    case accepted(LogPosition)
    /// The same interaction is already in the log, or stands earlier in the batch; nothing changed.
    case duplicate
    /// It was refused; nothing changed.
    case refused(SCRMError)
  }

  /// The interaction.
  public var key: EventKey
  /// What became of it.
  public var disposition: Disposition
  /// The person who acted; `nil` for staff, brands and automation, and when it was not accepted.
  public var person: PersonID?
  /// Whether the person was not known before.
  public var isNewPerson = false
  /// Whether it was older than the lateness the loop waits for.
  public var isLate = false
  /// Identifiers that could not be used, without their values.
  public var unusableIdentifiers: [String] = []
  /// People who turned out to be one.
  public var merges: [MergeRecord] = []
  /// The names of the traits whose best value changed.
  public var changedTraits: [String] = []
  /// The tier before and after, when it changed.
  public var tierChange: TierChange?
  /// The segments that people entered or left.
  public var segments: [SegmentChange] = []
  /// The actions proposed, suppressed ones included.
  public var actions: [ProposedAction] = []
  /// The actions that are no longer right.
  public var cancellations: [Cancellation] = []

  /// A change of tier.
  public struct TierChange: Sendable, Hashable {
    /// Before.
    public var from: ParticipationTier
    /// After.
    public var to: ParticipationTier
  }

  init(_ key: EventKey, _ disposition: Disposition) {
    self.key = key
    self.disposition = disposition
  }

  /// Whether it is now in the log.
  public var isAccepted: Bool { if case .accepted = disposition { true } else { false } }
  /// Whether it was known already.
  public var isDuplicate: Bool { disposition == .duplicate }
  /// Why it was refused, if it was.
  public var refusal: SCRMError? { if case .refused(let error) = disposition { error } else { nil } }

  /// The key and what became of it.
  public var redactedDescription: String {
    switch disposition {
    case .accepted(let position): "\(key) accepted at \(position)"
    case .duplicate: "\(key) duplicate"
    case .refused(let error): "\(key) refused: \(error)"
    }
  }
}

/// What followed from advancing time.
public struct AdvanceOutcome: Sendable, Hashable {
  /// The loop's time after it.
  public var time: Instant
  /// How many people were looked at.
  public var evaluated = 0
  /// The segments that people entered or left.
  public var segments: [SegmentChange] = []
}
