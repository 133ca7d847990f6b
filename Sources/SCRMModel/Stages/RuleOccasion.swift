public import SCRMExpressions

/// Something other than an interaction that may set off rules for a person: time went on to where their rule state fell
/// due, or they entered or left a segment as it did.
///
/// Rule state falls due for what a stage waits for — the end of an absence, a step of a journey, a schedule — and for
/// scores that were published and that it watches (``RuleStage/noting(_:of:in:now:at:)``).
public struct RuleOccasion: Sendable {
  /// Everything known about the person at the loop's time.
  public var person: PersonFacts
  /// The segments the person entered or left as time went on.
  public var changes: [SegmentChange]

  /// Creates an occasion.
  public init(person: PersonFacts, changes: [SegmentChange] = []) {
    self.person = person
    self.changes = changes
  }
}

/// That a published score of a person changed.
public struct ScoreChange: Sendable, Hashable {
  /// The name of the score.
  public var name: String
  /// The score before; `nil` when there was none.
  public var before: Double?
  /// The score now; `nil` when there is none any more.
  public var after: Double?

  /// Creates a change.
  public init(_ name: String, before: Double?, after: Double?) {
    self.name = name
    self.before = before
    self.after = after
  }
}

extension EventKey {
  /// The trigger of an action that no interaction set off: the log entry that moved time or published scores.
  ///
  /// The source `scrm.log` is reserved for it.
  public static func logEntry(_ position: LogPosition) -> EventKey {
    EventKey("scrm.log", String(position.rawValue))
  }
}

extension RuleStage {
  /// `false`.
  public var asksAddressees: Bool { false }

  /// None.
  public var sharedKeys: [StateKey] { [] }

  /// Whether there are keys that all people share.
  public var sharesState: Bool { !sharedKeys.isEmpty }

  /// None.
  public func sharedKeys(for interaction: Interaction) -> [StateKey] { [] }

  /// None.
  public func sharedKeys(awaitedIn record: StateRecord) throws(SCRMError) -> [StateKey] { [] }

  /// `false`.
  public var reactsToTime: Bool { false }

  /// None.
  public var watchedScores: Set<String> { [] }

  /// `nil`: the stage does not care.
  public func noting(
    _ change: ScoreChange, of person: PersonID, in record: StateRecord?, now: Instant, at position: LogPosition
  ) throws(SCRMError) -> StateRecord? { nil }
}

extension RuleSession {
  /// Nothing.
  public mutating func evaluate(_ occasion: RuleOccasion, at position: LogPosition) -> [ProposedAction] { [] }

  /// Nothing.
  public mutating func observe(_ interaction: Interaction, at position: LogPosition, now: Instant) {}
}
