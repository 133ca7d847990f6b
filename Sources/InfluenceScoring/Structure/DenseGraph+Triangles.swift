import DenseData

extension DenseGraph {
  /// The triangles at every node and its local clustering.
  ///
  /// Weights, self-loops and parallel edges do not count.
  /// Every edge is directed to the end with more neighbours, so that no node has many (Chiba & Nishizeki 1985; Latapy 2008).
  /// O(edges × √edges); 24 bytes for each node and thread.
  /// - Parameter work: threads and progress.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func triangles(work: GraphWork = GraphWork()) throws(GraphError) -> Triangles {
    // The weight of an undirected edge is the number of directions it holds in.
    let pairs = isUndirected ? undirected() : unweighted().undirected(combining: .sum)
    let forward = pairs.out.towardsHigherDegree()
    let count = nodeCount
    let cuts = forward.chunks()
    let loop = work.loop(steps: forward.neighbours.count * 8)
    let corners = ScratchBuffer(loop.threads * count, repeating: 0)
    // Whole numbers, so that threads may add them up in any order.
    let links = ScratchBuffer(loop.threads * count, repeating: 0.0)
    // By neighbour of the node at hand: the number of directions of their edge.
    let marks = ScratchBuffer(loop.threads * count, repeating: 0.0)
    let (cornerRows, linkRows, markRows) = (corners.base, links.base, marks.base)
    try work.run(loop, cuts.count - 1) { worker, chunk in
      let (corner, link) = (cornerRows + worker * count, linkRows + worker * count)
      let mark = markRows + worker * count
      forward.withRows { rows in
        for node in cuts[chunk]..<cuts[chunk + 1] {
          for edge in rows.start(node)..<rows.end(node) { mark[rows.neighbour(edge)] = rows.weight(edge) }
          for edge in rows.start(node)..<rows.end(node) {
            let second = rows.neighbour(edge)
            let own = rows.weight(edge)
            for far in rows.start(second)..<rows.end(second) {
              let third = rows.neighbour(far)
              let closing = mark[third]
              if closing == 0 { continue }
              corner[node] &+= 1
              corner[second] &+= 1
              corner[third] &+= 1
              link[node] += rows.weight(far)
              link[second] += closing
              link[third] += own
            }
          }
          for edge in rows.start(node)..<rows.end(node) { mark[rows.neighbour(edge)] = 0 }
        }
      }
    }
    for worker in 1..<loop.threads {
      for node in 0..<count {
        cornerRows[node] &+= cornerRows[worker * count + node]
        linkRows[node] += linkRows[worker * count + node]
      }
    }
    let unit = isUndirected ? 2.0 : 1.0
    let clustering = (0..<count).map { node in
      let degree = Double(pairs.outDegree(of: node))
      return degree < 2 ? 0 : unit * linkRows[node] / (degree * (degree - 1))
    }
    return Triangles(counts: (0..<count).map { cornerRows[$0] }, clustering: clustering)
  }
}
