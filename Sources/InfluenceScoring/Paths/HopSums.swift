import DenseData

/// What breadth-first searches from some nodes found: how far the nodes are that each reaches.
struct HopSums {
  var reached: [Int]
  var hops: [Int]
  /// The sum of 1 ÷ distance.
  var inverse: [Double]
}

extension DenseGraph {
  /// Breadth-first searches along edges from 64 nodes at a time, one bit of a word for each.
  ///
  /// Then et al., *The More the Merrier: Efficient Multi-Source Graph Traversal* (PVLDB 2014). Searches of a social graph
  /// meet the same nodes at the same distance, so most edges are looked at once for many sources.
  func hopSums(from sources: [Int], work: GraphWork) throws(GraphError) -> HopSums {
    let batches = (sources.count + 63) / 64
    let loop = work.loop(steps: batches * (nodeCount + out.neighbours.count))
    let reached = ScratchBuffer(sources.count, repeating: 0)
    let hops = ScratchBuffer(sources.count, repeating: 0)
    let inverse = ScratchBuffer(sources.count, repeating: 0.0)
    let (reachedSlots, hopSlots, inverseSlots) = (reached.base, hops.base, inverse.base)
    let count = nodeCount
    // A few batches at a time, so that a cancelled task is noticed between them.
    let stride = max(loop.threads * 4, 1)
    for first in Swift.stride(from: 0, to: batches, by: stride) {
      let last = min(first + stride, batches)
      out.withRows { rows in
        loop.run(last - first) { _, part in
          let start = (first + part) * 64
          let width = min(64, sources.count - start)
          let search = HopSearch(nodeCount: count)
          search.run(rows, from: sources, start..<(start + width)) { distance, found in
            for bit in 0..<width where found[bit] > 0 {
              reachedSlots[start + bit] += found[bit]
              hopSlots[start + bit] += found[bit] * distance
              inverseSlots[start + bit] += Double(found[bit]) / Double(distance)
            }
          }
        }
      }
      try work.report(Double(last) / Double(batches))
    }
    return HopSums(reached: reached.array(), hops: hops.array(), inverse: inverse.array())
  }

  /// Calls `body` for every node and distance above 0 at which it finds some of the pivots along edges, with how many.
  func distances(
    toAll pivots: [Int], work: GraphWork, _ body: (_ distance: Int, _ node: Int, _ pivots: Int) -> Void
  ) throws(GraphError) {
    for start in stride(from: 0, to: pivots.count, by: 64) {
      let search = HopSearch(nodeCount: nodeCount)
      into.withRows { rows in
        search.run(rows, from: pivots, start..<min(start + 64, pivots.count), each: body) { _, _ in }
      }
      try work.report(Double(start) / Double(pivots.count))
    }
  }
}

/// The memory of breadth-first searches from up to 64 nodes.
struct HopSearch: ~Copyable {
  private let seen: ScratchBuffer<UInt64>
  private let visiting: ScratchBuffer<UInt64>
  private let next: ScratchBuffer<UInt64>
  private let found: ScratchBuffer<Int>

  init(nodeCount: Int) {
    seen = ScratchBuffer(nodeCount, repeating: 0)
    visiting = ScratchBuffer(nodeCount, repeating: 0)
    next = ScratchBuffer(nodeCount, repeating: 0)
    found = ScratchBuffer(64, repeating: 0)
  }

  /// Calls `each` for every node that is met at a distance, with the number of sources that meet it, and `level` once for
  /// every distance, with the number of nodes that each source meets there.
  @inline(__always)
  func run(
    _ rows: AdjacencyRows, from sources: [Int], _ part: Range<Int>,
    each: (_ distance: Int, _ node: Int, _ sources: Int) -> Void = { _, _, _ in },
    level: (_ distance: Int, _ found: UnsafeMutablePointer<Int>) -> Void
  ) {
    let (seen, visiting, next, counts) = (seen.base, visiting.base, next.base, found.base)
    var active: [Int] = []
    for (bit, place) in part.enumerated() {
      let node = sources[place]
      if visiting[node] == 0 { active.append(node) }
      visiting[node] |= 1 << UInt64(bit)
      seen[node] |= 1 << UInt64(bit)
    }
    var distance = 0
    while !active.isEmpty {
      distance += 1
      var met: [Int] = []
      for node in active {
        let bits = visiting[node]
        visiting[node] = 0
        for edge in rows.start(node)..<rows.end(node) {
          let other = rows.neighbour(edge)
          let fresh = bits & ~seen[other]
          if fresh == 0 { continue }
          if next[other] == 0 { met.append(other) }
          next[other] |= fresh
        }
      }
      for node in met {
        var bits = next[node]
        next[node] = 0
        seen[node] |= bits
        visiting[node] = bits
        each(distance, node, bits.nonzeroBitCount)
        while bits != 0 {
          counts[bits.trailingZeroBitCount] &+= 1
          bits &= bits &- 1
        }
      }
      level(distance, counts)
      for bit in 0..<64 { counts[bit] = 0 }
      active = met
    }
  }
}
