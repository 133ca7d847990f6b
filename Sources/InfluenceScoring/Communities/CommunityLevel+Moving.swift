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

  /// Divides communities into connected parts that hold together well, by merging single nodes within a community.
  ///
  /// The refinement of Leiden, taking the best merge instead of a random one; the order is what is drawn.
  /// - Returns: the part of each node, below the number of nodes.
  func refined(_ groups: [UInt32], order: [Int], resolution: Double) -> [UInt32] {
    let count = nodeCount
    guard total > 0 else { return (0..<count).map { UInt32(truncatingIfNeeded: $0) } }
    let rate = resolution / total
    var part = (0..<count).map { UInt32(truncatingIfNeeded: $0) }
    var isAlone = [Bool](repeating: true, count: count)
    var sum = strength
    var groupSum = [Double](repeating: 0, count: count)
    for node in 0..<count { groupSum[Int(groups[node])] += strength[node] }
    // The weight from each part to the rest of its community.
    var outward = [Double](repeating: 0, count: count)
    var links = [Double](repeating: 0, count: count)
    var touched: [Int] = []
    rows.withRows { rows in
      for node in 0..<count {
        for edge in rows.start(node)..<rows.end(node) where groups[rows.neighbour(edge)] == groups[node] {
          outward[node] += rows.weights[edge]
        }
      }
      for node in order where isAlone[node] {
        let whole = groupSum[Int(groups[node])]
        if outward[node] < rate * strength[node] * (whole - strength[node]) { continue }
        touched.removeAll(keepingCapacity: true)
        for edge in rows.start(node)..<rows.end(node) where groups[rows.neighbour(edge)] == groups[node] {
          let other = Int(part[rows.neighbour(edge)])
          if links[other] == 0 { touched.append(other) }
          links[other] += rows.weights[edge]
        }
        var (best, bestGain) = (-1, 0.0)
        for candidate in touched {
          let holds = outward[candidate] >= rate * sum[candidate] * (whole - sum[candidate])
          let gain = links[candidate] - rate * strength[node] * sum[candidate]
          if holds, gain > bestGain { (best, bestGain) = (candidate, gain) }
        }
        if best >= 0 {
          outward[best] += outward[node] - 2 * links[best]
          sum[best] += strength[node]
          part[node] = UInt32(truncatingIfNeeded: best)
          isAlone[best] = false
          isAlone[node] = false
        }
        for candidate in touched { links[candidate] = 0 }
      }
    }
    return part
  }
}
