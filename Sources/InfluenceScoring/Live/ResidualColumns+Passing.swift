extension ResidualColumns {
  /// Passes on residuals of more than `threshold` for each edge of their row, of the waiting nodes and of those that come
  /// to it by that, first come first served, until none is left or more than `limit` edges were followed.
  ///
  /// Costs what it reaches, and looks at every residual that it changes.
  func drain(
    _ waiting: inout [UInt32], threshold: Float, limit: Int, sums: inout ResidualSums
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
      passed.append(amount, of: node)
      // In single precision for one row; a round over all nodes takes the sums anew.
      var (absolute, signed): (Float, Float) = (0, 0)
      pass(node, &work) { target, share in
        let old = amounts[target]
        let new = old + share
        amounts[target] = new
        let each = perEdge[target]
        let (before, after) = (abs(old), abs(new))
        absolute += each > 0 ? after - before : 0
        signed += each > 0 ? share : 0
        if after * each > threshold, before * each <= threshold {
          waiting.append(UInt32(truncatingIfNeeded: target))
        }
      }
      sums.absolute += Double(absolute - abs(amount))
      sums.signed += Double(signed - amount)
      sums.all -= (1 - damping) * Double(amount)
    }
    probes?.take(&passed)
    waiting.removeFirst(next)
    return work
  }

  /// Passes on, node by node, every residual of more than `threshold` for each edge of its row.
  ///
  /// Looks at all nodes, some thousand at a time, and for that at no residual when it changes: where much is passed on, that
  /// is several times as quick.
  func sweep(threshold: Float) -> Work {
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
        passed.append(amounts[node], of: node)
        pass(node, &work) { target, share in amounts[target] += share }
      }
    }
    probes?.take(&passed)
    return work
  }

  /// So many nodes are looked at before what was found is passed on.
  private static let blockSize = 1 << 15

  /// The nodes with residuals of more than `threshold` for each edge of their row.
  func large(threshold: Float) -> [UInt32] {
    var nodes: [UInt32] = []
    collect(0..<end, threshold: threshold, into: &nodes)
    return nodes
  }

  private func collect(_ nodes: Range<Int>, threshold: Float, into large: inout [UInt32]) {
    var node = nodes.lowerBound
    while node &+ 16 <= nodes.upperBound {
      // The signs of all sixteen differences at once.
      var signs: UInt32 = 0
      for lane in 0..<16 {
        signs |= (threshold - abs(amounts[node &+ lane]) * perEdge[node &+ lane]).bitPattern
      }
      if signs >> 31 != 0 {
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
