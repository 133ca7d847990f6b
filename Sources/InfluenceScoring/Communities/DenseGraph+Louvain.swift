import DenseData

extension DenseGraph {
  /// Communities by the method of Louvain: nodes move to the neighbouring community that gains most modularity, then
  /// communities do, and so on.
  ///
  /// Blondel et al., *Fast Unfolding of Communities in Large Networks* (2008). A directed graph is taken as undirected. A
  /// community may fall apart inside; ``leiden(resolution:seed:runs:maximumIterations:work:)`` avoids that and is better.
  /// About O(edges log nodes). The same seed gives the same communities for any number of threads.
  /// - Parameters:
  ///   - resolution: above 1 favours smaller communities; 0 or more.
  ///   - seed: of the order in which nodes are looked at.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting` or `cancelled`.
  public func louvain(
    resolution: Double = 1, seed: UInt64 = 0, work: GraphWork = GraphWork()
  ) throws(GraphError) -> CommunityResult {
    try Self.check(resolution: resolution)
    var random = SeededGenerator(seed: seed)
    let bottom = CommunityLevel(self)
    let loop = work.loop(steps: (nodeCount + bottom.rows.neighbours.count) * 4)
    var level = bottom
    var flat = (0..<nodeCount).map { UInt32(truncatingIfNeeded: $0) }
    var rounds = 0
    while true {
      var groups = (0..<level.nodeCount).map { UInt32(truncatingIfNeeded: $0) }
      level.move(&groups, order: random.shuffled(level.nodeCount), resolution: resolution, on: loop)
      rounds += 1
      let found = NodePartition(dense: groups, bound: level.nodeCount)
      for node in flat.indices { flat[node] = found.groups[Int(flat[node])] }
      try work.report(1 - Double(found.count) / Double(max(nodeCount, 1)))
      if found.count == level.nodeCount { break }
      level = level.aggregated(by: found.groups, count: found.count, on: loop)
    }
    let partition = NodePartition(dense: flat, bound: nodeCount)
    return CommunityResult(
      partition: partition,
      modularity: bottom.modularity(of: partition.groups, count: partition.count, resolution: resolution),
      iterations: rounds, converged: true, seed: seed)
  }
}

extension SeededGenerator {
  /// The numbers below `count` in a drawn order (Fisher & Yates).
  mutating func shuffled(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for place in 0..<count { order.swapAt(place, place + below(count - place)) }
    return order
  }
}
