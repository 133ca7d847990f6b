import DenseData

extension DenseGraph {
  /// The PageRank of every node: how likely it is that a walk along edges, restarted now and then, is there.
  ///
  /// Sums to 1. Page, Brin, Motwani & Winograd, *The PageRank Citation Ranking* (1999), by power iteration. With restart weights it is
  /// the personalised PageRank. O(nodes + edges) a round, about log(tolerance) ÷ log(damping) rounds. The error bound is on
  /// the sum of absolute differences: damping ÷ (1 − damping) × residual.
  /// - Parameters:
  ///   - settings: damping, tolerance and rules.
  ///   - restart: how likely a walk restarts at each node, as weights by number; the same everywhere, without them.
  ///   - start: ranks to start from, such as those of the graph before it changed.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting`, `mismatchedCounts`, `invalidWeight` or `cancelled`.
  public func pageRank(
    _ settings: PageRank = PageRank(), restart: [Double]? = nil, start: [Double]? = nil, work: GraphWork = GraphWork()
  ) throws(GraphError) -> NodeScores {
    try settings.check()
    let teleport = try restart.map { weights throws(GraphError) in try distribution(weights, "restart") }
    let initial = try start.map { ranks throws(GraphError) in try distribution(ranks, "start") }
    return try pageRank(settings, teleport: teleport, start: initial, work: work) { part throws(GraphError) in
      try work.report(part)
    }
  }

  /// With checked settings; `report` hears how far it is and may end it.
  func pageRank<Failure: Error>(
    _ settings: PageRank, teleport: [Double]?, start: [Double]?, work: GraphWork,
    report: (_ part: Double) throws(Failure) -> Void
  ) throws(Failure) -> NodeScores {
    if nodeCount == 0 { return NodeScores([]) }
    var solver = PageRankSolver(graph: self, settings: settings, teleport: teleport, start: start)
    let loop = work.loop(steps: nodeCount + into.neighbours.count)
    var residual = Double.infinity
    var iterations = 0
    var progress = RoundProgress(tolerance: settings.tolerance, maximumIterations: settings.maximumIterations)
    while iterations < settings.maximumIterations {
      residual = solver.round(on: loop)
      iterations += 1
      if residual < settings.tolerance { break }
      try report(progress.part(after: iterations, residual: residual))
    }
    return NodeScores(
      solver.ranks, iterations: iterations, residual: residual, converged: residual < settings.tolerance,
      errorBound: settings.damping / (1 - settings.damping) * residual)
  }

  /// Weights by node, scaled to sum 1.
  func distribution(_ weights: [Double], _ subject: String) throws(GraphError) -> [Double] {
    guard weights.count == nodeCount else {
      throw GraphError(
        .mismatchedCounts, subject: subject, "\(weights.count) values for \(nodeCount) nodes, expected one for each")
    }
    if let place = weights.firstIndex(where: { !($0 >= 0 && $0 <= EdgeColumns.weightLimit) }) {
      throw GraphError(.invalidWeight, subject: "\(subject) of node \(place)", "expected 0 … 1e150")
    }
    let sum = weights.reduce(0, +)
    guard sum > 0 || weights.isEmpty else {
      throw GraphError(.invalidWeight, subject: subject, "every value is 0, expected one above it")
    }
    return weights.map { $0 / sum }
  }

  /// What leaves each node: the number of its edges or the sum of their weights.
  func outWeights(usesWeights: Bool) -> [Double] {
    out.withRows { rows in
      (0..<nodeCount).map { node in
        guard usesWeights, rows.isWeighted else { return Double(rows.degree(node)) }
        var sum = 0.0
        for edge in rows.start(node)..<rows.end(node) { sum += rows.weights[edge] }
        return sum
      }
    }
  }
}
