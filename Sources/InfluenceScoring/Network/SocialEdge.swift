/// A tie between two nodes of a ``SocialGraph`` before it is built in.
public struct SocialEdge<Node: Hashable & Sendable>: Sendable, Hashable {
  /// Where the edge begins.
  public var from: Node
  /// Where it leads.
  public var to: Node
  /// How strong it is: 0 or 1e-150 … 1e150, in a unit that all edges share.
  public var weight: Double
  /// What kind of tie it is, in a numbering of the host's own; edges of different kinds are different edges.
  public var kind: UInt16
  /// When it was last seen, in seconds since 1970; 0 where that is not known.
  public var time: Int64

  /// Creates an edge.
  @inlinable
  public init(from: Node, to: Node, weight: Double = 1, kind: UInt16 = 0, time: Int64 = 0) {
    self.from = from
    self.to = to
    self.weight = weight
    self.kind = kind
    self.time = time
  }
}
