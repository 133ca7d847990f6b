public import SCRMModel

/// What deciding again who is who would change, or changed.
public struct ReconsiderationOutcome: Sendable, Hashable, Redacted {
  /// How many identifiers with evidence were looked at.
  public var identifiers = 0
  /// How many portions changed something; each is an entry of the log.
  public var portions = 0
  /// The people who became one.
  public var merges: [MergeRecord] = []
  /// The accounts that went from one person to another; interactions, traits, ties and consents went with them.
  public var moves: [AccountMove] = []
  /// The segments that people entered or left.
  public var segments: [SegmentChange] = []
  /// The actions that are no longer right.
  public var cancellations: [Cancellation] = []

  init() {}

  mutating func add(_ portion: UnmergeOutcome) {
    portions += 1
    merges += portion.merges
    moves += portion.moves
    segments += portion.segments
    cancellations += portion.cancellations
  }

  /// The numbers of identifiers, merges and moves.
  public var redactedDescription: String {
    "\(identifiers) identifiers decided again: \(merges.count) merges, \(moves.count) moves"
  }
}
