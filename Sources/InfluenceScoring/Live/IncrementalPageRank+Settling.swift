extension IncrementalPageRank {
  /// Adds to a residual, or to the value of a node that passes nothing on.
  mutating func addResidual(_ amount: Double, to node: Int) {
    if leaving[node] == 0 {
      values[node] += amount
      sum += amount
      return
    }
    let old = residuals[node]
    residuals[node] = old + amount
    sums.absolute += abs(old + amount) - abs(old)
    sums.signed += amount
  }

  /// Passes residuals on, those first that are large for their row, until the error bound is well below the tolerance.
  mutating func settle() -> (visited: Int, fellBack: Bool) {
    // Well below, so that the next batches cost nothing.
    let goal = 0.6 * tolerance
    let limit = graph.edgeCount + graph.nodeCount
    var visited = 0
    var share = 2.0
    guard errorBound > tolerance else { return (0, false) }
    while errorBound > goal {
      let before = sums.absolute
      visited += sweep(share: visited > limit ? 0 : share)
      // Rows so alike that few residuals stand out: then smaller ones must do. Below 1 some always do.
      if sums.absolute > 0.85 * before { share /= 2 }
    }
    return (visited, visited > limit)
  }

  /// Passes on every residual that is more than `share` times the mean for each edge of its row.
  private mutating func sweep(share: Double) -> Int {
    let threshold = share * sums.absolute / Double(graph.edgeCount + graph.nodeCount)
    // Moved out and back, so that nothing else can reach them meanwhile and nothing is copied.
    var (values, residuals) = (self.values, self.residuals)
    (self.values, self.residuals) = ([], [])
    defer { (self.values, self.residuals) = (values, residuals) }
    let (done, measured) = ResidualColumns.with(
      &values, &residuals, leaving: leaving, graph: graph, damping: damping
    ) { columns in
      (columns.sweep(threshold: threshold), columns.measure())
    }
    sums = measured.sums
    sum += done.taken + measured.taken
    return done.visited
  }
}
