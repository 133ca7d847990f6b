/// What became of the input of a run.
public struct IntakeFigures: Sendable, Hashable {
  /// Interactions that are now in the log and were not before.
  public var accepted = 0
  /// Of them, those that were older than the lateness the loop waits for.
  public var late = 0
  /// Interactions that were known already.
  public var duplicates = 0
  /// Interactions that the loop did not accept, most frequent reason first.
  public var refusals: [RefusalFigures] = []
  /// Rows that are no interaction, most frequent reason first.
  public var unreadable: [RefusalFigures] = []

  /// Creates the figures of an empty input.
  public init() {}

  /// How many interactions were refused.
  public var refusedCount: Int { refusals.reduce(0) { $0 + $1.count } }
  /// How many rows could not be read.
  public var unreadableCount: Int { unreadable.reduce(0) { $0 + $1.count } }
}
