extension Adjacency {
  /// Of an undirected graph each edge once, from the end with fewer neighbours to the other, equal ones by number: no node
  /// is left with many.
  func towardsHigherDegree() -> Adjacency {
    let nodeCount = offsets.count - 1
    var half = Adjacency(offsets: [0], neighbours: [], weights: [])
    half.offsets.reserveCapacity(nodeCount + 1)
    half.neighbours.reserveCapacity(neighbours.count / 2)
    if !weights.isEmpty { half.weights.reserveCapacity(neighbours.count / 2) }
    withRows { rows in
      for node in 0..<nodeCount {
        let degree = rows.degree(node)
        for edge in rows.start(node)..<rows.end(node) {
          let other = rows.neighbour(edge)
          let far = rows.degree(other)
          guard far > degree || (far == degree && other > node) else { continue }
          half.neighbours.append(neighbours[edge])
          if !weights.isEmpty { half.weights.append(weights[edge]) }
        }
        half.offsets.append(UInt32(truncatingIfNeeded: half.neighbours.count))
      }
    }
    return half
  }
}
