import DenseData

extension DenseGraph {
  /// Communities by the method of Leiden; each one is connected.
  ///
  /// Traag, Waltman & van Eck, *From Louvain to Leiden* (2019), with modularity as the quality and the best merge instead of
  /// a random one in the refinement. Of several runs with seeds of their own, made at the same time where threads allow, the best
  /// is taken; a single run uses threads for its refinements. A directed graph is taken as undirected. About O(runs × iterations × edges). The same seed
  /// gives the same communities for any number of threads.
  /// - Parameters:
  ///   - resolution: above 1 favours smaller communities; 0 or more.
  ///   - seed: of the orders in which nodes are looked at.
  ///   - runs: how many runs are made, 1 or more; without it 2, on 200,000 edges or more 1.
  ///   - maximumIterations: the most passes of a run over the whole graph, 1 or more; a run ends when one gains nothing.
  ///     Without it 10, on 200,000 edges or more 2, as other tools do.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting` or `cancelled`.
  public func leiden(
    resolution: Double = 1, seed: UInt64 = 0, runs: Int? = nil, maximumIterations: Int? = nil,
    work: GraphWork = GraphWork()
  ) throws(GraphError) -> CommunityResult {
    try Self.check(resolution: resolution)
    // Small graphs cost next to nothing; on large ones later passes and runs gain little for their time.
    let isSmall = edgeCount < 200_000
    let (runs, maximumIterations) = (runs ?? (isSmall ? 2 : 1), maximumIterations ?? (isSmall ? 10 : 2))
    guard runs >= 1, maximumIterations >= 1 else {
      throw GraphError(.invalidSetting, subject: "runs and maximumIterations", "expected 1 or more")
    }
    try work.report(0)
    let bottom = CommunityLevel(self)
    let loop = work.loop(steps: runs * (nodeCount + bottom.rows.neighbours.count) * 4)
    var found = [Result<CommunityResult, GraphError>?](repeating: nil, count: runs)
    found.withUnsafeMutableBufferPointer { found in
      loop.run(runs) { _, run in
        var search = LeidenRun(
          bottom: bottom, resolution: resolution, seed: seed &+ UInt64(run),
          loop: runs == 1 ? loop : ChunkedLoop(threads: 1), work: runs == 1 ? work : nil)
        found[run] = search.result(maximumIterations: maximumIterations)
      }
    }
    var results: [CommunityResult] = []
    for case .some(let result) in found { results.append(try result.get()) }
    try work.report(1)
    let best = results.dropFirst().reduce(results[0]) { $1.modularity > $0.modularity ? $1 : $0 }
    return CommunityResult(
      partition: best.partition, modularity: best.modularity, iterations: best.iterations, converged: best.converged,
      seed: seed)
  }
}

/// One run of Leiden.
private struct LeidenRun {
  let bottom: CommunityLevel
  let resolution: Double
  let loop: ChunkedLoop
  /// Who is told how far the run is; nobody where there are several.
  let work: GraphWork?
  var random: SeededGenerator

  init(bottom: CommunityLevel, resolution: Double, seed: UInt64, loop: ChunkedLoop, work: GraphWork?) {
    self.bottom = bottom
    self.resolution = resolution
    self.loop = loop
    self.work = work
    random = SeededGenerator(seed: seed)
  }

  mutating func result(maximumIterations: Int) -> Result<CommunityResult, GraphError> {
    do throws(GraphError) { return .success(try search(maximumIterations: maximumIterations)) } catch {
      return .failure(error)
    }
  }

  private mutating func search(maximumIterations: Int) throws(GraphError) -> CommunityResult {
    var partition = NodePartition(
      dense: (0..<bottom.nodeCount).map { UInt32(truncatingIfNeeded: $0) }, bound: bottom.nodeCount)
    var quality = quality(of: partition)
    var rounds = 0
    var converged = false
    let work = work
    while rounds < maximumIterations {
      let done = Double(rounds) / Double(maximumIterations)
      let moved = try pass(from: partition) { part throws(GraphError) in
        if let work { try work.report(done + part / Double(maximumIterations)) }
      }
      rounds += 1
      let candidate = bottom.connectedParts(of: moved)
      let value = self.quality(of: candidate)
      converged = value <= quality + 1e-9
      if value > quality || rounds == 1 { (partition, quality) = (candidate, value) }
      if converged { break }
    }
    return CommunityResult(
      partition: partition, modularity: quality, iterations: rounds, converged: converged, seed: nil)
  }

  private func quality(of partition: NodePartition) -> Double {
    bottom.modularity(of: partition.groups, count: partition.count, resolution: resolution)
  }

  /// Moves, refines and aggregates until communities of communities no longer move.
  private mutating func pass(
    from partition: NodePartition, report: (_ part: Double) throws(GraphError) -> Void
  ) throws(GraphError) -> NodePartition {
    var level = bottom
    var groups = partition.groups
    // Which node of the level each node of the graph is in.
    var place = (0..<bottom.nodeCount).map { UInt32(truncatingIfNeeded: $0) }
    while true {
      level.move(&groups, order: random.shuffled(level.nodeCount), resolution: resolution, on: loop)
      let communities = NodePartition(dense: groups, bound: level.nodeCount)
      try report(1 - Double(communities.count) / Double(max(bottom.nodeCount, 1)))
      if communities.count == level.nodeCount { break }
      let refined = level.refined(
        communities, order: random.shuffled(level.nodeCount), resolution: resolution, on: loop)
      var parts = NodePartition(dense: refined, bound: level.nodeCount)
      if parts.count == level.nodeCount { parts = communities }
      var above = [UInt32](repeating: 0, count: parts.count)
      for node in 0..<level.nodeCount { above[Int(parts.groups[node])] = communities.groups[node] }
      for node in place.indices { place[node] = parts.groups[Int(place[node])] }
      level = level.aggregated(by: parts.groups, count: parts.count, on: loop)
      groups = above
    }
    let flat = place.map { groups[Int($0)] }
    return NodePartition(dense: flat, bound: max(bottom.nodeCount, 1))
  }
}

extension CommunityLevel {
  /// The connected parts of each group: dividing one that falls apart only gains modularity.
  fileprivate func connectedParts(of partition: NodePartition) -> NodePartition {
    var part = [UInt32](repeating: .max, count: nodeCount)
    var stack: [Int] = []
    var next: UInt32 = 0
    rows.withRows { rows in
      for start in 0..<nodeCount where part[start] == .max {
        part[start] = next
        stack.append(start)
        while let node = stack.popLast() {
          for edge in rows.start(node)..<rows.end(node) {
            let other = rows.neighbour(edge)
            if part[other] != .max || partition.groups[other] != partition.groups[node] { continue }
            part[other] = next
            stack.append(other)
          }
        }
        next += 1
      }
    }
    return NodePartition(dense: part, bound: max(Int(next), 1))
  }
}
