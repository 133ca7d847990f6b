extension IncrementalPageRank {
  /// Adds to what a node lacks.
  mutating func addResidual(_ amount: Double, to node: Int) {
    var slot = slots[node]
    let old = slot.amount
    slot.amount = old + amount
    slots[node] = slot
    whole += amount
    probes?.add(amount, to: node)
    if slot.perEdge == 0 { return }
    sums.absolute += abs(slot.amount) - abs(old)
    sums.signed += amount
    if slot.isLarge(slot.amount, threshold), !slot.isLarge(old, threshold) {
      waiting.append(UInt32(truncatingIfNeeded: node))
    }
  }

  /// What is kept below the tolerance.
  private var error: Double {
    guard live.isChanged(atMost: Self.tolerableChange), let estimate = estimatedError else { return errorBound }
    return min(estimate, errorBound)
  }

  /// Passes residuals on, those alone that are large for their row, until the error is below the tolerance.
  mutating func settle() -> (visited: Int, fellBack: Bool) {
    guard error > tolerance else { return (0, false) }
    let limit = live.edgeCount + live.nodeCount
    var visited = 0
    // What changed and what that changes, down to so much for each edge; less if that is not enough. Where that led far
    // not long ago, going through all nodes in order is quicker.
    let even = tolerance * (1 - damping) / damping * whole / Double(limit)
    if sweepsToCome == 0 {
      threshold = level * even
      visited = drain(limit: limit / 2)
      if error < 0.7 * tolerance { level *= 1.1 }
      while error > tolerance, visited < limit / 2 {
        level *= 0.8
        threshold = level * even
        visited += drain(limit: limit / 2 - visited, looksAtAll: true)
      }
      if error <= tolerance { return (visited, false) }
      sweepsToCome = 16
    }
    sweepsToCome -= 1
    // Then all nodes, well below the tolerance, so that the next batches cost little.
    waiting = []
    while error > 0.6 * tolerance, visited <= limit {
      let before = sums.absolute
      visited += sweep(threshold: share * before / Double(limit))
      // Rows so alike that few residuals stand out: then smaller ones must do. Below 1 some always do.
      if sums.absolute > 0.85 * before { share = max(share / 2, 1 / 64) }
    }
    let fallsBack = error > tolerance
    while error > tolerance { visited += sweep(threshold: 0) }
    return (visited, fallsBack)
  }

  private mutating func drain(limit: Int, looksAtAll: Bool = false) -> Int {
    let threshold = threshold
    return passOn { columns, waiting in
      if looksAtAll { waiting = columns.large(threshold: threshold) }
      return columns.drain(&waiting, threshold: threshold, limit: limit)
    }
  }

  private mutating func sweep(threshold: Double) -> Int {
    passOn { columns, _ in columns.sweep(threshold: threshold) }
  }

  /// Hands the columns to a loop and takes over what it did.
  private mutating func passOn(
    _ body: (ResidualColumns, inout [UInt32]) -> ResidualColumns.Work
  ) -> Int {
    // Moved out and back, so that nothing else can reach them meanwhile and nothing is copied.
    var (values, slots, waiting) = (self.values, self.slots, self.waiting)
    var probes = self.probes
    (self.values, self.slots, self.waiting, self.probes) = ([], [], [], nil)
    func run(_ probes: ErrorProbes.Columns?) -> ResidualColumns.Work {
      values.withUnsafeMutableBufferPointer { values in
        slots.withUnsafeMutableBufferPointer { slots in
          leaving.withUnsafeBufferPointer { leaving in
            live.base.withRows { rows in
              body(
                ResidualColumns(
                  values: values, slots: slots, leaving: leaving, graph: live, rows: rows, probes: probes,
                  damping: damping, sums: sums), &waiting)
            }
          }
        }
      }
    }
    let work = probes?.withColumns(run) ?? run(nil)
    (self.values, self.slots, self.waiting, self.probes) = (values, slots, waiting, probes)
    sums = work.sums
    whole += work.grown
    return work.visited
  }
}
