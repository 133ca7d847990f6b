import DenseData

extension CommunityLevel {
  /// Moves nodes one by one to the neighbouring community that gains most, until no move gains.
  ///
  /// A node is looked at again when a neighbour has left for another community than its own (fast local moving, Traag,
  /// Waltman & van Eck 2019).
  /// - Parameters:
  ///   - groups: the community of each node, below the number of nodes.
  ///   - order: the nodes in the order in which they are looked at first.
  func move(_ groups: inout [UInt32], order: [Int], resolution: Double) {
    let count = nodeCount
    guard total > 0, count > 0 else { return }
    let rate = resolution / total
    let group = ScratchBuffer(groups)
    let sum = ScratchBuffer(count, repeating: 0.0)
    for node in 0..<count { sum[Int(group[node])] += strength[node] }
    let link = ScratchBuffer(count, repeating: 0.0)
    let met = ScratchBuffer(count, repeating: UInt32(0))
    let queue = ScratchBuffer(order.map { UInt32(truncatingIfNeeded: $0) })
    let isQueued = ScratchBuffer(count, repeating: true)
    let (groupOf, sums, links, touched) = (group.base, sum.base, link.base, met.base)
    var (head, waiting) = (0, count)
    strength.withUnsafeBufferPointer { strength in
      rows.withRows { rows in
        while waiting > 0 {
          let node = Int(queue.base[head])
          head = head &+ 1 == count ? 0 : head &+ 1
          waiting &-= 1
          isQueued[node] = false
          let own = Int(groupOf[node])
          var touchedCount = 0
          for edge in rows.start(node)..<rows.end(node) {
            let other = Int(groupOf[rows.neighbour(edge)])
            if links[other] == 0 {
              touched[touchedCount] = UInt32(truncatingIfNeeded: other)
              touchedCount &+= 1
            }
            links[other] += rows.weights[edge]
          }
          let pull = rate * strength[node]
          sums[own] -= strength[node]
          var best = own
          var bestGain = links[own] - pull * sums[own]
          // What rounding can make of equal gains must not count, or two nodes might change places for ever.
          let margin = 1e-12 * strength[node]
          for place in 0..<touchedCount {
            let candidate = Int(touched[place])
            let gain = links[candidate] - pull * sums[candidate]
            if gain > bestGain + margin { (best, bestGain) = (candidate, gain) }
            links[candidate] = 0
          }
          sums[best] += strength[node]
          if best == own { continue }
          groupOf[node] = UInt32(truncatingIfNeeded: best)
          for edge in rows.start(node)..<rows.end(node) {
            let other = rows.neighbour(edge)
            if isQueued[other] || Int(groupOf[other]) == best { continue }
            isQueued[other] = true
            let tail = head &+ waiting
            queue.base[tail >= count ? tail &- count : tail] = UInt32(truncatingIfNeeded: other)
            waiting &+= 1
          }
        }
      }
    }
    groups = group.array()
  }
}
