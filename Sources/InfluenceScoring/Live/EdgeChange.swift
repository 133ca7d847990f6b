/// A change of one edge.
public struct EdgeChange: Sendable, Hashable {
  /// The node that the edge leaves.
  public var from: Int
  /// The node that it enters.
  public var to: Int
  /// What the edge weighs from now on, 0 or 1e-150 … 1e150; `nil` takes it away.
  public var weight: Double?

  /// Creates a change.
  public init(from: Int, to: Int, weight: Double?) {
    self.from = from
    self.to = to
    self.weight = weight
  }
}
