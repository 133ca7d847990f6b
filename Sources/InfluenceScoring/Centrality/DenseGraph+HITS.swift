import DenseData

/// Hubs and authorities: who points to those that matter, and who is pointed to by those that know.
public struct HubsAndAuthorities: Sendable, Hashable {
  /// How much a node points to authorities; sums to 1.
  public let hubs: NodeScores
  /// How much hubs point to a node; sums to 1.
  public let authorities: NodeScores
}

extension DenseGraph {
  /// The hubs and authorities of the graph.
  ///
  /// Kleinberg, *Authoritative Sources in a Hyperlinked Environment* (J. ACM 1999), by power iteration from equal values,
  /// scaled to sum 1. Weights count. O(nodes + edges) a round. Where several groups of nodes are equally strong the result
  /// depends on the start, which is fixed. In a graph without edges every value is 0. How far the values are from the
  /// limit is not known; the residual is the change of hubs and authorities in the last round.
  /// - Parameters:
  ///   - tolerance: rounds end when the sum of absolute changes of each falls below this.
  ///   - maximumIterations: the most rounds.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func hubsAndAuthorities(
    tolerance: Double = 1e-10, maximumIterations: Int = 1_000, work: GraphWork = GraphWork()
  ) throws(GraphError) -> HubsAndAuthorities {
    let count = nodeCount
    let isEmpty = out.neighbours.isEmpty
    let hub = ScratchBuffer(count, repeating: isEmpty ? 0 : 1 / Double(max(count, 1)))
    let authority = ScratchBuffer(count, repeating: 0.0)
    let loop = work.loop(steps: count + out.neighbours.count)
    let (inCuts, outCuts) = (into.chunks(), out.chunks())
    var residual = isEmpty ? 0 : Double.infinity
    var iterations = 0
    var progress = RoundProgress(tolerance: tolerance, maximumIterations: maximumIterations)
    while iterations < maximumIterations, !isEmpty {
      let change = into.pull(from: hub, to: authority, cuts: inCuts, on: loop)
      residual = max(change, out.pull(from: authority, to: hub, cuts: outCuts, on: loop))
      iterations += 1
      if residual < tolerance { break }
      try work.report(progress.part(after: iterations, residual: residual))
    }
    func scores(_ values: borrowing ScratchBuffer<Double>) -> NodeScores {
      NodeScores(
        values.array(), iterations: iterations, residual: residual, converged: isEmpty || residual < tolerance,
        errorBound: isEmpty ? 0 : nil)
    }
    return HubsAndAuthorities(hubs: scores(hub), authorities: scores(authority))
  }
}

extension Adjacency {
  /// Sets each node to the weighted sum of its neighbours' values, scales all to sum 1 and returns the change.
  fileprivate func pull(
    from values: borrowing ScratchBuffer<Double>, to result: borrowing ScratchBuffer<Double>, cuts: [Int],
    on loop: ChunkedLoop
  ) -> Double {
    let sums = ScratchBuffer(cuts.count, repeating: 0.0)
    let fresh = ScratchBuffer(result.count, repeating: 0.0)
    let (source, target, partial) = (values.base, fresh.base, sums.base)
    withRows { rows in
      loop.run(cuts.count - 1) { _, chunk in
        var sum = 0.0
        for node in cuts[chunk]..<cuts[chunk + 1] {
          let (start, end) = (rows.start(node), rows.end(node))
          let value =
            rows.isWeighted ? rows.weightedSum(of: source, start, end) : rows.sum(of: source, start, end)
          target[node] = value
          sum += value
        }
        partial[chunk] = sum
      }
    }
    var total = 0.0
    for chunk in 0..<max(cuts.count - 1, 0) { total += sums[chunk] }
    var change = 0.0
    for node in 0..<result.count {
      let value = total > 0 ? fresh[node] / total : 0
      change += abs(value - result[node])
      result[node] = value
    }
    return change
  }
}
