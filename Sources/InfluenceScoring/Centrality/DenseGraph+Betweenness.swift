import DenseData

extension DenseGraph {
  /// The betweenness of every node: on how many shortest ways between two others it lies, each pair counting 1 in all.
  ///
  /// Brandes, *A Faster Algorithm for Betweenness Centrality* (2001), along edges, distances in edges. In an undirected graph
  /// each pair counts once. Parallel edges are different ways: simplify the graph first. O(nodes × edges). Brokers between
  /// groups stand out.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func betweenness(work: GraphWork = GraphWork()) throws(GraphError) -> NodeScores {
    let sums = try dependencies(on: Array(0..<nodeCount), work: work)
    return NodeScores(isUndirected ? sums.map { $0 / 2 } : sums, iterations: nodeCount)
  }

  /// The part of betweenness that ways from some nodes make up: the sum of their dependencies, not halved.
  ///
  /// O(sources × edges).
  /// - Throws: ``GraphError`` with `unknownNode` or `cancelled`.
  public func betweenness(from sources: [Int], work: GraphWork = GraphWork()) throws(GraphError) -> [Double] {
    for source in sources { try check(source) }
    return try dependencies(on: sources, work: work)
  }

  /// An estimate of betweenness from the shortest ways that begin at some nodes drawn at random.
  ///
  /// Brandes & Pich, *Centrality Estimation in Large Networks* (2007). O(draws × edges). The error bound holds for all nodes
  /// at once with the given confidence (Hoeffding); it is wide: ranks settle long before values do.
  /// - Parameters:
  ///   - draws: how many nodes are drawn, 1 or more; the result is exact when there are no more nodes than that.
  ///   - seed: of the drawing.
  ///   - confidence: of the error bound, above 0 and below 1.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting` or `cancelled`.
  public func sampledBetweenness(
    draws: Int, seed: UInt64, confidence: Double = 0.95, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NodeScores {
    let bound = try Sampling.bound(draws: draws, values: nodeCount, confidence: confidence)
    guard draws < nodeCount else { return try betweenness(work: work) }
    let sums = try dependencies(on: Sampling.draw(draws, below: nodeCount, seed: seed), work: work)
    return sampled(sums, draws: draws, bound: bound, seed: seed)
  }

  /// Sums for each node what sources depend on it, in a fixed number of partial sums, whatever the number of threads.
  private func dependencies(on sources: [Int], work: GraphWork) throws(GraphError) -> [Double] {
    let parts = min(8, max(sources.count, 1))
    let loop = work.loop(steps: sources.count * (nodeCount + out.neighbours.count))
    let count = nodeCount
    let sums = ScratchBuffer(parts * count, repeating: 0.0)
    let slots = sums.base
    let round = parts * 16
    for first in stride(from: 0, to: sources.count, by: round) {
      let last = min(first + round, sources.count)
      out.withRows { rows in
        loop.run(parts) { _, part in
          let search = DependencySearch(nodeCount: count)
          for place in stride(from: first + part, to: last, by: parts) {
            search.run(rows, from: sources[place], into: slots + part * count)
          }
        }
      }
      try work.report(Double(last) / Double(sources.count))
    }
    var result = [Double](repeating: 0, count: count)
    for part in 0..<parts { for node in 0..<count { result[node] += sums[part * count + node] } }
    return result
  }
}

/// One breadth-first search that counts shortest ways and walks back along them.
private struct DependencySearch: ~Copyable {
  // Most edges need the distance alone, so that it lies by itself.
  private let distances: ScratchBuffer<UInt32>
  private let waysTo: ScratchBuffer<Double>
  /// (1 + dependency) ÷ ways, once it is known.
  private let shares: ScratchBuffer<Double>
  private let queue: ScratchBuffer<UInt32>

  init(nodeCount: Int) {
    distances = ScratchBuffer(nodeCount, repeating: .max)
    waysTo = ScratchBuffer(nodeCount, repeating: 0)
    shares = ScratchBuffer(nodeCount, repeating: 0)
    queue = ScratchBuffer(nodeCount, repeating: 0)
  }

  func run(_ rows: AdjacencyRows, from source: Int, into sums: UnsafeMutablePointer<Double>) {
    let (distances, waysTo, shares, queue) = (distances.base, waysTo.base, shares.base, queue.base)
    distances[source] = 0
    waysTo[source] = 1
    queue[0] = UInt32(truncatingIfNeeded: source)
    var (head, tail) = (0, 1)
    while head < tail {
      let node = Int(queue[head])
      head &+= 1
      let next = distances[node] &+ 1
      let ways = waysTo[node]
      for edge in rows.start(node)..<rows.end(node) {
        let other = rows.neighbour(edge)
        let distance = distances[other]
        if distance == .max {
          distances[other] = next
          waysTo[other] = ways
          queue[tail] = UInt32(truncatingIfNeeded: other)
          tail &+= 1
        } else if distance == next {
          waysTo[other] += ways
        }
      }
    }
    var place = tail
    while place > 0 {
      place &-= 1
      let node = Int(queue[place])
      let next = distances[node] &+ 1
      var sum = 0.0
      for edge in rows.start(node)..<rows.end(node) {
        let other = rows.neighbour(edge)
        if distances[other] == next { sum += shares[other] }
      }
      let dependency = sum * waysTo[node]
      shares[node] = (1 + dependency) / waysTo[node]
      if node != source { sums[node] += dependency }
    }
    for place in 0..<tail { distances[Int(queue[place])] = .max }
  }
}
