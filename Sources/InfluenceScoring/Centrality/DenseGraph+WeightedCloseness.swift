import DenseData

extension DenseGraph {
  /// The harmonic closeness of some nodes with weights as lengths: the mean of 1 ÷ distance to every other node, along edges.
  ///
  /// As ``harmonicCloseness(of:work:)``, with distances by Dijkstra: O((nodes + edges) log nodes) for each node. In the unit
  /// 1 ÷ length, so it may exceed 1. The strength of a tie must be turned into a length first.
  /// - Returns: the values in the order of `nodes`.
  /// - Throws: ``GraphError`` with `unknownNode`, `invalidWeight` for a weight of 0, or `cancelled`.
  public func weightedHarmonicCloseness(
    of nodes: [Int], work: GraphWork = GraphWork()
  ) throws(GraphError) -> [Double] {
    let others = Double(max(nodeCount - 1, 1))
    return try lengthSums(from: nodes, work: work).inverse.map { $0 / others }
  }

  /// The closeness of some nodes with weights as lengths.
  ///
  /// As ``closeness(of:work:)``: r ÷ (n − 1) × r ÷ (sum of distances), with distances by Dijkstra: O((nodes + edges) log
  /// nodes) for each node. In the unit 1 ÷ length.
  /// - Returns: the values in the order of `nodes`.
  /// - Throws: ``GraphError`` with `unknownNode`, `invalidWeight` for a weight of 0, or `cancelled`.
  public func weightedCloseness(of nodes: [Int], work: GraphWork = GraphWork()) throws(GraphError) -> [Double] {
    let sums = try lengthSums(from: nodes, work: work)
    return nodes.indices.map { place in
      let reached = Double(sums.reached[place])
      return reached > 0 ? reached / Double(nodeCount - 1) * reached / sums.length[place] : 0
    }
  }

  /// An estimate of the weighted harmonic closeness of every node, from its distances to some nodes drawn at random.
  ///
  /// As ``sampledHarmonicCloseness(pivots:seed:confidence:work:)``; the error bound is in proportion to 1 ÷ shortest edge.
  /// O(pivots × (nodes + edges) log nodes).
  /// - Parameters:
  ///   - pivots: how many nodes are drawn, 1 or more; the result is exact when there are no more nodes than that.
  ///   - seed: of the drawing.
  ///   - confidence: of the error bound, above 0 and below 1.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting`, `invalidWeight` for a weight of 0, or `cancelled`.
  public func sampledWeightedHarmonicCloseness(
    pivots: Int, seed: UInt64, confidence: Double = 0.95, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NodeScores {
    let bound = try Sampling.bound(draws: pivots, values: nodeCount, confidence: confidence)
    guard pivots < nodeCount, nodeCount > 1 else {
      return NodeScores(
        try weightedHarmonicCloseness(of: Array(0..<nodeCount), work: work), iterations: nodeCount)
    }
    try checkLengths()
    let chosen = Sampling.draw(pivots, below: nodeCount, seed: seed)
    let count = nodeCount
    let sums = try into.partialSums(.inverseDistances, of: chosen, nodeCount: count, work: work)
    let scale = Double(count) / Double(pivots) / Double(count - 1)
    let largest = 1 / (out.weights.min() ?? 1)
    return NodeScores(
      sums.map { $0 * scale }, iterations: pivots, errorBound: bound * largest * Double(count) / Double(count - 1),
      seed: seed)
  }

  private func lengthSums(
    from nodes: [Int], work: GraphWork
  ) throws(GraphError) -> (reached: [Int], length: [Double], inverse: [Double]) {
    for node in nodes { try check(node) }
    try checkLengths()
    let reached = ScratchBuffer(nodes.count, repeating: 0)
    let length = ScratchBuffer(nodes.count, repeating: 0.0)
    let inverse = ScratchBuffer(nodes.count, repeating: 0.0)
    let (numbers, lengths, inverses) = (reached.base, length.base, inverse.base)
    let loop = work.loop(steps: nodes.count * (nodeCount + out.neighbours.count) * 4)
    let count = nodeCount
    for first in stride(from: 0, to: nodes.count, by: 64) {
      let last = min(first + 64, nodes.count)
      out.withRows { rows in
        // The memory of a search is as large as the graph, so one serves for several nodes.
        loop.run((last - first + 7) / 8) { _, part in
          let search = LengthSearch(nodeCount: count)
          for place in (first + part * 8)..<min(first + part * 8 + 8, last) {
            search.distances(rows, from: nodes[place]) { _, distance in
              if distance == 0 { return }
              numbers[place] += 1
              lengths[place] += distance
              inverses[place] += 1 / distance
            }
          }
        }
      }
      try work.report(Double(last) / Double(nodes.count))
    }
    return (reached.array(), length.array(), inverse.array())
  }
}
