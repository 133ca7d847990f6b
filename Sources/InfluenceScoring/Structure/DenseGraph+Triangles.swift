import DenseData

extension DenseGraph {
  /// The triangles at every node and its local clustering.
  ///
  /// Weights, self-loops and parallel edges do not count.
  /// Every edge is directed to the end with more neighbours, so that no node has many (Chiba & Nishizeki 1985; Latapy 2008).
  /// O(edges × √edges).
  public func triangles() -> Triangles {
    // The weight of an undirected edge is the number of directions it holds in.
    let pairs = isUndirected ? undirected() : unweighted().undirected(combining: .sum)
    let forward = pairs.towardsHigherDegree()
    let corners = ScratchBuffer(nodeCount, repeating: 0)
    let links = ScratchBuffer(nodeCount, repeating: 0.0)
    // By neighbour of the node at hand: the number of directions of their edge.
    let marks = ScratchBuffer(nodeCount, repeating: 0.0)
    let unit = isUndirected ? 2.0 : 1.0
    forward.withRows { rows in
      for node in 0..<nodeCount {
        for edge in rows.start(node)..<rows.end(node) { marks[rows.neighbour(edge)] = rows.weight(edge) }
        for edge in rows.start(node)..<rows.end(node) {
          let second = rows.neighbour(edge)
          let own = rows.weight(edge)
          for far in rows.start(second)..<rows.end(second) {
            let third = rows.neighbour(far)
            let closing = marks[third]
            if closing == 0 { continue }
            corners[node] &+= 1
            corners[second] &+= 1
            corners[third] &+= 1
            links[node] += rows.weight(far)
            links[second] += closing
            links[third] += own
          }
        }
        for edge in rows.start(node)..<rows.end(node) { marks[rows.neighbour(edge)] = 0 }
      }
    }
    let clustering = (0..<nodeCount).map { node in
      let degree = Double(pairs.outDegree(of: node))
      return degree < 2 ? 0 : unit * links[node] / (degree * (degree - 1))
    }
    return Triangles(counts: corners.array(), clustering: clustering)
  }

  /// Each undirected edge once, from the end with fewer neighbours to the other, equal ones by number.
  private func towardsHigherDegree() -> Adjacency {
    var rows = Adjacency(offsets: [0], neighbours: [], weights: [])
    rows.offsets.reserveCapacity(nodeCount + 1)
    rows.neighbours.reserveCapacity(out.neighbours.count / 2)
    for node in 0..<nodeCount {
      let degree = outDegree(of: node)
      for edge in out.range(of: node) {
        let other = Int(out.neighbours[edge])
        let far = outDegree(of: other)
        guard far > degree || (far == degree && other > node) else { continue }
        rows.neighbours.append(out.neighbours[edge])
        if isWeighted { rows.weights.append(out.weights[edge]) }
      }
      rows.offsets.append(UInt32(truncatingIfNeeded: rows.neighbours.count))
    }
    return rows
  }
}
