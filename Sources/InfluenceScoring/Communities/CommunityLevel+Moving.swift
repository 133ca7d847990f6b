import DenseData

extension CommunityLevel {
  /// Moves nodes to the neighbouring community that gains most, until no move gains.
  ///
  /// A node is looked at again when a neighbour has left for another community than its own (fast local moving, Traag,
  /// Waltman & van Eck 2019). On large graphs many nodes are looked at at once and then moved one by one; how many does not
  /// depend on the number of threads, and neither does the result.
  /// - Parameters:
  ///   - groups: the community of each node, below the number of nodes.
  ///   - order: the nodes in the order in which they are looked at first.
  ///   - resolution: of modularity.
  ///   - loop: on how many threads.
  func move(_ groups: inout [UInt32], order: [Int], resolution: Double, on loop: ChunkedLoop) {
    let count = nodeCount
    guard total > 0, count > 0 else { return }
    // Where nodes are few, those looked at together are neighbours and have to be looked at again.
    let size = rows.neighbours.count < 1 << 22 ? 1 : max(count / 128, 2_048)
    let loop = size == 1 ? ChunkedLoop(threads: 1) : loop
    let group = ScratchBuffer(groups)
    let sum = ScratchBuffer(count, repeating: 0.0)
    for node in 0..<count { sum[Int(group[node])] += strength[node] }
    let links = ScratchBuffer(loop.threads * count, repeating: 0.0)
    let met = ScratchBuffer(loop.threads * count, repeating: UInt32(0))
    var queue = MoveQueue(order)
    strength.withUnsafeBufferPointer { strength in
      rows.withRows { rows in
        let columns = MoveColumns(
          rows: rows, strength: strength, group: group.base, sums: sum.base, rate: resolution / total)
        let scratch = (0..<loop.threads).map {
          MoveColumns.Scratch(links: links.base + $0 * count, met: met.base + $0 * count)
        }
        if size == 1 {
          columns.moveOneByOne(&queue, scratch[0])
        } else {
          columns.moveInBlocks(&queue, scratch, size: size, on: loop)
        }
      }
    }
    groups = group.array()
  }
}

/// Nodes that are to be looked at, each at most once, first come first served.
private struct MoveQueue: ~Copyable {
  private let nodes: ScratchBuffer<UInt32>
  private let isQueued: ScratchBuffer<Bool>
  private var head = 0
  private(set) var count: Int

  init(_ order: [Int]) {
    nodes = ScratchBuffer(order.map { UInt32(truncatingIfNeeded: $0) })
    isQueued = ScratchBuffer(order.count, repeating: true)
    count = order.count
  }

  /// The node that is `place` places behind the first.
  @inline(__always)
  func node(_ place: Int) -> Int {
    let slot = head &+ place
    return Int(nodes[slot >= nodes.count ? slot &- nodes.count : slot])
  }

  @inline(__always)
  mutating func removeFirst() -> Int {
    let first = node(0)
    head = head &+ 1 == nodes.count ? 0 : head &+ 1
    count &-= 1
    isQueued[first] = false
    return first
  }

  @inline(__always)
  mutating func append(_ node: Int) {
    if isQueued[node] { return }
    isQueued[node] = true
    let slot = head &+ count
    nodes[slot >= nodes.count ? slot &- nodes.count : slot] = UInt32(truncatingIfNeeded: node)
    count &+= 1
  }
}

extension MoveColumns {
  fileprivate func moveOneByOne(_ queue: inout MoveQueue, _ scratch: Scratch) {
    while queue.count > 0 {
      let node = queue.removeFirst()
      let best = choice(of: node, scratch).best
      if best == group[node] { continue }
      move(node, to: best)
      for edge in rows.start(node)..<rows.end(node) where group[rows.neighbour(edge)] != best {
        queue.append(rows.neighbour(edge))
      }
    }
  }

  fileprivate func moveInBlocks(
    _ queue: inout MoveQueue, _ scratch: [Scratch], size: Int, on loop: ChunkedLoop
  ) {
    let made = ScratchBuffer(size, repeating: Choice(best: 0, link: 0, ownLink: 0))
    let choices = made.base
    // The last block in which a neighbour moved.
    let stamp = ScratchBuffer(strength.count, repeating: UInt32(0))
    var block: UInt32 = 0
    let chunk = 256
    // Who called asks again whether the task was cancelled.
    while queue.count > 0, !Task.isCancelled {
      block &+= 1
      let width = min(size, queue.count)
      let nodes = ScratchBuffer((0..<width).map { queue.node($0) })
      let looked = nodes.base
      loop.run((width + chunk - 1) / chunk) { worker, part in
        for place in (part * chunk)..<min(part * chunk + chunk, width) {
          choices[place] = choice(of: looked[place], scratch[worker])
        }
      }
      for place in 0..<width {
        let node = queue.removeFirst()
        var found = choices[place]
        if stamp[node] == block || (found.best != group[node] && !holds(found, for: node)) {
          found = choice(of: node, scratch[0])
        }
        if found.best == group[node] { continue }
        move(node, to: found.best)
        for edge in rows.start(node)..<rows.end(node) {
          let other = rows.neighbour(edge)
          stamp[other] = block
          if group[other] != found.best { queue.append(other) }
        }
      }
    }
  }
}
