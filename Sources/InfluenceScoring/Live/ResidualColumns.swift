/// What the value of a node lacks, and how much of that falls on each edge that takes it on.
struct ResidualSlot: Sendable {
  var amount = 0.0
  /// 1 ÷ (1 + number of edges that leave the node); 0 where nothing does, so that nothing is ever passed on there.
  var perEdge: Float = 0

  @inline(__always)
  func isLarge(_ amount: Double, _ threshold: Double) -> Bool { abs(amount) * Double(perEdge) > threshold }
}

/// What residuals of nodes that pass them on sum up to.
struct ResidualSums: Sendable {
  var absolute = 0.0
  var signed = 0.0

  @inline(__always)
  mutating func add(_ amount: Double) {
    absolute += abs(amount)
    signed += amount
  }
}

/// The columns of ranks that change, inside a loop; the arrays behind them are not touched otherwise meanwhile.
struct ResidualColumns {
  let values: UnsafeMutableBufferPointer<Double>
  let slots: UnsafeMutableBufferPointer<ResidualSlot>
  /// What leaves each node; 0 where nothing does.
  let leaving: UnsafeBufferPointer<Double>
  let graph: LiveGraph
  let rows: AdjacencyRows
  let probes: ErrorProbes.Columns?
  let damping: Double
  let sums: ResidualSums

  /// What a loop did: how many edges it followed, by how much the sum of all ranks grew, the residuals then.
  struct Work {
    var visited = 0
    var grown = 0.0
    var sums = ResidualSums()
    /// What was read ahead; kept so that reading is not left out.
    var read: UInt64 = 0
  }

  /// Takes the residual of a node that edges leave into its value and gives what follows from it to `give`.
  @inline(__always)
  private func pass(_ node: Int, _ work: inout Work, _ give: (_ target: Int, _ amount: Double) -> Void) {
    let amount = slots[node].amount
    slots[node].amount = 0
    values[node] += amount
    probes?.pass(amount, of: node)
    work.grown += damping * amount
    let rate = damping * amount / leaving[node]
    let (start, end) = (rows.start(node), rows.end(node))
    work.visited &+= end &- start &+ 1
    if rows.isWeighted {
      for edge in start..<end { give(rows.neighbour(edge), rate * rows.weights[edge]) }
    } else {
      for edge in start..<end { give(rows.neighbour(edge), rate) }
    }
    guard let changed = graph.differences(of: node) else { return }
    work.visited &+= changed.targets.count
    var before = leaving[node]
    for slot in changed.targets.indices {
      let step = max(changed.weights[slot], 0) - max(changed.compressed[slot], 0)
      give(Int(changed.targets[slot]), rate * step)
      probes?.add(rate * step, to: Int(changed.targets[slot]))
      before -= step
    }
    probes?.scale(amount, of: node, by: before / leaving[node])
  }

  /// Passes on residuals of more than `threshold` for each edge of their row, of the waiting nodes and of those that come
  /// to it by that, first come first served, until none is left or more than `limit` edges were followed.
  func drain(_ waiting: inout [UInt32], threshold: Double, limit: Int) -> Work {
    var work = Work(sums: sums)
    var next = 0
    while next < waiting.count, work.visited <= limit {
      if next % Self.readAhead == 0 { work.read ^= read(waiting, from: next + Self.readAhead) }
      let node = Int(waiting[next])
      next += 1
      let amount = slots[node].amount
      guard slots[node].isLarge(amount, threshold) else { continue }
      work.sums.absolute -= abs(amount)
      work.sums.signed -= amount
      var change = ResidualSums()
      pass(node, &work) { target, share in
        var slot = slots[target]
        let (old, new) = (slot.amount, slot.amount + share)
        slot.amount = new
        slots[target].amount = new
        let counts = slot.perEdge > 0
        change.absolute += counts ? abs(new) - abs(old) : 0
        change.signed += counts ? share : 0
        if slot.isLarge(new, threshold), !slot.isLarge(old, threshold) {
          waiting.append(UInt32(truncatingIfNeeded: target))
        }
      }
      work.sums.absolute += change.absolute
      work.sums.signed += change.signed
    }
    waiting.removeFirst(next)
    return work
  }

  private static let readAhead = 32

  /// Reads what passing on the next waiting nodes needs, which lies all over the memory: asked for together, one does
  /// not wait for the other.
  @inline(__always)
  private func read(_ waiting: [UInt32], from first: Int) -> UInt64 {
    var sum: UInt64 = 0
    for place in min(first, waiting.count)..<min(first + Self.readAhead, waiting.count) {
      let node = Int(waiting[place])
      let (start, end) = (rows.start(node), rows.end(node))
      if start < end { sum ^= UInt64(rows.neighbours[start] ^ rows.neighbours[min(start + 16, end - 1)]) }
      sum ^= values[node].bitPattern ^ slots[node].amount.bitPattern ^ leaving[node].bitPattern
    }
    return sum
  }

  /// Passes on, node by node, every residual of more than `threshold` for each edge of its row.
  func sweep(threshold: Double) -> Work {
    let slots = slots
    var work = Work()
    for node in slots.indices where slots[node].isLarge(slots[node].amount, threshold) {
      pass(node, &work) { target, share in slots[target].amount += share }
    }
    // The sums anew, without the rounding of many steps, and by two so that additions do not wait for each other.
    var (one, other) = (ResidualSums(), ResidualSums())
    for node in slots.indices where slots[node].perEdge > 0 {
      if node & 1 == 0 { one.add(slots[node].amount) } else { other.add(slots[node].amount) }
    }
    work.sums = ResidualSums(absolute: one.absolute + other.absolute, signed: one.signed + other.signed)
    return work
  }

  /// The nodes with residuals of more than `threshold` for each edge of their row.
  func large(threshold: Double) -> [UInt32] {
    var nodes: [UInt32] = []
    for node in slots.indices where slots[node].isLarge(slots[node].amount, threshold) {
      nodes.append(UInt32(truncatingIfNeeded: node))
    }
    return nodes
  }
}
