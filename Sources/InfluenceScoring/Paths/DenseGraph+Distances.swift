extension DenseGraph {
  /// The number of edges on the shortest way from one node to every other, along edges; `nil` where there is none.
  ///
  /// Breadth-first search, O(nodes + edges).
  /// - Parameters:
  ///   - source: where ways begin.
  ///   - work: progress, in nodes met out of all; one thread.
  /// - Throws: ``GraphError`` with `unknownNode` or `cancelled`.
  public func distances(from source: Int, work: GraphWork = GraphWork()) throws(GraphError) -> [Int?] {
    try check(source)
    var distance = [UInt32](repeating: .max, count: nodeCount)
    var queue = [source]
    queue.reserveCapacity(nodeCount)
    distance[source] = 0
    var head = 0
    try out.withRows { rows throws(GraphError) in
      while head < queue.count {
        let node = queue[head]
        head += 1
        if head % GraphWork.nodesBetweenReports == 0 { try work.report(Double(head) / Double(nodeCount)) }
        for edge in rows.start(node)..<rows.end(node) {
          let next = rows.neighbour(edge)
          if distance[next] != .max { continue }
          distance[next] = distance[node] + 1
          queue.append(next)
        }
      }
    }
    try work.report(1)
    return distance.map { $0 == .max ? nil : Int($0) }
  }

  /// The least sum of weights on a way from one node to every other, along edges; infinite where there is none.
  ///
  /// Weights are lengths here: the strength of a tie must be turned into a length first. Dijkstra, *A Note on Two Problems
  /// in Connexion with Graphs* (1959), with a binary heap: O((nodes + edges) log nodes).
  /// - Parameters:
  ///   - source: where ways begin.
  ///   - work: progress, in nodes settled out of all; one thread.
  /// - Throws: ``GraphError`` with `unknownNode` or `cancelled`.
  public func weightedDistances(from source: Int, work: GraphWork = GraphWork()) throws(GraphError) -> [Double] {
    try check(source)
    var distance = [Double](repeating: .infinity, count: nodeCount)
    distance[source] = 0
    var heap = DistanceHeap()
    heap.push(0, source)
    var settled = 0
    try out.withRows { rows throws(GraphError) in
      while let (length, node) = heap.pop() {
        if length > distance[node] { continue }
        settled += 1
        if settled % GraphWork.nodesBetweenReports == 0 { try work.report(Double(settled) / Double(nodeCount)) }
        for edge in rows.start(node)..<rows.end(node) {
          let next = rows.neighbour(edge)
          let candidate = length + rows.weight(edge)
          if candidate < distance[next] {
            distance[next] = candidate
            heap.push(candidate, next)
          }
        }
      }
    }
    try work.report(1)
    return distance
  }
}

/// A binary heap of nodes by distance, nearest first.
struct DistanceHeap {
  private var items: [(length: Double, node: Int)] = []

  mutating func push(_ length: Double, _ node: Int) {
    var place = items.count
    items.append((length, node))
    while place > 0 {
      let parent = (place - 1) / 2
      if items[parent].length <= length { break }
      items[place] = items[parent]
      place = parent
    }
    items[place] = (length, node)
  }

  mutating func pop() -> (length: Double, node: Int)? {
    guard let first = items.first, let last = items.popLast() else { return nil }
    if items.isEmpty { return first }
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= items.count { break }
      if child + 1 < items.count, items[child + 1].length < items[child].length { child += 1 }
      if items[child].length >= last.length { break }
      items[place] = items[child]
      place = child
    }
    items[place] = last
    return first
  }
}
