extension IncrementalPageRank {
  /// Adds to what a node lacks.
  mutating func addResidual(_ amount: Double, to node: Int) {
    let old = residuals[node]
    let new = old + amount
    residuals[node] = new
    passed.amount += abs(amount)
    probes?.add(amount, to: node)
    sums.all += amount
    if !residuals.counts(node) { return }
    sums.absolute += abs(new) - abs(old)
    sums.signed += amount
    if residuals.isLarge(new, at: node, threshold), !residuals.isLarge(old, at: node, threshold) {
      waiting.append(UInt32(truncatingIfNeeded: node))
    }
  }

  /// Passes residuals on, those alone that are large for their row, until the error is below the tolerance.
  mutating func settle() -> (visited: Int, fellBack: Bool) {
    guard probes != nil else { return settle { $0.errorBound } }
    let isKnown = live.isChanged(atMost: Self.tolerableChange)
    if !isKnown { takeOutSpread() }
    // Where much has to be passed on anyway, it is looked at after that.
    if !(isKnown && isBroad) { estimateError() }
    // Rounding keeps an estimate above a tolerance that is small enough, so that the bound serves too.
    return settle { ranks in min(isKnown ? ranks.estimatedError ?? .infinity : .infinity, ranks.errorBound) }
  }

  private mutating func settle(_ error: (IncrementalPageRank) -> Double) -> (visited: Int, fellBack: Bool) {
    if !(isBroad && probes != nil), error(self) <= tolerance { return (0, false) }
    let limit = live.edgeCount + live.nodeCount
    // What changed and what that changes, down to so much for each edge; less if that is not enough. Looking at all nodes
    // takes as long as following a hundredth of the edges one by one.
    let even = tolerance * (1 - damping) / damping * whole / Double(limit)
    threshold = level * even
    var visited = 0
    if !isBroad { visited = drain(limit: limit / 128) } else if probes != nil { visited = passWaiting() }
    if isBroad || visited > limit / 128 {
      visited += probes == nil ? sweepAndDrain(limit: limit / 2) : sweep()
      isBroad = visited > limit / 256
    }
    concludeRound()
    // The error goes with about the square root of the level, or with more of it. A bound costs nothing to look at, so that
    // lower levels are tried where it is needed only.
    let room = tolerance / error(self)
    if probes != nil {
      level *= min(max((0.94 * room).squareRoot(), 0.8), 1.2)
      // A little too much is brought down by what a second look at the same threshold finds.
      threshold *= min(max(1.07 * room * room, 0.5), 1)
      for _ in 0..<4 where error(self) > tolerance && visited < limit / 2 {
        visited += sweep()
        concludeRound()
        threshold *= 0.93
      }
    } else if room > 1.2 {
      level *= room > 1.6 ? 1.2 : 1.06
    }
    // Where nothing large is left that could be passed on, lower levels do not help.
    var looks = 0
    while error(self) > tolerance, visited < limit / 2, looks < 64 {
      looks += 1
      level *= min(max(0.9 * tolerance / error(self), 0.5), 0.9)
      threshold = level * even
      visited += sweepAndDrain(limit: limit / 2)
      concludeRound()
    }
    // Then all nodes, well below the tolerance, so that the next batches cost little.
    if error(self) > tolerance {
      sums = columns { $0.summedUp() }
      while error(self) > 0.6 * tolerance, visited <= 2 * limit, sums.absolute > 0 {
        let before = sums.absolute
        threshold = share * before / Double(limit)
        visited += sweepAndSumUp()
        concludeRound()
        // Rows so alike that few residuals stand out: then smaller ones must do. Below 1 some always do.
        if sums.absolute > 0.85 * before { share = max(share / 2, 1 / 64) }
      }
    }
    let fallsBack = error(self) > tolerance
    if fallsBack {
      takeOutSpread()
      threshold = 0
      while errorBound > tolerance {
        visited += sweepAndSumUp()
      }
      // What an estimate would publish besides is not covered by the bound.
      estimatedError = probes.map { _ in errorBound }
    }
    return (visited, fallsBack)
  }

  /// Takes out what has spread, if only in what is published, and finds out how large the error is.
  private mutating func concludeRound() {
    if probes == nil {
      guard errorBound > tolerance else { return }
      let share = spread.share(of: sums.signed)
      if spread.size(of: share) > 0.05 * tolerance * whole {
        taken = share
        takeOutSpread()
      }
    } else {
      estimateError()
      if spread.size(of: taken) > 10 * tolerance * whole {
        takeOutSpread()
        estimateError()
      }
    }
  }

  /// Takes what has spread out of all residuals, as is published already.
  mutating func takeOutSpread() {
    if taken != 0 {
      let (share, response, lacks) = (taken, spread.values, spread.lacks)
      valueSum += columns { columns in
        lacks.withUnsafeBufferPointer { lacks in
          response.withUnsafeBufferPointer { columns.takeOut(share, of: lacks, response: $0) }
        }
      }
      probes?.takeOutSpread(share)
      passed.amount += abs(share) * spread.absoluteLacks
      (waiting, looksAtAll, taken) = ([], true, 0)
    }
    sums = columns { $0.summedUp() }
  }

  /// Passes on what is large going through all nodes, and what that leaves, one by one: where edges lead back to where
  /// they come from, some residuals have to be passed on many times.
  private mutating func sweepAndDrain(limit: Int) -> Int {
    var visited = sweep()
    if probes == nil { visited += sweepAndSumUp() }
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
    return take(work)
  }

  /// Passes on what changed, and not what that changes.
  private mutating func passWaiting() -> Int {
    var sums = sums
    let (nodes, threshold) = (waiting, threshold)
    let work = columns { $0.pass(nodes, threshold: threshold, sums: &sums) }
    (self.sums, waiting, looksAtAll) = (sums, [], true)
    return take(work)
  }

  private mutating func sweep() -> Int {
    var sums = sums
    let threshold = threshold
    let work = columns { $0.sweep(threshold: threshold, sums: &sums) }
    (self.sums, waiting, looksAtAll) = (sums, [], true)
    return take(work)
  }

  private mutating func sweepAndSumUp() -> Int {
    let visited = sweep()
    sums = columns { $0.summedUp() }
    return visited
  }

  private mutating func take(_ work: PassingWork) -> Int {
    valueSum += work.grown
    passed.add(work)
    return work.visited
  }

  /// Hands the columns to a loop.
  mutating func columns<Result>(_ body: (ResidualLoops) -> Result) -> Result {
    // Moved out and back, so that nothing else can reach them meanwhile and nothing is copied.
    var (values, residuals) = (self.values, self.residuals)
    var probes = self.probes
    (self.values, self.residuals, self.probes) = ([], .none, nil)
    func run(_ probes: ErrorProbes.Columns?) -> Result {
      values.withUnsafeMutableBufferPointer { values in
        leaving.withUnsafeBufferPointer { leaving in
          live.withRows { rows, changed in
            func columns<Amount>(_ residuals: Residuals.Columns<Amount>) -> ResidualColumns<Amount> {
              ResidualColumns(
                values: values, residuals: residuals, leaving: leaving, graph: live, rows: rows, changed: changed,
                probes: probes, damping: damping)
            }
            return residuals.withColumns(
              double: { body(.double(columns($0))) }, single: { body(.single(columns($0))) })
          }
        }
      }
    }
    let result = probes?.withColumns(run) ?? run(nil)
    (self.values, self.residuals, self.probes) = (values, residuals, probes)
    return result
  }
}
