extension DenseGraph {
  /// The modularity of a division of the undirected graph: how much more weight lies within groups than chance would put
  /// there, −0.5 … 1.
  ///
  /// Newman & Girvan, *Finding and Evaluating Community Structure in Networks* (2004). A directed graph is taken as
  /// undirected, with the weights there and back added when it has weights. 0 for a graph without edges. O(nodes + edges).
  /// - Parameters:
  ///   - partition: a division of its nodes.
  ///   - resolution: above 1 favours smaller groups; 0 or more.
  /// - Throws: ``GraphError`` with `mismatchedCounts` or `invalidSetting`.
  public func modularity(of partition: NodePartition, resolution: Double = 1) throws(GraphError) -> Double {
    guard partition.groups.count == nodeCount else {
      throw GraphError(
        .mismatchedCounts, subject: "partition", "\(partition.groups.count) nodes, expected \(nodeCount)")
    }
    try Self.check(resolution: resolution)
    let level = CommunityLevel(self)
    return level.modularity(of: partition.groups, count: partition.count, resolution: resolution)
  }

  static func check(resolution: Double) throws(GraphError) {
    guard resolution >= 0, resolution.isFinite else {
      throw GraphError(.invalidSetting, subject: "resolution", "expected 0 or more")
    }
  }
}
