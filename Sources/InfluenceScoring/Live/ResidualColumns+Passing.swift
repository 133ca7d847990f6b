extension ResidualColumns {
  /// Passes on residuals of more than `threshold` for each edge of their row, of the waiting nodes and of those that come
  /// to it by that, first come first served, until none is left or more than `limit` edges were followed.
  ///
  /// Costs what it reaches, and looks at every residual that it changes.
  func drain(
    _ waiting: inout [UInt32], threshold: Double, limit: Int, sums: inout ResidualSums
  ) -> Work {
    var work = Work()
    var next = 0
    var passed = PassedAmounts()
    while next < waiting.count, work.visited <= limit {
      if next % Self.readAhead == 0 {
        probes?.take(&passed)
        for place in next + Self.readAhead..<max(min(next + 2 * Self.readAhead, waiting.count), next + Self.readAhead) {
          work.read ^= read(Int(waiting[place]))
        }
      }
      let node = Int(waiting[next])
      next += 1
      let amount = amounts[node]
      guard isLarge(amount, at: node, threshold) else { continue }
      if probes != nil { passed.append(amount, of: node) }
      var change = ResidualSums(absolute: -abs(amount), signed: -amount, all: -amount)
      pass(node, &work) { target, share in
        let old = amounts[target]
        let new = old + share
        amounts[target] = new
        let each = Double(perEdge[target])
        let (before, after) = (abs(old), abs(new))
        change.absolute += each > 0 ? after - before : 0
        change.signed += each > 0 ? share : 0
        change.all += share
        if after * each > threshold, before * each <= threshold {
          waiting.append(UInt32(truncatingIfNeeded: target))
        }
      }
      sums.absolute += change.absolute
      sums.signed += change.signed
      sums.all += change.all
    }
    probes?.take(&passed)
    waiting.removeFirst(next)
    return work
  }

  /// Passes on, node by node, every residual of more than `threshold` for each edge of its row.
  ///
  /// Looks at all nodes, some thousand at a time, and for that at no residual when it changes: where much is passed on, that
  /// is several times as quick.
  func sweep(threshold: Double) -> Work {
    var work = Work()
    var passed = PassedAmounts()
    var large: [UInt32] = []
    for start in stride(from: 0, to: end, by: Self.blockSize) {
      large.removeAll(keepingCapacity: true)
      collect(start..<min(start + Self.blockSize, end), threshold: threshold, into: &large)
      for place in large.indices {
        if place % Self.readAhead == 0 {
          probes?.take(&passed)
          for other in large[place...].prefix(2 * Self.readAhead).dropFirst(Self.readAhead) {
            work.read ^= read(Int(other))
          }
        }
        let node = Int(large[place])
        if probes != nil { passed.append(amounts[node], of: node) }
        pass(node, &work) { target, share in amounts[target] += share }
      }
    }
    probes?.take(&passed)
    return work
  }

  /// So many nodes are looked at before what was found is passed on.
  private static let blockSize = 1 << 15

  /// The nodes with residuals of more than `threshold` for each edge of their row.
  func large(threshold: Double) -> [UInt32] {
    var nodes: [UInt32] = []
    collect(0..<end, threshold: threshold, into: &nodes)
    return nodes
  }

  private func collect(_ nodes: Range<Int>, threshold: Double, into large: inout [UInt32]) {
    var node = nodes.lowerBound
    while node &+ 16 <= nodes.upperBound {
      // The signs of all sixteen differences at once.
      var signs: UInt64 = 0
      for lane in 0..<16 {
        signs |= (threshold - abs(amounts[node &+ lane]) * Double(perEdge[node &+ lane])).bitPattern
      }
      if signs >> 63 != 0 {
        for other in node..<node &+ 16 where isLarge(amounts[other], at: other, threshold) {
          large.append(UInt32(truncatingIfNeeded: other))
        }
      }
      node &+= 16
    }
    for other in node..<nodes.upperBound where isLarge(amounts[other], at: other, threshold) {
      large.append(UInt32(truncatingIfNeeded: other))
    }
  }
}
