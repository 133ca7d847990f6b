import DenseData

extension DenseGraph {
  /// The strength of every tie by what its two ends have in common.
  ///
  /// A directed graph is taken as undirected; weights, self-loops and parallel edges do not count. The row of the end with fewer
  /// neighbours is looked through: O(edges × √edges).
  /// - Parameters:
  ///   - measure: what is taken as strength.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func tieOverlap(
    _ measure: TieOverlap.Measure, work: GraphWork = GraphWork()
  ) throws(GraphError) -> TieOverlap {
    let graph = undirected()
    let ties = graph.out
    let count = nodeCount
    let found = ScratchBuffer(ties.neighbours.count, repeating: 0.0)
    let values = found.base
    let weight = ScratchBuffer(
      (0..<count).map { node in
        let degree = Double(graph.outDegree(of: node))
        return measure == .adamicAdar ? (degree > 1 ? 1 / Logarithm.natural(degree) : 0) : 1
      })
    let weights = weight.base
    let cuts = ties.chunks()
    let loop = work.loop(steps: ties.neighbours.count * 8)
    let mark = ScratchBuffer(loop.threads * count, repeating: false)
    let marks = mark.base
    try work.run(loop, cuts.count - 1) { worker, chunk in
      let isNear = marks + worker * count
      ties.withRows { rows in
        for node in cuts[chunk]..<cuts[chunk + 1] {
          let degree = rows.degree(node)
          for edge in rows.start(node)..<rows.end(node) { isNear[rows.neighbour(edge)] = true }
          for edge in rows.start(node)..<rows.end(node) {
            let other = rows.neighbour(edge)
            let far = rows.degree(other)
            if far > degree || (far == degree && other > node) { continue }
            var common = 0.0
            for next in rows.start(other)..<rows.end(other) where isNear[rows.neighbour(next)] {
              common += weights[rows.neighbour(next)]
            }
            values[edge] = measure.strength(common: common, degrees: degree, far)
          }
          for edge in rows.start(node)..<rows.end(node) { isNear[rows.neighbour(edge)] = false }
        }
      }
    }
    return graph.ties(values)
  }

  /// Each undirected edge once, with the value that stands at the end with more neighbours.
  private func ties(_ values: UnsafeMutablePointer<Double>) -> TieOverlap {
    var (sources, targets, strengths): ([UInt32], [UInt32], [Double]) = ([], [], [])
    sources.reserveCapacity(edgeCount)
    targets.reserveCapacity(edgeCount)
    strengths.reserveCapacity(edgeCount)
    for node in 0..<nodeCount {
      for edge in out.range(of: node) where Int(out.neighbours[edge]) > node {
        let other = Int(out.neighbours[edge])
        sources.append(UInt32(truncatingIfNeeded: node))
        targets.append(out.neighbours[edge])
        let isHere = outDegree(of: node) > outDegree(of: other)
        strengths.append(values[isHere ? edge : place(of: node, from: other)])
      }
    }
    return TieOverlap(sources: sources, targets: targets, values: strengths)
  }

  /// Where an edge that exists stands in the columns.
  private func place(of target: Int, from source: Int) -> Int {
    var (low, high) = (out.range(of: source).lowerBound, out.range(of: source).upperBound)
    while low < high {
      let middle = (low + high) / 2
      if Int(out.neighbours[middle]) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TieOverlap.Measure {
  fileprivate func strength(common: Double, degrees one: Int, _ other: Int) -> Double {
    switch self {
    case .jaccard: return common / (Double(one + other) - common)
    case .adamicAdar: return common
    case .neighbourhood:
      let others = Double(one + other - 2) - common
      return others > 0 ? common / others : 0
    }
  }
}
