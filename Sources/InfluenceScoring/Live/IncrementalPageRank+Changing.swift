extension IncrementalPageRank {
  /// Brings residuals in line with changed weights of edges that leave a node.
  mutating func change(_ node: Int, _ steps: [(target: Int, weight: Double)]) -> Int {
    let (before, value) = (leaving[node], values[node])
    let after = steps.reduce(before) { $0 + $1.weight }
    let rate = before > 0 ? damping * value / before : 0
    let spreadRate = before > 0 ? damping * spread.values[node] / before : 0
    let degree = live.degree(of: node)
    // A long row: what the node gives along its other edges stays, and its own value is what is wrong then.
    if degree > 32, after > 0.75 * before, after < 1.25 * before {
      leaving[node] = after
      residuals.setDegree(degree, of: node)
      values[node] = value * (after / before)
      valueSum += values[node] - value
      addResidual(value - values[node], to: node)
      addSpreadLack(spread.scale(node, by: after / before), to: node)
      for step in steps {
        addResidual(rate * step.weight, to: step.target)
        addSpreadLack(-spreadRate * step.weight, to: step.target)
      }
      probes?.changeRow(of: node, scale: before / after, adding: steps.lazy.map { ($0.target, $0.weight / after) })
      return steps.count
    }
    var row: [(target: Int, weight: Double)] = []
    live.forEachEdge(of: node) { target, weight in row.append((target, weight)) }
    leaving[node] = row.reduce(0) { $0 + $1.weight }
    // What a node lacks counts once edges leave it.
    let amount = residuals[node]
    let counted = residuals.counts(node)
    residuals.setDegree(leaving[node] > 0 ? degree : 0, of: node)
    let counts: Double = (leaving[node] > 0 ? 1 : 0) - (counted ? 1 : 0)
    sums.absolute += counts * abs(amount)
    sums.signed += counts * amount
    if counts != 0 { spread.setCounts(counts > 0, of: node) }
    if leaving[node] == 0 {
      if probes != nil { emptied.insert(node) }
    } else if residuals.isLarge(amount, at: node, threshold) {
      waiting.append(UInt32(truncatingIfNeeded: node))
    }
    let sum = leaving[node]
    if sum > 0 { probes?.changeRow(of: node, scale: 0, adding: row.lazy.map { ($0.target, $0.weight / sum) }) }
    let part = sum > 0 ? damping / sum : 0
    let change = part * value - rate
    let spreadChange = part * spread.values[node] - spreadRate
    for edge in row {
      addResidual(change * edge.weight, to: edge.target)
      addSpreadLack(-spreadChange * edge.weight, to: edge.target)
    }
    for step in steps {
      addResidual(rate * step.weight, to: step.target)
      addSpreadLack(-spreadRate * step.weight, to: step.target)
    }
    return row.count + steps.count
  }

  private mutating func addSpreadLack(_ amount: Double, to node: Int) {
    spread.addLack(amount, to: node, counts: residuals.counts(node))
    probes?.addToSpread(amount, to: node)
  }
}
