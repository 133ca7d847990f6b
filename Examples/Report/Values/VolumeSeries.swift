/// How many interactions there were over time by one kind of actor.
public struct VolumeSeries: Sendable, Hashable {
  /// Who acted.
  public enum Side: String, Sendable, Hashable, CaseIterable {
    /// Customers.
    case customers
    /// Brands and their staff.
    case brands
    /// Automation.
    case automation
  }

  /// Who acted.
  public var side: Side
  /// Interactions, aligned with the bins of ``RunReport/timeLine``.
  public var counts: [Int]

  /// Creates a series.
  public init(side: Side, counts: [Int]) {
    self.side = side
    self.counts = counts
  }
}
