extension IncrementalPageRank {
  /// Adds to what a node lacks.
  mutating func addResidual(_ amount: Double, to node: Int) {
    let old = residuals.amounts[node]
    let new = old + amount
    residuals.amounts[node] = new
    probes?.add(amount, to: node)
    sums.all += amount
    if residuals.perEdge[node] == 0 { return }
    sums.absolute += abs(new) - abs(old)
    sums.signed += amount
    if residuals.isLarge(new, at: node, threshold), !residuals.isLarge(old, at: node, threshold) {
      waiting.append(UInt32(truncatingIfNeeded: node))
    }
  }

  /// Passes residuals on, those alone that are large for their row, until the error is below the tolerance.
  mutating func settle() -> (visited: Int, fellBack: Bool) {
    let estimates = probes != nil && live.isChanged(atMost: Self.tolerableChange)
    // What is kept below the tolerance. Rounding keeps an estimate above a tolerance that is small enough, so that the bound
    // serves too; it needs sums that rounds over all nodes leave to be taken anew.
    func estimate(_ ranks: IncrementalPageRank) -> Double {
      (estimates ? ranks.estimatedError : nil) ?? ranks.errorBound
    }
    func error(_ ranks: IncrementalPageRank) -> Double { min(estimate(ranks), ranks.errorBound) }
    guard error(self) > tolerance else { return (0, false) }
    let limit = live.edgeCount + live.nodeCount
    // What changed and what that changes, down to so much for each edge; less if that is not enough. Looking at all nodes
    // takes as long as following a hundredth of the edges one by one.
    let even = tolerance * (1 - damping) / damping * whole / Double(limit)
    threshold = level * even
    var visited = isBroad ? 0 : drain(limit: limit / 128)
    if isBroad || visited > limit / 128 {
      visited += sweepAndDrain(limit: limit / 2, addsUp: !estimates)
      isBroad = visited > limit / 256
    }
    if estimate(self) > tolerance { takeOutSpread(addsUp: estimates) }
    // The error goes with about the square root of the level.
    let room = tolerance / estimate(self)
    if room > 1.2 { level *= room > 1.6 ? 1.2 : 1.06 }
    while estimate(self) > tolerance, error(self) > tolerance, visited < limit / 2 {
      level *= min(max(0.9 * tolerance / estimate(self), 0.5), 0.9)
      threshold = level * even
      visited += sweepAndDrain(limit: limit / 2, addsUp: !estimates)
      if estimate(self) > tolerance { takeOutSpread(addsUp: estimates) }
    }
    // Then all nodes, well below the tolerance, so that the next batches cost little.
    if estimate(self) > tolerance, error(self) > tolerance {
      while error(self) > 0.6 * tolerance, visited <= 2 * limit {
        takeOutSpread(addsUp: estimates)
        let before = sums.absolute
        threshold = share * before / Double(limit)
        visited += sweep(addsUp: true)
        // Rows so alike that few residuals stand out: then smaller ones must do. Below 1 some always do.
        if sums.absolute > 0.85 * before { share = max(share / 2, 1 / 64) }
      }
    }
    if estimates { sums = columns { $0.summedUp() } }
    let fallsBack = error(self) > tolerance
    if fallsBack { threshold = 0 }
    while error(self) > tolerance { visited += sweep(addsUp: true) }
    return (visited, fallsBack)
  }

  /// Takes out of all residuals what has spread, where that is much.
  private mutating func takeOutSpread(addsUp: Bool) {
    if addsUp { sums = columns { $0.summedUp() } }
    let share = spread.share(of: sums.signed)
    guard spread.size(of: share) > 0.05 * tolerance * whole else { return }
    let (response, lacks) = (spread.values, spread.lacks)
    valueSum += columns { columns in
      lacks.withUnsafeBufferPointer { lacks in
        response.withUnsafeBufferPointer { columns.takeOut(share, of: lacks, response: $0) }
      }
    }
    probes?.takeOutSpread(share)
    sums = columns { $0.summedUp() }
    (waiting, looksAtAll) = ([], true)
  }

  /// Passes on what is large going through all nodes, and what that leaves, one by one: where edges lead back to where
  /// they come from, some residuals have to be passed on many times.
  private mutating func sweepAndDrain(limit: Int, addsUp: Bool) -> Int {
    let visited = sweep(addsUp: false) + sweep(addsUp: addsUp)
    return visited + drain(limit: limit)
  }

  private mutating func drain(limit: Int) -> Int {
    var (waiting, sums) = (self.waiting, self.sums)
    self.waiting = []
    let (threshold, looksAtAll) = (threshold, looksAtAll)
    let work = columns { columns in
      if looksAtAll { waiting = columns.large(threshold: threshold) }
      return columns.drain(&waiting, threshold: threshold, limit: limit, sums: &sums)
    }
    (self.waiting, self.sums, self.looksAtAll) = (waiting, sums, false)
    valueSum += work.grown
    return work.visited
  }

  private mutating func sweep(addsUp: Bool) -> Int {
    let threshold = threshold
    let work = columns { $0.sweep(threshold: threshold) }
    valueSum += work.grown
    (waiting, looksAtAll) = ([], true)
    if addsUp { sums = columns { $0.summedUp() } }
    return work.visited
  }

  /// Hands the columns to a loop.
  private mutating func columns<Result>(_ body: (ResidualColumns) -> Result) -> Result {
    // Moved out and back, so that nothing else can reach them meanwhile and nothing is copied.
    var (values, residuals) = (self.values, self.residuals)
    var probes = self.probes
    (self.values, self.residuals, self.probes) = ([], Residuals(count: 0), nil)
    func run(_ probes: ErrorProbes.Columns?) -> Result {
      values.withUnsafeMutableBufferPointer { values in
        residuals.withColumns { amounts, perEdge, end in
          leaving.withUnsafeBufferPointer { leaving in
            live.base.withRows { rows in
              body(
                ResidualColumns(
                  values: values, amounts: amounts, perEdge: perEdge, leaving: leaving, end: end, graph: live,
                  rows: rows, probes: probes, damping: damping))
            }
          }
        }
      }
    }
    let result = probes?.withColumns(run) ?? run(nil)
    (self.values, self.residuals, self.probes) = (values, residuals, probes)
    return result
  }
}
