extension DenseGraph {
  /// An estimate of the closeness of every node, from its distances to some nodes drawn at random.
  ///
  /// Eppstein & Wang, *Fast Approximation of Centrality* (2004), for ``closeness(of:work:)``: the part of the drawn nodes that a
  /// node reaches stands for the part of all, their mean distance for the mean of all. O(pivots × edges) at worst. The error bound holds for all
  /// nodes at once with the given confidence (Hoeffding, and a union over the nodes); it grows with the longest distance there can be, which is known well in undirected and in strongly connected graphs alone.
  /// - Parameters:
  ///   - pivots: how many nodes are drawn, 1 or more; the result is exact when there are no more nodes than that.
  ///   - seed: of the drawing.
  ///   - confidence: of the error bound, above 0 and below 1.
  ///   - work: progress; one thread.
  /// - Throws: ``GraphError`` with `invalidSetting` or `cancelled`.
  public func sampledCloseness(
    pivots: Int, seed: UInt64, confidence: Double = 0.95, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NodeScores {
    // Two means a node: of whether it reaches a pivot, and of how far that is.
    let bound = try Sampling.bound(draws: pivots, values: 2 * nodeCount, confidence: confidence)
    guard pivots < nodeCount, nodeCount > 1 else { return try closeness(work: work) }
    let chosen = Sampling.draw(pivots, below: nodeCount, seed: seed)
    var reached = [Int](repeating: 0, count: nodeCount)
    var hops = [Int](repeating: 0, count: nodeCount)
    var farthest = 0
    try distances(toAll: chosen, work: work) { distance, node, count in
      reached[node] += count
      hops[node] += count * distance
      farthest = max(farthest, distance)
    }
    let longest = Double(try longestDistance(to: chosen[0], farthest: farthest, work: work)) * bound
    let scale = Double(nodeCount) / Double(nodeCount - 1)
    var error = 0.0
    let values = (0..<nodeCount).map { node in
      let part = Double(reached[node]) / Double(pivots)
      let length = Double(hops[node]) / Double(pivots)
      let value = length > 0 ? part * part / length : 0
      // No distance is below 1, so closeness is at most the part that is reached.
      let most = min(part + bound, 1)
      let highest = min(most, length > longest ? most * most / (length - longest) : 1)
      let least = max(part - bound, 0)
      error = max(error, highest - value, length > 0 ? value - least * least / (length + longest) : 0)
      return min(value * scale, 1)
    }
    return NodeScores(values, iterations: pivots, errorBound: min(error * scale, 1), seed: seed)
  }

  /// No finite distance between nodes that reach a pivot is longer than this.
  private func longestDistance(to pivot: Int, farthest: Int, work: GraphWork) throws(GraphError) -> Int {
    // There and on: through a pivot of the same component.
    if isUndirected { return 2 * farthest }
    // The searches were the work to tell of.
    let quietly = GraphWork(threads: work.threads)
    guard try strongComponents(work: quietly).count == 1 else { return nodeCount - 1 }
    let onward = try distances(from: pivot, work: quietly).reduce(0) { max($0, $1 ?? 0) }
    return min(farthest + onward, nodeCount - 1)
  }
}
