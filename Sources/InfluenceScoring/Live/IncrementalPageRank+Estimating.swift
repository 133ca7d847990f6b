extension IncrementalPageRank {
  /// Publishes as much of the spread response besides as takes the sum of the error to 0, and estimates what is left.
  mutating func estimateError() {
    guard let probes, whole > 0 else {
      estimatedError = probes.map { _ in 0 }
      return
    }
    let emptied = emptiedResiduals
    let sums = probes.sums(emptied)
    taken = spread.isMuch(sums.spread) ? sums.error / sums.spread : 0
    let later = probes.laterPart(without: taken, emptied: emptied)
    let sum = sums.error - taken * sums.spread
    estimatedError = (firstPart(besides: sum) + later) / whole
  }

  /// The sum of absolute amounts of what residuals lead to first, at most, but for the probability asked for.
  ///
  /// - Parameter sum: that of the error. Ranks are scaled by their own sum, which lacks it: so much of each rank is no error.
  private mutating func firstPart(besides sum: Double) -> Double {
    let bound = damping * (sums.absolute + abs(taken) * spread.absoluteLacks) + abs(sum)
    // What waits to be passed on is large and may be little seen by a sample.
    guard waiting.count <= values.count / 16 + 64 else { return bound }
    var (set, large) = ([(node: Int, amount: Double)](), 0.0)
    for node in waiting where residuals.isLarge(residuals.amounts[Int(node)], at: Int(node), threshold) {
      set.append((Int(node), residuals.amounts[Int(node)]))
      large += abs(residuals.amounts[Int(node)])
      residuals.amounts[Int(node)] = 0
    }
    for place in sample.targets.indices where sample.targets[place].isStale {
      let (sources, weights) = (sample.targets[place].sources, sample.targets[place].weights)
      sample.targets[place].spread = zip(sources, weights).reduce(0) {
        // Edges of no weight may be all that leaves a node.
        leaving[Int($1.0)] > 0 ? $0 + spread.lacks[Int($1.0)] * $1.1 / leaving[Int($1.0)] : $0
      }
      sample.targets[place].isStale = false
    }
    let (sample, taken, scale) = (sample, taken, sum / whole)
    let seen = columns { $0.firstPart(at: sample, without: taken, scale: scale) }
    for (node, amount) in set { residuals.amounts[node] = amount }
    return min(bound, seen.upperEnd(deviations).map { $0 + damping * large } ?? bound)
  }
}

extension ResidualColumns {
  /// What residuals lead to first at the nodes of a sample.
  ///
  /// - Parameters:
  ///   - taken: how many times the spread response is taken out of the residuals besides.
  ///   - scale: how much of each value is no error.
  func firstPart(at sample: TargetSample, without taken: Double, scale: Double) -> SampledSum {
    var seen = SampledSum()
    for target in sample.targets {
      var sum = 0.0
      for slot in target.sources.indices {
        let source = Int(target.sources[slot])
        if leaving[source] > 0 { sum += amounts[source] * target.weights[slot] / leaving[source] }
      }
      seen.add(abs(damping * (sum - taken * target.spread) - scale * values[target.node]), share: target.share)
    }
    return seen
  }
}
