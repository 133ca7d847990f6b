import DenseData

extension DenseGraph {
  /// The core number of every node: the largest k such that the node is in a part where everybody has k neighbours.
  ///
  /// Batagelj & Zaveršnik, *An O(m) Algorithm for Cores Decomposition of Networks* (2003), on the simple undirected graph;
  /// a directed one is turned into that first. O(nodes + edges). Deep cores hold those who keep each other active.
  /// - Parameter work: progress; one thread.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func coreNumbers(work: GraphWork = GraphWork()) throws(GraphError) -> [Int] {
    let graph = isUndirected ? self : undirected()
    return try graph.out.withRows { rows throws(GraphError) in try graph.peel(rows, work: work) }
  }

  private func peel(_ rows: AdjacencyRows, work: GraphWork) throws(GraphError) -> [Int] {
    let count = nodeCount
    let degreeBuffer = ScratchBuffer(count, repeating: UInt32(0))
    let degree = degreeBuffer.base
    var highest = 0
    for node in 0..<count {
      degree[node] = UInt32(truncatingIfNeeded: rows.degree(node))
      highest = max(highest, rows.degree(node))
    }
    // Nodes by degree; `first[d]` is where those of degree d begin.
    let firstBuffer = ScratchBuffer(highest + 2, repeating: UInt32(0))
    let first = firstBuffer.base
    for node in 0..<count { first[Int(degree[node]) &+ 1] &+= 1 }
    for value in 1..<(highest + 2) { first[value] &+= first[value &- 1] }
    let nextBuffer = ScratchBuffer(firstBuffer.array())
    let orderBuffer = ScratchBuffer(count, repeating: UInt32(0))
    let placeBuffer = ScratchBuffer(count, repeating: UInt32(0))
    let (next, order, place) = (nextBuffer.base, orderBuffer.base, placeBuffer.base)
    for node in 0..<count {
      let position = next[Int(degree[node])]
      next[Int(degree[node])] = position &+ 1
      place[node] = position
      order[Int(position)] = UInt32(truncatingIfNeeded: node)
    }
    let cuts = Array(stride(from: 0, to: count, by: GraphWork.nodesBetweenReports)) + [count]
    try work.inOrder(cuts) { positions in
      for position in positions {
        let node = Int(order[position])
        let own = degree[node]
        for edge in rows.start(node)..<rows.end(node) {
          let other = rows.neighbour(edge)
          let value = degree[other]
          if value <= own { continue }
          // Goes to the front of its degree, which then begins one later.
          let front = first[Int(value)]
          let moved = order[Int(front)]
          let position = place[other]
          order[Int(position)] = moved
          order[Int(front)] = UInt32(truncatingIfNeeded: other)
          place[Int(moved)] = position
          place[other] = front
          first[Int(value)] = front &+ 1
          degree[other] = value &- 1
        }
      }
    }
    return (0..<count).map { Int(degreeBuffer[$0]) }
  }
}
