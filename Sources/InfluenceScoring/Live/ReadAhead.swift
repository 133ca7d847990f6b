import DenseData

/// Room for what is read before it is needed.
struct ReadAhead: ~Copyable {
  /// How many nodes are read ahead.
  static let count = 32
  fileprivate let starts = ScratchBuffer(count, repeating: UInt32(0))
}

extension ResidualColumns {
  /// Reads what passing on some nodes needs and what lies all over the memory: asked for together, one does not wait for the
  /// other.
  @inline(__always)
  func read(_ nodes: UnsafeBufferPointer<UInt32>, from first: Int, _ ahead: borrowing ReadAhead, _ work: inout Work) {
    let count = min(nodes.count &- first, ReadAhead.count)
    let last = rows.neighbours.count &- 1
    guard count > 0, last >= 0 else { return }
    var seen: UInt64 = 0
    for place in 0..<count {
      let node = Int(nodes[first &+ place])
      ahead.starts[place] = rows.offsets[node]
      seen ^= values[node].bitPattern
    }
    for place in 0..<count {
      let start = Int(ahead.starts[place])
      seen ^= UInt64(rows.neighbours[min(start, last)] ^ rows.neighbours[min(start &+ 16, last)])
    }
    if let probes {
      for place in 0..<count {
        let node = Int(nodes[first &+ place])
        seen ^= UInt64(probes.read(node))
      }
    }
    work.read ^= seen
  }
}
