/// The columns of ranks that change, inside a loop; the arrays behind them are not touched otherwise meanwhile.
struct ResidualColumns {
  let values: UnsafeMutableBufferPointer<Double>
  let residuals: UnsafeMutableBufferPointer<Double>
  /// What leaves each node; 0 where nothing does.
  let leaving: UnsafeBufferPointer<Double>
  let graph: LiveGraph
  let rows: AdjacencyRows
  let damping: Double
  let sums: Sums

  /// What residuals sum up to.
  struct Sums {
    var absolute = 0.0
    var signed = 0.0

    @inline(__always)
    mutating func add(_ amount: Double) {
      absolute += abs(amount)
      signed += amount
    }
  }

  /// What a loop did: how many edges it followed, the sum of what it took into values, the residuals then.
  struct Work {
    var visited = 0
    var taken = 0.0
    var sums = Sums()
  }

  /// Takes the residual of a node into its value and gives what follows from it to `give`.
  @inline(__always)
  private func pass(_ node: Int, _ work: inout Work, _ give: (_ target: Int, _ amount: Double) -> Void) {
    let amount = residuals[node]
    residuals[node] = 0
    values[node] += amount
    work.taken += amount
    work.visited &+= 1
    if leaving[node] == 0 { return }
    let rate = damping * amount / leaving[node]
    let (start, end) = (rows.start(node), rows.end(node))
    work.visited &+= end &- start
    if rows.isWeighted {
      for edge in start..<end { give(rows.neighbour(edge), rate * rows.weights[edge]) }
    } else {
      for edge in start..<end { give(rows.neighbour(edge), rate) }
    }
    guard let changed = graph.differences(of: node) else { return }
    work.visited &+= changed.targets.count
    for slot in changed.targets.indices {
      let (now, before) = (changed.weights[slot], changed.compressed[slot])
      give(Int(changed.targets[slot]), rate * (max(now, 0) - max(before, 0)))
    }
  }

  @inline(__always)
  private func isLarge(_ amount: Double, at node: Int, _ threshold: Double) -> Bool {
    abs(amount) > threshold * Double(rows.degree(node) &+ 1)
  }

  /// Passes on residuals of more than `threshold` for each edge of their row, of the waiting nodes and of those that come
  /// to it by that, first come first served, until none is left or more than `limit` edges were followed.
  func drain(_ waiting: inout [UInt32], _ isWaiting: inout [Bool], threshold: Double, limit: Int) -> Work {
    var work = Work(sums: sums)
    var next = 0
    isWaiting.withUnsafeMutableBufferPointer { isWaiting in
      while next < waiting.count {
        let node = Int(waiting[next])
        next += 1
        isWaiting[node] = false
        let amount = residuals[node]
        guard isLarge(amount, at: node, threshold), work.visited <= limit else { continue }
        work.sums.absolute -= abs(amount)
        work.sums.signed -= amount
        var (absolute, signed, taken) = (0.0, 0.0, 0.0)
        pass(node, &work) { target, share in
          if leaving[target] == 0 {
            values[target] += share
            taken += share
            return
          }
          let old = residuals[target]
          residuals[target] = old + share
          absolute += abs(old + share) - abs(old)
          signed += share
          if isLarge(old + share, at: target, threshold), !isWaiting[target] {
            isWaiting[target] = true
            waiting.append(UInt32(truncatingIfNeeded: target))
          }
        }
        work.sums.absolute += absolute
        work.sums.signed += signed
        work.taken += taken
      }
    }
    waiting.removeAll(keepingCapacity: true)
    return work
  }

  /// Passes on, node by node, every residual of more than `threshold` for each edge of its row.
  func sweep(threshold: Double) -> Work {
    let residuals = residuals
    var work = Work()
    for node in residuals.indices where isLarge(residuals[node], at: node, threshold) {
      pass(node, &work) { target, share in residuals[target] += share }
    }
    // What came to nodes that nothing leaves is theirs; the sums of the others anew, without the rounding of many steps, and
    // by two so that additions do not wait for each other.
    var (one, other) = (Sums(), Sums())
    for node in residuals.indices {
      let amount = residuals[node]
      if amount != 0, leaving[node] == 0 {
        work.taken += amount
        values[node] += amount
        residuals[node] = 0
      } else if node & 1 == 0 {
        one.add(amount)
      } else {
        other.add(amount)
      }
    }
    work.sums = Sums(absolute: one.absolute + other.absolute, signed: one.signed + other.signed)
    return work
  }

  /// Hands columns to a loop.
  static func with(
    _ values: inout [Double], _ residuals: inout [Double], leaving: [Double], graph: LiveGraph, damping: Double,
    sums: Sums, _ body: (ResidualColumns) -> Work
  ) -> Work {
    values.withUnsafeMutableBufferPointer { values in
      residuals.withUnsafeMutableBufferPointer { residuals in
        leaving.withUnsafeBufferPointer { leaving in
          graph.base.withRows { rows in
            body(
              ResidualColumns(
                values: values, residuals: residuals, leaving: leaving, graph: graph, rows: rows, damping: damping,
                sums: sums))
          }
        }
      }
    }
  }
}
