import DenseData

extension DenseGraph {
  /// The harmonic closeness of some nodes: the mean of 1 ÷ distance to every other node, 0 … 1, along edges.
  ///
  /// Nodes that are not reached count 0, so disconnected graphs need no special rule (Marchiori & Latora 2000). Distances
  /// count edges. O(edges) for each node at worst, far less on social graphs. The only node of a graph has 0.
  /// - Parameters:
  ///   - nodes: the nodes to measure.
  ///   - work: threads and progress.
  /// - Returns: the values in the order of `nodes`.
  /// - Throws: ``GraphError`` with `unknownNode` or `cancelled`.
  public func harmonicCloseness(of nodes: [Int], work: GraphWork = GraphWork()) throws(GraphError) -> [Double] {
    for node in nodes { try check(node) }
    let others = Double(max(nodeCount - 1, 1))
    return try hopSums(from: nodes, work: work).inverse.map { $0 / others }
  }

  /// The harmonic closeness of every node.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func harmonicCloseness(work: GraphWork = GraphWork()) throws(GraphError) -> NodeScores {
    NodeScores(try harmonicCloseness(of: Array(0..<nodeCount), work: work), iterations: nodeCount)
  }

  /// An estimate of the harmonic closeness of every node, from its distances to some nodes drawn at random.
  ///
  /// Eppstein & Wang, *Fast Approximation of Centrality* (2004). O(pivots × edges) at worst. The error bound holds for all
  /// nodes at once with the given confidence (Hoeffding, and a union over the nodes): √(ln(2 × nodes ÷ (1 − confidence)) ÷
  /// (2 × pivots)).
  /// - Parameters:
  ///   - pivots: how many nodes are drawn, 1 or more; the result is exact when there are no more nodes than that.
  ///   - seed: of the drawing.
  ///   - confidence: of the error bound, above 0 and below 1.
  ///   - work: progress; one thread.
  /// - Throws: ``GraphError`` with `invalidSetting` or `cancelled`.
  public func sampledHarmonicCloseness(
    pivots: Int, seed: UInt64, confidence: Double = 0.95, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NodeScores {
    let bound = try Sampling.bound(draws: pivots, values: nodeCount, confidence: confidence)
    guard pivots < nodeCount, nodeCount > 1 else { return try harmonicCloseness(work: work) }
    let chosen = Sampling.draw(pivots, below: nodeCount, seed: seed)
    var sums = [Double](repeating: 0, count: nodeCount)
    try distances(toAll: chosen, work: work) { distance, node, count in sums[node] += Double(count) / Double(distance) }
    let scale = Double(nodeCount) / Double(pivots) / Double(nodeCount - 1)
    return NodeScores(
      sums.map { $0 * scale }, iterations: pivots, errorBound: bound * Double(nodeCount) / Double(nodeCount - 1),
      seed: seed)
  }

  /// The closeness of some nodes: how near the nodes are that they reach, 0 … 1, along edges.
  ///
  /// r ÷ (n − 1) × r ÷ (sum of distances), where r is the number of other nodes reached (Wasserman & Faust 1994): what a node
  /// reaches only in a small part of the graph counts for that part. A node that reaches nobody has 0. Costs as harmonic
  /// closeness.
  /// - Throws: ``GraphError`` with `unknownNode` or `cancelled`.
  public func closeness(of nodes: [Int], work: GraphWork = GraphWork()) throws(GraphError) -> [Double] {
    for node in nodes { try check(node) }
    let sums = try hopSums(from: nodes, work: work)
    return nodes.indices.map { place in
      let reached = Double(sums.reached[place])
      return reached > 0 ? reached / Double(nodeCount - 1) * reached / Double(sums.hops[place]) : 0
    }
  }

  /// The closeness of every node.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func closeness(work: GraphWork = GraphWork()) throws(GraphError) -> NodeScores {
    NodeScores(try closeness(of: Array(0..<nodeCount), work: work), iterations: nodeCount)
  }
}
