extension DenseGraph {
  /// The betweenness of every node with weights as lengths: on how many shortest ways between two others it lies.
  ///
  /// As ``betweenness(work:)``, with Dijkstra in place of breadth-first search: O(nodes × (nodes + edges) log nodes). Ways whose
  /// lengths differ by no more than rounding (1e-12) are equally long. The strength of a tie must be turned into a length
  /// first.
  /// - Throws: ``GraphError`` with `invalidWeight` for a weight of 0, or `cancelled`.
  public func weightedBetweenness(work: GraphWork = GraphWork()) throws(GraphError) -> NodeScores {
    let sums = try lengthDependencies(on: Array(0..<nodeCount), work: work)
    return NodeScores(isUndirected ? sums.map { $0 / 2 } : sums, iterations: nodeCount)
  }

  /// An estimate of weighted betweenness from the shortest ways that begin at some nodes drawn at random.
  ///
  /// As ``sampledBetweenness(draws:seed:confidence:work:)``. O(draws × (nodes + edges) log nodes).
  /// - Parameters:
  ///   - draws: how many nodes are drawn, 1 or more; the result is exact when there are no more nodes than that.
  ///   - seed: of the drawing.
  ///   - confidence: of the error bound, above 0 and below 1.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting`, `invalidWeight` for a weight of 0, or `cancelled`.
  public func sampledWeightedBetweenness(
    draws: Int, seed: UInt64, confidence: Double = 0.95, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NodeScores {
    let bound = try Sampling.bound(draws: draws, values: nodeCount, confidence: confidence)
    guard draws < nodeCount else { return try weightedBetweenness(work: work) }
    let sums = try lengthDependencies(on: Sampling.draw(draws, below: nodeCount, seed: seed), work: work)
    return sampled(sums, draws: draws, bound: bound, seed: seed)
  }

  /// Dependencies on drawn sources as an estimate of betweenness; `bound` is that of a mean of values in 0 … 1.
  func sampled(_ sums: [Double], draws: Int, bound: Double, seed: UInt64) -> NodeScores {
    let scale = Double(nodeCount) / Double(draws) / (isUndirected ? 2 : 1)
    let largest = Double(max(nodeCount - 2, 0)) * Double(nodeCount) / (isUndirected ? 2 : 1)
    return NodeScores(sums.map { $0 * scale }, iterations: draws, errorBound: bound * largest, seed: seed)
  }

  private func lengthDependencies(on sources: [Int], work: GraphWork) throws(GraphError) -> [Double] {
    try checkLengths()
    return try out.partialSums(.dependencies, of: sources, nodeCount: nodeCount, work: work)
  }
}
