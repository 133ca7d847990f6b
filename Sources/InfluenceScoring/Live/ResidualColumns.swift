/// The columns of ranks that change, inside a loop; the arrays behind them are not touched otherwise meanwhile.
struct ResidualColumns {
  let values: UnsafeMutableBufferPointer<Double>
  let residuals: UnsafeMutableBufferPointer<Double>
  /// What leaves each node; 0 where nothing does.
  let leaving: UnsafeBufferPointer<Double>
  let graph: LiveGraph
  let rows: AdjacencyRows
  let damping: Double

  /// What residuals sum up to.
  struct Sums {
    var absolute = 0.0
    var signed = 0.0
  }

  /// Takes the residual of a node into its value and gives what follows from it to `give`.
  /// - Returns: how many edges were followed, and 1.
  @inline(__always)
  private func pass(_ node: Int, _ give: (_ target: Int, _ amount: Double) -> Void) -> Int {
    let amount = residuals[node]
    residuals[node] = 0
    values[node] += amount
    if leaving[node] == 0 { return 1 }
    let rate = damping * amount / leaving[node]
    let (start, end) = (rows.start(node), rows.end(node))
    if rows.isWeighted {
      for edge in start..<end { give(rows.neighbour(edge), rate * rows.weights[edge]) }
    } else {
      for edge in start..<end { give(rows.neighbour(edge), rate) }
    }
    guard let changed = graph.differences(of: node) else { return end &- start &+ 1 }
    for slot in changed.targets.indices {
      let (now, before) = (changed.weights[slot], changed.compressed[slot])
      give(Int(changed.targets[slot]), rate * (max(now, 0) - max(before, 0)))
    }
    return end &- start &+ changed.targets.count &+ 1
  }

  /// Passes on, node by node, every residual of more than `threshold` for each edge of its row.
  /// - Returns: how many edges were followed, and the sum of what was taken into values.
  func sweep(threshold: Double) -> (visited: Int, taken: Double) {
    let residuals = residuals
    var (visited, taken) = (0, 0.0)
    for node in residuals.indices {
      let amount = residuals[node]
      guard abs(amount) > threshold * Double(rows.degree(node) &+ 1) else { continue }
      taken += amount
      visited &+= pass(node) { target, share in residuals[target] += share }
    }
    return (visited, taken)
  }

  /// Takes residuals of nodes that nothing leaves into their values and sums up those of the others.
  func measure() -> (sums: Sums, taken: Double) {
    var sums = Sums()
    var taken = 0.0
    for node in residuals.indices {
      let amount = residuals[node]
      if amount == 0 { continue }
      if leaving[node] == 0 {
        taken += amount
        values[node] += amount
        residuals[node] = 0
      } else {
        sums.absolute += abs(amount)
        sums.signed += amount
      }
    }
    return (sums, taken)
  }

  /// Hands columns to a loop.
  static func with<Result>(
    _ values: inout [Double], _ residuals: inout [Double], leaving: [Double], graph: LiveGraph, damping: Double,
    _ body: (ResidualColumns) -> Result
  ) -> Result {
    values.withUnsafeMutableBufferPointer { values in
      residuals.withUnsafeMutableBufferPointer { residuals in
        leaving.withUnsafeBufferPointer { leaving in
          graph.base.withRows { rows in
            body(
              ResidualColumns(
                values: values, residuals: residuals, leaving: leaving, graph: graph, rows: rows, damping: damping))
          }
        }
      }
    }
  }
}
