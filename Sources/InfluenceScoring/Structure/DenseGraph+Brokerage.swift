import DenseData

extension DenseGraph {
  /// Burt's constraint and effective size of every node: who stands between circles that do not know each other.
  ///
  /// Ties there and back are added up, weights and parallel edges too; self-loops and edges of weight 0 do not count.
  /// Among the contacts of a node each tie is looked for from its end with fewer neighbours: O(edges × √edges).
  /// - Parameter work: threads and progress.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func brokerage(work: GraphWork = GraphWork()) throws(GraphError) -> Brokerage {
    let ties = CommunityLevel(isUndirected ? self : undirected(combining: .sum))
    let count = nodeCount
    let strongest = ScratchBuffer(count, repeating: 0.0)
    let constraint = ScratchBuffer(count, repeating: 0.0)
    let effective = ScratchBuffer(count, repeating: 0.0)
    let (maxima, constraints, sizes) = (strongest.base, constraint.base, effective.base)
    let cuts = ties.rows.chunks()
    let forward = ties.rows.towardsHigherDegree()
    let loop = work.loop(steps: ties.rows.neighbours.count * 8)
    // What a contact leads back to: one row of memory for each thread.
    let shares = ScratchBuffer(loop.threads * count, repeating: 0.0)
    let detours = ScratchBuffer(loop.threads * count, repeating: 0.0)
    let (shareRows, detourRows) = (shares.base, detours.base)
    let strengths = ScratchBuffer(ties.strength)
    let strength = strengths.base
    ties.rows.withRows { rows in
      for node in 0..<count {
        for edge in rows.start(node)..<rows.end(node) { maxima[node] = max(maxima[node], rows.weights[edge]) }
      }
    }
    try work.run(loop, cuts.count - 1) { worker, chunk in
      let (share, detour) = (shareRows + worker * count, detourRows + worker * count)
      ties.rows.withRows { rows in
        forward.withRows { half in
          for node in cuts[chunk]..<cuts[chunk + 1] where rows.degree(node) > 0 {
            let row = rows.start(node)..<rows.end(node)
            for edge in row { share[rows.neighbour(edge)] = rows.weights[edge] / strength[node] }
            var redundancy = 0.0
            for edge in row {
              let middle = rows.neighbour(edge)
              let toMiddle = share[middle]
              for far in half.start(middle)..<half.end(middle) {
                let other = half.neighbour(far)
                let toOther = share[other]
                if toOther == 0 { continue }
                let tie = half.weights[far]
                detour[other] += toMiddle * (tie / strength[middle])
                detour[middle] += toOther * (tie / strength[other])
                redundancy += toMiddle * (tie / maxima[other]) + toOther * (tie / maxima[middle])
              }
            }
            var sum = 0.0
            for edge in row {
              let other = rows.neighbour(edge)
              let part = share[other] + detour[other]
              sum += part * part
              detour[other] = 0
            }
            for edge in row { share[rows.neighbour(edge)] = 0 }
            constraints[node] = sum
            sizes[node] = Double(row.count) - redundancy
          }
        }
      }
    }
    return Brokerage(
      constraint: (0..<count).map { ties.rows.range(of: $0).isEmpty ? nil : constraint[$0] },
      effectiveSize: effective.array())
  }
}
