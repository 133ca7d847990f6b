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

  /// Everything an outcome holds.
  struct Fields: Sendable, Hashable {
    var key: EventKey
    var disposition: Disposition
    var person: PersonID?
    var isNewPerson = false
    var isLate = false
    var segments: [SegmentChange] = []
    var actions: [ProposedAction] = []
    /// At most one; most outcomes have none of it, and then it takes a word.
    private var rare: [RareFields] = []

    init(key: EventKey, disposition: Disposition) {
      self.key = key
      self.disposition = disposition
    }

    var unusableIdentifiers: [String] {
      get { rare.first?.unusableIdentifiers ?? [] }
      set { set(newValue, \.unusableIdentifiers) }
    }
    var merges: [MergeRecord] {
      get { rare.first?.merges ?? [] }
      set { set(newValue, \.merges) }
    }
    var moves: [AccountMove] {
      get { rare.first?.moves ?? [] }
      set { set(newValue, \.moves) }
    }
    var changedTraits: [String] {
      get { rare.first?.changedTraits ?? [] }
      set { set(newValue, \.changedTraits) }
    }
    var tierChange: TierChange? {
      get { rare.first?.tierChange }
      set {
        if rare.isEmpty {
          if newValue == nil { return }
          rare.append(RareFields())
        }
        rare[0].tierChange = newValue
      }
    }
    var cancellations: [Cancellation] {
      get { rare.first?.cancellations ?? [] }
      set { set(newValue, \.cancellations) }
    }

    private mutating func set<Element>(_ value: [Element], _ field: WritableKeyPath<RareFields, [Element]>) {
      if rare.isEmpty {
        if value.isEmpty { return }
        rare.append(RareFields())
      }
      rare[0][keyPath: field] = value
    }
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

  private final class Box: Sendable {
    let fields: Fields
    init(_ fields: consuming Fields) { self.fields = fields }
  }

  // One reference wide: outcomes are handed around in large arrays.
  private let box: Box

  init(_ fields: consuming Fields) { box = Box(fields) }

  init(_ key: EventKey, _ disposition: Disposition) { box = Box(Fields(key: key, disposition: disposition)) }

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
  public var unusableIdentifiers: [String] { box.fields.unusableIdentifiers }
  /// People who turned out to be one.
  public var merges: [MergeRecord] { box.fields.merges }
  /// Accounts that went from one person to another, after the merges: what was joined is parted by what became known.
  public var moves: [AccountMove] { box.fields.moves }
  /// The names of the traits whose best value changed.
  public var changedTraits: [String] { box.fields.changedTraits }
  /// The tier before and after, when it changed.
  public var tierChange: TierChange? { box.fields.tierChange }
  /// The segments that people entered or left.
  public var segments: [SegmentChange] { box.fields.segments }
  /// The actions proposed, suppressed ones included.
  public var actions: [ProposedAction] { box.fields.actions }
  /// The actions that are no longer right.
  public var cancellations: [Cancellation] { box.fields.cancellations }

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
