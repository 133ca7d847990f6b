import DenseData

extension ResidualColumns {
  /// Passes on residuals of more than `threshold` for each edge of their row, of the waiting nodes and of those that come
  /// to it by that, first come first served, until none is left or more than `limit` edges were followed.
  ///
  /// Costs what it reaches, and looks at every residual that it changes.
  func drain(
    _ waiting: inout [UInt32], threshold: Double, limit: Int, sums: inout ResidualSums
  ) -> PassingWork {
    var work = PassingWork()
    var next = 0
    let ahead = ReadAhead()
    waiting.withUnsafeBufferPointer { begin($0, ahead, &work) }
    while next < waiting.count, work.visited <= limit {
      waiting.withUnsafeBufferPointer { advance($0, to: next, ahead, &work) }
      let node = Int(waiting[next])
      next += 1
      guard isLarge(amounts[node], at: node, threshold) else { continue }
      note(amounts[node], of: node, at: next - 1, ahead)
      let amount = Double(amounts[node])
      var change = ResidualSums(absolute: -abs(amount), signed: -amount, all: -amount)
      pass(node, &work) { target, share in
        let old = amounts[target]
        let new = old + share
        amounts[target] = new
        let counts = counts(target)
        change.absolute += counts ? Double(abs(new)) - Double(abs(old)) : 0
        change.signed += counts ? Double(share) : 0
        change.all += Double(share)
        if isLarge(new, at: target, threshold), !isLarge(old, at: target, threshold) {
          waiting.append(UInt32(truncatingIfNeeded: target))
        }
      }
      sums.absolute += change.absolute
      sums.signed += change.signed
      sums.all += change.all
    }
    finish(ahead)
    waiting.removeFirst(next)
    return work
  }

  /// Passes on the residuals of some nodes that are more than `threshold` for each edge of their row.
  func pass(_ nodes: [UInt32], threshold: Double, sums: inout ResidualSums) -> PassingWork {
    var work = PassingWork()
    let ahead = ReadAhead()
    nodes.withUnsafeBufferPointer { nodes in
      begin(nodes, ahead, &work)
      for place in nodes.indices {
        advance(nodes, to: place, ahead, &work)
        let node = Int(nodes[place])
        guard isLarge(amounts[node], at: node, threshold) else { continue }
        note(amounts[node], of: node, at: place, ahead)
        pass(node, &work) { target, share in amounts[target] += share }
      }
    }
    finish(ahead)
    sums.pass(work, damping: damping)
    return work
  }

  /// Passes on, node by node, every residual of more than `threshold` for each edge of its row.
  ///
  /// Looks at all nodes, some thousand at a time, and for that at no residual when it changes: where much is passed on, that
  /// is several times as quick. Of `sums`, those of absolute residuals are an upper bound afterwards.
  func sweep(threshold: Double, sums: inout ResidualSums) -> PassingWork {
    var work = PassingWork()
    let ahead = ReadAhead()
    let large = ScratchBuffer(min(Self.blockSize, end), repeating: UInt32(0))
    var absolute = 0.0
    for start in stride(from: 0, to: end, by: Self.blockSize) {
      let count = collect(start..<min(start + Self.blockSize, end), threshold: threshold, into: large.base, &absolute)
      let nodes = UnsafeBufferPointer(start: large.base, count: count)
      begin(nodes, ahead, &work)
      for place in 0..<count {
        advance(nodes, to: place, ahead, &work)
        let node = Int(nodes[place])
        note(amounts[node], of: node, at: place, ahead)
        pass(node, &work) { target, share in amounts[target] += share }
      }
      finish(ahead)
    }
    sums.absolute = absolute
    sums.pass(work, damping: damping)
    return work
  }

  /// So many nodes are looked at before what was found is passed on.
  private static var blockSize: Int { 1 << 15 }

  /// Of so many nodes absolute residuals are added up in their own precision.
  private static var chunkSize: Int { 1 << 9 }

  /// The nodes with residuals of more than `threshold` for each edge of their row.
  func large(threshold: Double) -> [UInt32] {
    var absolute = 0.0
    return Array(unsafeUninitializedCapacity: end) { nodes, count in
      guard let base = nodes.baseAddress else { return }
      count = collect(0..<end, threshold: threshold, into: base, &absolute)
    }
  }

  /// Writes down nodes with large residuals, adds up the absolute residuals of all and returns how many were large.
  private func collect(
    _ nodes: Range<Int>, threshold: Double, into large: UnsafeMutablePointer<UInt32>, _ absolute: inout Double
  ) -> Int {
    var count = 0
    guard let base = amounts.baseAddress, let classes = residuals.classes.baseAddress else { return 0 }
    // In single precision first, and a little lower than rounding could hide.
    let least = SIMD8<Float>(repeating: Float(threshold) * (1 - 1e-6))
    let wide = nodes.lowerBound + nodes.count & ~7
    // Where eight nodes begin, and a bit for each of them that may be large: first all, without branches, then what was found.
    let eights = ScratchBuffer(Self.chunkSize / 8, repeating: (first: 0, large: UInt8(0)))
    for start in stride(from: nodes.lowerBound, to: wide, by: Self.chunkSize) {
      var sums = SIMD8<Amount>()
      var candidates = 0
      for first in stride(from: start, to: min(start + Self.chunkSize, wide), by: 8) {
        let magnitudes = Amount.magnitudes(ofEight: base + first)
        sums += magnitudes.own
        let differences = RowClass.eightSizes(at: classes + first) * least - magnitudes.single
        // The sign of each difference as a byte, and then as a bit.
        let signs = SIMD8<UInt8>(truncatingIfNeeded: unsafeBitCast(differences, to: SIMD8<UInt32>.self) &>> 31)
        let bytes = unsafeBitCast(signs, to: UInt64.self).littleEndian
        eights[candidates] = (first, UInt8(truncatingIfNeeded: (bytes &* 0x0102_0408_1020_4080) &>> 56))
        candidates &+= bytes != 0 ? 1 : 0
      }
      absolute += Double(sums.sum())
      for place in 0..<candidates {
        let first = eights[place].first
        var found = eights[place].large
        repeat {
          let node = first &+ found.trailingZeroBitCount
          found &= found &- 1
          large[count] = UInt32(truncatingIfNeeded: node)
          count &+= isLarge(amounts[node], at: node, threshold) ? 1 : 0
        } while found != 0
      }
    }
    for node in wide..<nodes.upperBound {
      absolute += Double(abs(amounts[node]))
      guard isLarge(amounts[node], at: node, threshold) else { continue }
      large[count] = UInt32(truncatingIfNeeded: node)
      count &+= 1
    }
    return count
  }
}
