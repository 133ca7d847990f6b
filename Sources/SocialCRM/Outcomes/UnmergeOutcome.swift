public import SCRMModel

/// What to take apart.
public enum UnmergeOrder: Sendable, Hashable {
  /// The evidence of an interaction is out of force; the interaction itself stays.
  case withdraw(EventKey)
  /// An identifier is parted from everything else in its person, and stays parted.
  case detach(Identifier)
  /// What the absorbed person of a merge had is parted from what the survivor had, and stays parted.
  case revert(MergeRecord)
  /// Two sets of accounts are parted, and stay parted.
  case part([AccountID], from: [AccountID])
  /// What was parted by the decision at a place in the log may be joined again.
  case lift(LogPosition)
}

/// What an unmerge would do, or did.
public struct UnmergeOutcome: Sendable, Hashable, Redacted {
  /// The log position of the decision; by it the parting can be lifted.
  public var position = LogPosition.start
  /// The people concerned as they were, ordered by id.
  public var before: [PersonRecord] = []
  /// The people concerned as they are, ordered by id.
  public var after: [PersonRecord] = []
  /// The people who became one.
  public var merges: [MergeRecord] = []
  /// The accounts that went from one person to another; interactions, traits, ties and consents went with them.
  public var moves: [AccountMove] = []
  /// The segments that people entered or left.
  public var segments: [SegmentChange] = []
  /// The actions that are no longer right.
  public var cancellations: [Cancellation] = []

  init() {}

  /// The numbers of people.
  public var redactedDescription: String { "\(before.count) people become \(after.count)" }
}
