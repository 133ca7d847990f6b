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

  /// What followed from an interaction, while it is decided.
  struct Consequences {
    var segments: [SegmentChange] = []
    var actions: [ProposedAction] = []
    var cancellations: [Cancellation] = []
    var tierChange: TierChange?
  }

  /// What few outcomes hold.
  private struct RareFields: Sendable, Hashable {
    var unusableIdentifiers: [String] = []
    var merges: [MergeRecord] = []
    var moves: [AccountMove] = []
    var changedTraits: [String] = []
    var tierChange: TierChange?
    var cancellations: [Cancellation] = []
  }

  /// Everything an outcome holds.
  private struct Fields: Sendable, Hashable {
    let key: EventKey
    let disposition: Disposition
    let person: PersonID?
    let isNewPerson: Bool
    let isLate: Bool
    let segments: [SegmentChange]
    let actions: [ProposedAction]
    /// At most one; most outcomes have none of it, and then it takes a word.
    let rare: [RareFields]
  }

  private final class Box: Sendable {
    let fields: Fields

    init(_ key: EventKey, _ disposition: Disposition) {
      fields = Fields(
        key: key, disposition: disposition, person: nil, isNewPerson: false, isLate: false, segments: [], actions: [],
        rare: [])
    }

    init(_ step: FoldStep, _ consequences: borrowing Consequences, rare: [RareFields]) {
      fields = Fields(
        key: step.interaction.key, disposition: .accepted(step.position), person: step.person,
        isNewPerson: step.isNewPerson, isLate: step.isLate, segments: consequences.segments,
        actions: consequences.actions, rare: rare)
    }
  }

  // One reference wide: outcomes are handed around in large arrays.
  private let box: Box

  init(_ key: EventKey, _ disposition: Disposition) { box = Box(key, disposition) }

  /// The outcome of an accepted interaction.
  init(_ step: FoldStep, _ consequences: borrowing Consequences) {
    let mayHaveRare = step.rare != nil || consequences.tierChange != nil || !consequences.cancellations.isEmpty
    box = Box(step, consequences, rare: mayHaveRare ? Self.rareFields(step, consequences) : [])
  }

  /// None where there is nothing of it, so that outcomes that say the same are equal.
  private static func rareFields(_ step: FoldStep, _ consequences: borrowing Consequences) -> [RareFields] {
    var fields = RareFields(tierChange: consequences.tierChange, cancellations: consequences.cancellations)
    if let rare = step.rare {
      fields.unusableIdentifiers = rare.unusableIdentifiers
      fields.merges = rare.merges
      fields.moves = rare.moves
      fields.changedTraits = rare.changedTraits
    }
    return fields == RareFields() ? [] : [fields]
  }

  /// The interaction.
  public var key: EventKey { box.fields.key }
  /// What became of it.
  public var disposition: Disposition { box.fields.disposition }
  /// The person who acted; `nil` for staff, brands and automation, and when it was not accepted.
  public var person: PersonID? { box.fields.person }
  /// Whether the person was not known before.
  public var isNewPerson: Bool { box.fields.isNewPerson }
  /// Whether it was older than the lateness the loop waits for.
  public var isLate: Bool { box.fields.isLate }
  /// Identifiers that could not be used, without their values.
  public var unusableIdentifiers: [String] { box.fields.rare.first?.unusableIdentifiers ?? [] }
  /// People who turned out to be one.
  public var merges: [MergeRecord] { box.fields.rare.first?.merges ?? [] }
  /// Accounts that went from one person to another, after the merges: what was joined is parted by what became known.
  public var moves: [AccountMove] { box.fields.rare.first?.moves ?? [] }
  /// The names of the traits whose best value changed.
  public var changedTraits: [String] { box.fields.rare.first?.changedTraits ?? [] }
  /// The tier before and after, when it changed.
  public var tierChange: TierChange? { box.fields.rare.first?.tierChange }
  /// The segments that people entered or left.
  public var segments: [SegmentChange] { box.fields.segments }
  /// The actions proposed, suppressed ones included.
  public var actions: [ProposedAction] { box.fields.actions }
  /// The actions that are no longer right.
  public var cancellations: [Cancellation] { box.fields.rare.first?.cancellations ?? [] }

  /// Whether both say the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.box === right.box || left.box.fields == right.box.fields
  }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// A change of tier.
  public struct TierChange: Sendable, Hashable {
    /// Before.
    public var from: ParticipationTier
    /// After.
    public var to: ParticipationTier
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
