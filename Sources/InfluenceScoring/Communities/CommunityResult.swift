/// Communities of a graph, with how they were found.
public struct CommunityResult: Sendable, Hashable {
  /// The community of every node.
  public let partition: NodePartition
  /// The modularity of the division, −0.5 … 1, at the resolution asked for.
  public let modularity: Double
  /// How many rounds over the whole graph were made.
  public let iterations: Int
  /// Whether the last round changed nothing.
  public let converged: Bool
  /// The seed of what was drawn, where something was.
  public let seed: UInt64?
}
