import DenseData

/// Room for what is read before it is needed, and for what was passed on and has not been noted yet.
struct ReadAhead: ~Copyable {
  /// How many nodes are read at once.
  static let count = 32
  private static let slots = 2 * count
  /// How many edges of a row are read before they are needed; what reads on finds the others itself.
  fileprivate static let edges = 256

  fileprivate let starts = ScratchBuffer(count, repeating: UInt32(0))
  fileprivate let ends = ScratchBuffer(count, repeating: UInt32(0))
  // What is kept for the probes of the nodes at hand and of the next ones, by their place among the nodes, and what of their
  // residuals was passed on.
  fileprivate let rows = ScratchBuffer(slots, repeating: ProbeRow())
  fileprivate let amounts = ScratchBuffer(slots, repeating: Float(0))
  // Of how many nodes of each half they were read.
  fileprivate let known = ScratchBuffer(2, repeating: 0)

  @inline(__always)
  fileprivate static func slot(_ place: Int) -> Int { place & (slots &- 1) }

  @inline(__always)
  fileprivate func isKnown(_ slot: Int) -> Bool { slot % Self.count < known[slot / Self.count] }
}

extension ResidualColumns {
  /// Reads what passing on the first of some nodes needs.
  @inline(__always)
  func begin(_ nodes: UnsafeBufferPointer<UInt32>, _ ahead: borrowing ReadAhead, _ work: inout PassingWork) {
    read(nodes, from: 0, ahead, &work)
  }

  /// Goes on to the node at a place: now and then notes what was passed on and reads what the next nodes need.
  @inline(__always)
  func advance(
    _ nodes: UnsafeBufferPointer<UInt32>, to place: Int, _ ahead: borrowing ReadAhead, _ work: inout PassingWork
  ) {
    guard place % ReadAhead.count == 0 else { return }
    let next = place &+ ReadAhead.count
    takeNoted(from: ReadAhead.slot(next), count: ReadAhead.count, ahead)
    read(nodes, from: next, ahead, &work)
  }

  /// Notes how much of the residual of the node at a place is passed on.
  @inline(__always)
  func note(_ amount: Amount, of node: Int, at place: Int, _ ahead: borrowing ReadAhead) {
    guard let probes else { return }
    let slot = ReadAhead.slot(place)
    if !ahead.isKnown(slot) { ahead.rows[slot] = probes.steps[node] }
    ahead.amounts[slot] = Float(amount)
  }

  /// Notes the rest.
  @inline(__always)
  func finish(_ ahead: borrowing ReadAhead) { takeNoted(from: 0, count: 2 * ReadAhead.count, ahead) }

  @inline(__always)
  private func takeNoted(from slot: Int, count: Int, _ ahead: borrowing ReadAhead) {
    probes?.take(ahead.amounts.base + slot, ahead.rows.base + slot, count: count)
  }

  /// Reads what lies all over the memory: asked for together, one does not wait for the other.
  @inline(__always)
  private func read(
    _ nodes: UnsafeBufferPointer<UInt32>, from first: Int, _ ahead: borrowing ReadAhead, _ work: inout PassingWork
  ) {
    let count = max(min(nodes.count &- first, ReadAhead.count), 0)
    let slot = ReadAhead.slot(first)
    ahead.known[slot / ReadAhead.count] = count
    var seen: UInt64 = 0
    for place in 0..<count {
      let node = Int(nodes[first &+ place])
      ahead.starts[place] = rows.offsets[node]
      ahead.ends[place] = rows.offsets[node &+ 1]
      seen ^= values[node].bitPattern
    }
    for place in 0..<count {
      let node = Int(nodes[first &+ place])
      if hasChanged(node) { seen ^= graph.readDifferences(of: node) }
      var edge = Int(ahead.starts[place])
      let end = min(Int(ahead.ends[place]), edge &+ ReadAhead.edges)
      while edge < end {
        seen ^= UInt64(rows.neighbours[edge])
        edge &+= 16
      }
    }
    if let probes {
      for place in 0..<count { ahead.rows[slot &+ place] = probes.steps[Int(nodes[first &+ place])] }
    }
    work.read ^= seen
  }
}
