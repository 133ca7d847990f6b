import DenseData

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
    let ahead = ReadAhead()
    while next < waiting.count, work.visited <= limit {
      if next % ReadAhead.count == 0 {
        waiting.withUnsafeBufferPointer { read($0, from: next &+ ReadAhead.count, ahead, &work) }
      }
      let node = Int(waiting[next])
      next += 1
      let amount = amounts[node]
      guard isLarge(amount, at: node, threshold) else { continue }
      note(amount, of: node, &passed)
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

  /// Passes on the residuals of some nodes that are more than `threshold` for each edge of their row.
  func pass(_ nodes: [UInt32], threshold: Double, sums: inout ResidualSums) -> Work {
    var work = Work()
    var passed = PassedAmounts()
    let ahead = ReadAhead()
    nodes.withUnsafeBufferPointer { nodes in
      for place in nodes.indices {
        if place % ReadAhead.count == 0 { read(nodes, from: place &+ ReadAhead.count, ahead, &work) }
        let node = Int(nodes[place])
        guard isLarge(amounts[node], at: node, threshold) else { continue }
        note(amounts[node], of: node, &passed)
        pass(node, &work) { target, share in amounts[target] += share }
      }
    }
    probes?.take(&passed)
    sums.pass(work, damping: damping)
    return work
  }

  /// Passes on, node by node, every residual of more than `threshold` for each edge of its row.
  ///
  /// Looks at all nodes, some thousand at a time, and for that at no residual when it changes: where much is passed on, that
  /// is several times as quick. Of `sums`, those of absolute residuals are an upper bound afterwards.
  func sweep(threshold: Double, sums: inout ResidualSums) -> Work {
    var work = Work()
    var passed = PassedAmounts()
    let ahead = ReadAhead()
    let large = ScratchBuffer(min(Self.blockSize, end), repeating: UInt32(0))
    var seen = ResidualSums()
    for start in stride(from: 0, to: end, by: Self.blockSize) {
      let count = collect(start..<min(start + Self.blockSize, end), threshold: threshold, into: large.base, &seen)
      let nodes = UnsafeBufferPointer(start: large.base, count: count)
      read(nodes, from: 0, ahead, &work)
      for place in 0..<count {
        if place % ReadAhead.count == 0 { read(nodes, from: place &+ ReadAhead.count, ahead, &work) }
        let node = Int(nodes[place])
        note(amounts[node], of: node, &passed)
        pass(node, &work) { target, share in amounts[target] += share }
      }
    }
    probes?.take(&passed)
    seen.all = sums.all
    sums = seen
    sums.pass(work, damping: damping)
    return work
  }

  /// So many nodes are looked at before what was found is passed on.
  private static let blockSize = 1 << 15

  /// The nodes with residuals of more than `threshold` for each edge of their row.
  func large(threshold: Double) -> [UInt32] {
    var seen = ResidualSums()
    return Array(unsafeUninitializedCapacity: end) { nodes, count in
      guard let base = nodes.baseAddress else { return }
      count = collect(0..<end, threshold: threshold, into: base, &seen)
    }
  }

  /// Writes down nodes with large residuals, adds up the residuals of all and returns how many were large.
  private func collect(
    _ nodes: Range<Int>, threshold: Double, into large: UnsafeMutablePointer<UInt32>, _ seen: inout ResidualSums
  ) -> Int {
    var count = 0
    var node = nodes.lowerBound
    var (absolute, signed) = (SIMD4<Double>(), SIMD4<Double>())
    while node &+ 16 <= nodes.upperBound {
      // The signs of all sixteen differences at once.
      var signs: UInt64 = 0
      for first in stride(from: 0, to: 16, by: 4) {
        for lane in 0..<4 {
          let amount = amounts[node &+ first &+ lane]
          let each = Double(perEdge[node &+ first &+ lane])
          let counted = each > 0 ? amount : 0
          signs |= (threshold - abs(amount) * each).bitPattern
          absolute[lane] += abs(counted)
          signed[lane] += counted
        }
      }
      if signs >> 63 != 0 {
        for other in node..<node &+ 16 where isLarge(amounts[other], at: other, threshold) {
          large[count] = UInt32(truncatingIfNeeded: other)
          count &+= 1
        }
      }
      node &+= 16
    }
    for other in node..<nodes.upperBound {
      seen.add(amounts[other], counts: perEdge[other] > 0)
      if isLarge(amounts[other], at: other, threshold) {
        large[count] = UInt32(truncatingIfNeeded: other)
        count &+= 1
      }
    }
    seen.absolute += absolute.sum()
    seen.signed += signed.sum()
    return count
  }

  @inline(__always)
  private func note(_ amount: Double, of node: Int, _ passed: inout PassedAmounts) {
    guard let probes else { return }
    if passed.isFull { probes.take(&passed) }
    passed.append(amount, of: node)
  }
}
