/// The nodes near a person in personalised PageRank, found without looking at the rest of the graph.
public struct NearbyScores: Sendable, Hashable {
  /// Nodes with a score above 0, highest first, equal ones by number.
  public let nodes: [Int]
  /// Their scores; each is at most the exact value.
  public let values: [Double]
  /// What is missing in all scores together; no score is too low by more than this.
  public let errorBound: Double
  /// How many edges were looked at.
  public let edgesVisited: Int
}

extension DenseGraph {
  /// The personalised PageRank of the nodes near one, by local push.
  ///
  /// Andersen, Chung & Lang, *Local Graph Partitioning using PageRank Vectors* (FOCS 2006): a node passes on what it was
  /// given once that exceeds `threshold` times the number of its edges. What has not been passed on is the error. Rank of
  /// nodes that no edge leaves goes back to the source. O(1 ÷ (threshold × (1 − damping))) edges are visited, whatever the
  /// size of the graph, besides O(nodes) for the memory.
  /// - Parameters:
  ///   - source: the node where walks start.
  ///   - damping: the probability of going on along an edge, 0 ..< 1.
  ///   - threshold: above 0; smaller is more exact and slower.
  ///   - work: progress, in the part of all scores that is known; one thread.
  /// - Throws: ``GraphError`` with `unknownNode`, `invalidSetting` or `cancelled`.
  public func nearbyPageRank(
    from source: Int, damping: Double = 0.85, threshold: Double = 1e-7, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NearbyScores {
    try check(source)
    guard damping >= 0, damping < 1 else { throw GraphError(.invalidSetting, subject: "damping", "expected 0 ..< 1") }
    guard threshold > 0 else { throw GraphError(.invalidSetting, subject: "threshold", "expected more than 0") }
    var scores = [Double](repeating: 0, count: nodeCount)
    var waiting = [Double](repeating: 0, count: nodeCount)
    var isQueued = [Bool](repeating: false, count: nodeCount)
    var touched: [Int] = [source]
    var queue = [source]
    waiting[source] = 1
    isQueued[source] = true
    var visited = 0
    var head = 0
    var known = 0.0
    try out.withRows { rows throws(GraphError) in
      while head < queue.count {
        let node = queue[head]
        head += 1
        if head % GraphWork.nodesBetweenReports == 0 { try work.report(known) }
        isQueued[node] = false
        let amount = waiting[node]
        waiting[node] = 0
        scores[node] += (1 - damping) * amount
        known += (1 - damping) * amount
        var leaving = Double(rows.degree(node))
        if rows.isWeighted {
          leaving = 0
          for edge in rows.start(node)..<rows.end(node) { leaving += rows.weights[edge] }
        }
        let isStranded = leaving == 0
        let rate = isStranded ? 0 : damping * amount / leaving
        func give(_ share: Double, to target: Int) {
          if share == 0 { return }
          if scores[target] == 0, waiting[target] == 0 { touched.append(target) }
          waiting[target] += share
          if !isQueued[target], waiting[target] > threshold * Double(max(1, rows.degree(target))) {
            isQueued[target] = true
            queue.append(target)
          }
        }
        if isStranded {
          give(damping * amount, to: source)
        } else {
          for edge in rows.start(node)..<rows.end(node) { give(rate * rows.weight(edge), to: rows.neighbour(edge)) }
          visited += rows.degree(node)
        }
      }
    }
    try work.report(1)
    var missing = 0.0
    let near = Set(touched).sorted()
    for node in near { missing += waiting[node] }
    let order = near.filter { scores[$0] > 0 }
      .sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
    return NearbyScores(
      nodes: order, values: order.map { scores[$0] }, errorBound: missing, edgesVisited: visited)
  }
}
