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
    if !isWaiting[node] {
      isWaiting[node] = true
      waiting.append(UInt32(truncatingIfNeeded: node))
    }
  }

  /// Passes residuals on, those alone that are large for their row, until the error bound is below the tolerance.
  mutating func settle() -> (visited: Int, fellBack: Bool) {
    guard errorBound > tolerance else { return (0, false) }
    let limit = graph.edgeCount + graph.nodeCount
    var visited = 0
    // First what changed and what that changes, to what each edge may leave when all that is tolerated is spread evenly;
    // where that led far the last time, going through all nodes in order is quicker.
    let leadsFar = lastVisited > graph.nodeCount
    let tolerated = tolerance * (1 - damping) / damping * (sum + sums.signed)
    let even = leadsFar ? .infinity : share * tolerated / Double(limit)
    visited += passOn { columns, waiting, isWaiting in
      columns.drain(&waiting, &isWaiting, threshold: even, limit: 2 * columns.residuals.count)
    }
    defer { lastVisited = visited }
    if errorBound <= tolerance {
      if errorBound < 0.25 * tolerance { share = min(share * 1.5, 2) }
      return (visited, false)
    }
    // Then all nodes, well below the tolerance, so that the next batches cost little.
    while errorBound > 0.6 * tolerance, visited <= limit {
      let before = sums.absolute
      let threshold = share * before / Double(limit)
      visited += passOn { columns, _, _ in columns.sweep(threshold: threshold) }
      // Rows so alike that few residuals stand out: then smaller ones must do. Below 1 some always do.
      if sums.absolute > 0.85 * before { share = max(share / 2, 1 / 64) }
    }
    let fallsBack = errorBound > tolerance
    while errorBound > tolerance { visited += passOn { columns, _, _ in columns.sweep(threshold: 0) } }
    return (visited, fallsBack)
  }

  /// Hands the columns to a loop and takes over what it did.
  private mutating func passOn(
    _ body: (ResidualColumns, inout [UInt32], inout [Bool]) -> ResidualColumns.Work
  ) -> Int {
    // Moved out and back, so that nothing else can reach them meanwhile and nothing is copied.
    var (values, residuals, waiting, isWaiting) = (self.values, self.residuals, self.waiting, self.isWaiting)
    (self.values, self.residuals, self.waiting, self.isWaiting) = ([], [], [], [])
    let work = ResidualColumns.with(
      &values, &residuals, leaving: leaving, graph: graph, damping: damping, sums: sums
    ) { body($0, &waiting, &isWaiting) }
    (self.values, self.residuals, self.waiting, self.isWaiting) = (values, residuals, waiting, isWaiting)
    sums = work.sums
    sum += work.taken
    return work.visited
  }
}
