import SocialCRM

/// The measures that go by shortest ways: by their edges, or by their lengths; exactly, or estimated.
extension GraphMeasure {
  func betweenness(_ graph: DenseGraph, _ options: MeasureOptions) throws(GraphError) -> NodeScores {
    let work = options.work
    switch (options.usesLengths, options.samples) {
    case (false, nil): return try graph.betweenness(work: work)
    case (false, let samples?): return try graph.sampledBetweenness(draws: samples, seed: options.seed, work: work)
    case (true, nil): return try graph.weightedBetweenness(work: work)
    case (true, let samples?):
      return try graph.sampledWeightedBetweenness(draws: samples, seed: options.seed, work: work)
    }
  }

  func harmonic(_ graph: DenseGraph, _ options: MeasureOptions) throws(GraphError) -> Measured {
    let work = options.work
    switch (options.usesLengths, options.samples) {
    case (false, nil): return Measured(try graph.harmonicCloseness(work: work))
    case (false, let samples?):
      return Measured(try graph.sampledHarmonicCloseness(pivots: samples, seed: options.seed, work: work))
    case (true, nil):
      return Measured(everyNode: try graph.weightedHarmonicCloseness(of: Array(0..<graph.nodeCount), work: work))
    case (true, let samples?):
      return Measured(try graph.sampledWeightedHarmonicCloseness(pivots: samples, seed: options.seed, work: work))
    }
  }

  /// Lengths have no estimate; the command line refuses that.
  func closeness(_ graph: DenseGraph, _ options: MeasureOptions) throws(GraphError) -> Measured {
    let nodes = Array(0..<graph.nodeCount)
    if options.usesLengths {
      return Measured(everyNode: try graph.weightedCloseness(of: nodes, work: options.work))
    }
    if let samples = options.samples {
      return Measured(try graph.sampledCloseness(pivots: samples, seed: options.seed, work: options.work))
    }
    return Measured(everyNode: try graph.closeness(of: nodes, work: options.work))
  }
}

extension Measured {
  fileprivate init(everyNode values: [Double]) {
    self.init(values.map(\.description), "of \(values.count) nodes")
  }
}
