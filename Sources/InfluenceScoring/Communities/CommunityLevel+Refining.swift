import DenseData

extension CommunityLevel {
  /// Divides communities into connected parts that hold together well, by merging single nodes within a community.
  ///
  /// The refinement of Leiden, taking the best merge instead of a random one; the order is what is drawn. Communities do not
  /// touch one another here, so they are worked on at the same time.
  /// - Parameters:
  ///   - communities: a division of the nodes.
  ///   - order: the nodes in the order in which they are looked at.
  ///   - resolution: of modularity.
  ///   - loop: on how many threads.
  /// - Returns: the part of each node, below the number of nodes.
  func refined(
    _ communities: NodePartition, order: [Int], resolution: Double, on loop: ChunkedLoop
  ) -> [UInt32] {
    let count = nodeCount
    let part = ScratchBuffer((0..<count).map { UInt32(truncatingIfNeeded: $0) })
    guard total > 0 else { return part.array() }
    let (starts, ordered) = communities.grouped(order)
    let members = ScratchBuffer(ordered)
    let group = ScratchBuffer(communities.groups)
    let sum = ScratchBuffer(strength)
    let isAlone = ScratchBuffer(count, repeating: true)
    // The weight from each part to the rest of its community.
    let outward = ScratchBuffer(count, repeating: 0.0)
    let link = ScratchBuffer(count, repeating: 0.0)
    let met = ScratchBuffer(count, repeating: UInt32(0))
    let merging = PartMerging(
      members: members.base, group: group.base, part: part.base, sum: sum.base, isAlone: isAlone.base,
      outward: outward.base, links: link.base, touched: met.base, rate: resolution / total)
    let cuts = Self.cuts(starts, size: 2_048)
    strength.withUnsafeBufferPointer { strength in
      rows.withRows { rows in
        loop.run(cuts.count - 1) { _, chunk in
          for community in cuts[chunk]..<cuts[chunk + 1] {
            merging.run(starts[community]..<starts[community + 1], rows, strength)
          }
        }
      }
    }
    return part.array()
  }

  /// Cuts ranges that follow one another into chunks of at least `size` elements.
  private static func cuts(_ starts: [Int], size: Int) -> [Int] {
    var cuts = [0]
    var begun = 0
    for range in 1..<starts.count where starts[range] - begun >= size || range == starts.count - 1 {
      cuts.append(range)
      begun = starts[range]
    }
    return cuts
  }
}

/// The columns of a refinement; a community uses the places of its own nodes alone.
private struct PartMerging {
  let members: UnsafeMutablePointer<UInt32>
  let group: UnsafeMutablePointer<UInt32>
  let part: UnsafeMutablePointer<UInt32>
  let sum: UnsafeMutablePointer<Double>
  let isAlone: UnsafeMutablePointer<Bool>
  let outward: UnsafeMutablePointer<Double>
  let links: UnsafeMutablePointer<Double>
  let touched: UnsafeMutablePointer<UInt32>
  let rate: Double

  /// Merges the nodes of the community whose members stand in a range.
  func run(_ range: Range<Int>, _ rows: AdjacencyRows, _ strength: UnsafeBufferPointer<Double>) {
    if range.count < 2 { return }
    let own = group[Int(members[range.lowerBound])]
    var whole = 0.0
    for place in range {
      let node = Int(members[place])
      whole += strength[node]
      var weight = 0.0
      for edge in rows.start(node)..<rows.end(node) where group[rows.neighbour(edge)] == own {
        weight += rows.weights[edge]
      }
      outward[node] = weight
    }
    let met = touched + range.lowerBound
    for place in range {
      let node = Int(members[place])
      if !isAlone[node] || outward[node] < rate * strength[node] * (whole - strength[node]) { continue }
      var metCount = 0
      for edge in rows.start(node)..<rows.end(node) {
        let neighbour = rows.neighbour(edge)
        if group[neighbour] != own { continue }
        let other = part[neighbour]
        if links[Int(other)] == 0 {
          met[metCount] = other
          metCount &+= 1
        }
        links[Int(other)] += rows.weights[edge]
      }
      var (best, bestGain) = (-1, 0.0)
      for place in 0..<metCount {
        let candidate = Int(met[place])
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
      for place in 0..<metCount { links[Int(met[place])] = 0 }
    }
  }
}

extension NodePartition {
  /// Nodes in a given order, brought together by group; where each group begins, and the end.
  fileprivate func grouped(_ order: [Int]) -> (starts: [Int], nodes: [UInt32]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var nodes = [UInt32](repeating: 0, count: order.count)
    for node in order {
      nodes[next[Int(groups[node])]] = UInt32(truncatingIfNeeded: node)
      next[Int(groups[node])] += 1
    }
    return (starts, nodes)
  }
}
