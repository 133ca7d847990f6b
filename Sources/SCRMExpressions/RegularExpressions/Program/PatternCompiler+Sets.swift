extension PatternCompiler {
  /// Scalars whose last `remaining` bytes of UTF-8 are still to come, as ranges of the bits those hold.
  private struct Tail: Hashable {
    var remaining: Int
    var bounds: [UInt32]
  }

  /// One scalar of a set as an automaton over its bytes, with equal tails put together.
  mutating func compile(_ set: ScalarSet, then next: Int32) throws(RegularExpressionError) -> Int32 {
    var known: [Tail: Int32] = [:]
    var edges: [PatternEdge] = []
    // Scalars of one to four bytes: the least and greatest, and the first byte's mark.
    let lengths: [(low: UInt32, high: UInt32, mark: UInt8)] = [
      (0, 0x7F, 0), (0x80, 0x7FF, 0xC0), (0x800, 0xFFFF, 0xE0), (0x1_0000, 0x10_FFFF, 0xF0),
    ]
    for (remaining, length) in lengths.enumerated() {
      var bounds: [UInt32] = []
      for range in set.ranges where range.low <= length.high && range.high >= length.low {
        bounds += [max(range.low, length.low), min(range.high, length.high)]
      }
      edges += try self.edges(
        Tail(remaining: remaining, bounds: bounds), mark: length.mark, then: next, &known)
    }
    return try emit(edges: edges)
  }

  private mutating func entry(
    _ tail: Tail, then next: Int32, _ known: inout [Tail: Int32]
  ) throws(RegularExpressionError) -> Int32 {
    if let entry = known[tail] { return entry }
    let edges = try edges(tail, mark: 0x80, then: next, &known)
    let entry = try emit(edges: edges)
    known[tail] = entry
    return entry
  }

  /// The edges of the byte that holds the bits above the last `6 · remaining`.
  private mutating func edges(
    _ tail: Tail, mark: UInt8, then next: Int32, _ known: inout [Tail: Int32]
  ) throws(RegularExpressionError) -> [PatternEdge] {
    let shift = UInt32(6 * tail.remaining)
    let mask = (UInt32(1) << shift) - 1
    var edges: [PatternEdge] = []
    func add(_ low: UInt32, _ high: UInt32, _ entry: Int32) {
      let low = mark | UInt8(truncatingIfNeeded: low)
      let high = mark | UInt8(truncatingIfNeeded: high)
      if let last = edges.last, last.next == entry, last.high + 1 == low {
        edges[edges.count - 1].high = high
      } else {
        edges.append(PatternEdge(low: low, high: high, next: entry))
      }
    }
    guard tail.remaining > 0 else {
      for index in stride(from: 0, to: tail.bounds.count, by: 2) {
        add(tail.bounds[index], tail.bounds[index + 1], next)
      }
      return edges
    }
    // Ranges that begin or end inside of one value of this byte are gathered for it.
    var pending: (byte: UInt32, bounds: [UInt32]) = (0, [])
    func rest(_ bounds: [UInt32]) -> Tail { Tail(remaining: tail.remaining - 1, bounds: bounds) }
    for index in stride(from: 0, to: tail.bounds.count, by: 2) {
      var low = tail.bounds[index]
      let high = tail.bounds[index + 1]
      while low <= high {
        let byte = low >> shift
        let end = min(high, low | mask)
        if byte != pending.byte, !pending.bounds.isEmpty {
          add(pending.byte, pending.byte, try entry(rest(pending.bounds), then: next, &known))
          pending.bounds = []
        }
        if low & mask == 0, end & mask == mask {
          // Whole values of this byte up to the last one that is whole.
          let last = high & mask == mask ? high >> shift : (high >> shift) - 1
          add(byte, last, try entry(rest([0, mask]), then: next, &known))
          low = ((last + 1) << shift)
        } else {
          pending.byte = byte
          pending.bounds += [low & mask, end & mask]
          low = end + 1
        }
      }
    }
    if !pending.bounds.isEmpty { add(pending.byte, pending.byte, try entry(rest(pending.bounds), then: next, &known)) }
    return edges
  }
}
