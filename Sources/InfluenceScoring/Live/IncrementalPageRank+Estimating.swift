extension IncrementalPageRank {
  /// Publishes as much of the spread response besides as takes the sum of the error to 0, and estimates what is left.
  mutating func estimateError() {
    guard let probes, whole > 0 else {
      estimatedError = probes.map { _ in 0 }
      return
    }
    let exceptions = emptiedResiduals
    let sums = probes.sums(except: exceptions)
    taken = spread.isMuch(sums.spread) ? sums.error / sums.spread : 0
    let sum = sums.error - taken * sums.spread
    estimatedError = absoluteError(of: probes, besides: sum, except: exceptions) / whole
  }

  /// The sum of the absolute error, at most, but for the probability asked for.
  ///
  /// - Parameter sum: that of the error. Ranks are scaled by their own sum, which lacks it: so much of each rank is no error.
  private mutating func absoluteError(
    of probes: ErrorProbes, besides sum: Double, except exceptions: [ErrorProbes.Exception]
  ) -> Double {
    // What residuals lead to first leads to 1 ÷ (1 − d) times that in all at most.
    let bound = (damping * (sums.absolute + abs(taken) * spread.absoluteLacks) + abs(sum)) / (1 - damping)
    guard waiting.count <= values.count / 16 + 64 else { return bound }
    // What waits to be passed on is large and may be little seen by a sample.
    var (exceptions, large) = (exceptions, 0.0)
    let others = exceptions.count
    for node in waiting where residuals.isLarge(residuals[Int(node)], at: Int(node), threshold) {
      let amount = residuals[Int(node)]
      exceptions.append(ErrorProbes.Exception(node: Int(node), amount: amount, lack: 0))
      large += abs(amount)
      residuals[Int(node)] = 0
    }
    for place in sample.targets.indices where sample.targets[place].isStale {
      let (sources, weights) = (sample.targets[place].sources, sample.targets[place].weights)
      sample.targets[place].spread = zip(sources, weights).reduce(0) {
        // Edges of no weight may be all that leaves a node.
        leaving[Int($1.0)] > 0 ? $0 + spread.lacks[Int($1.0)] * $1.1 / leaving[Int($1.0)] : $0
      }
      sample.targets[place].isStale = false
    }
    let later = probes.values(without: taken, except: exceptions)
    let (sample, taken, scale) = (sample, taken, sum / whole)
    let seen = columns { $0.error(at: sample, later: later, without: taken, scale: scale) }
    for one in exceptions[others...] { residuals[one.node] = one.amount }
    guard let estimate = seen.upperEnd(deviations, damping: damping, changed: live.changedPart) else { return bound }
    return min(bound, estimate + damping * large / (1 - damping))
  }
}

extension ResidualColumns {
  /// What the nodes of a sample lack.
  ///
  /// - Parameters:
  ///   - later: what residuals lead to after the first step, at the probes of the sample.
  ///   - taken: how many times the spread response is taken out of the residuals besides.
  ///   - scale: how much of each value is no error.
  func error(at sample: TargetSample, later: [Double], without taken: Double, scale: Double) -> SampledError {
    var seen = SampledError(probesOf: sample.drawnCount)
    for target in sample.targets {
      var sum = 0.0
      for slot in target.sources.indices {
        let source = Int(target.sources[slot])
        // Where nothing changed, one place less in the memory has to be looked at.
        if !hasChanged(source) {
          sum += Double(amounts[source]) * target.shares[slot]
        } else if leaving[source] > 0 {
          sum += Double(amounts[source]) * target.weights[slot] / leaving[source]
        }
      }
      let first = damping * (sum - taken * target.spread) - scale * values[target.node]
      seen.add(first, later: target.probe.map { later[$0] }, share: target.share)
    }
    return seen
  }
}
