import DenseData

/// An undirected weighted graph whose nodes stand for groups of nodes of the graph below.
struct CommunityLevel {
  let rows: Adjacency
  /// Twice the weight within what a node stands for.
  let inner: [Double]
  /// The weight of the edges at each node, ``inner`` included.
  let strength: [Double]
  /// The sum of all strengths: twice the weight of the graph.
  let total: Double

  var nodeCount: Int { strength.count }

  init(_ graph: DenseGraph) {
    var rows = graph.undirected(combining: graph.isWeighted ? .sum : nil).out
    if rows.weights.isEmpty { rows.weights = [Double](repeating: 1, count: rows.neighbours.count) }
    if rows.weights.contains(0) { rows = rows.withoutZeros }
    self.init(rows: rows, inner: [Double](repeating: 0, count: graph.nodeCount))
  }

  private init(rows: Adjacency, inner: [Double]) {
    self.rows = rows
    self.inner = inner
    strength = rows.withRows { rows in
      inner.indices.map { node in
        var sum = inner[node]
        for edge in rows.start(node)..<rows.end(node) { sum += rows.weights[edge] }
        return sum
      }
    }
    total = strength.reduce(0, +)
  }

  /// The graph of the groups of this one.
  func aggregated(by groups: [UInt32], count: Int, on loop: ChunkedLoop) -> CommunityLevel {
    let (starts, members) = Self.members(of: groups, count: count)
    let cuts = cuts(starts, members)
    let loop = cuts.count < 4 ? ChunkedLoop(threads: 1) : loop
    let weights = ScratchBuffer(loop.threads * count, repeating: 0.0)
    let inside = ScratchBuffer(count, repeating: 0.0)
    let (weightSlots, insideSlots) = (weights.base, inside.base)
    var parts = [Adjacency](repeating: .empty, count: max(cuts.count - 1, 0))
    parts.withUnsafeMutableBufferPointer { parts in
      rows.withRows { rows in
        loop.run(cuts.count - 1) { worker, chunk in
          var part = Adjacency(offsets: [], neighbours: [], weights: [])
          let weight = weightSlots + worker * count
          var met: [UInt32] = []
          for group in cuts[chunk]..<cuts[chunk + 1] {
            met.removeAll(keepingCapacity: true)
            for place in starts[group]..<starts[group + 1] {
              let node = members[place]
              insideSlots[group] += inner[node]
              for edge in rows.start(node)..<rows.end(node) {
                let other = groups[rows.neighbour(edge)]
                if Int(other) == group {
                  insideSlots[group] += rows.weights[edge]
                  continue
                }
                if weight[Int(other)] == 0 { met.append(other) }
                weight[Int(other)] += rows.weights[edge]
              }
            }
            for other in met {
              part.neighbours.append(other)
              part.weights.append(weight[Int(other)])
              weight[Int(other)] = 0
            }
            part.offsets.append(UInt32(truncatingIfNeeded: part.neighbours.count))
          }
          parts[chunk] = part
        }
      }
    }
    return CommunityLevel(rows: Adjacency(joining: parts), inner: inside.array())
  }

  /// The nodes by group; where each group begins, and the end.
  private static func members(of groups: [UInt32], count: Int) -> (starts: [Int], nodes: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var members = [Int](repeating: 0, count: groups.count)
    for (node, group) in groups.enumerated() {
      members[next[Int(group)]] = node
      next[Int(group)] += 1
    }
    return (starts, members)
  }

  /// Cuts groups into chunks of about equal work, the same for any number of threads.
  private func cuts(_ starts: [Int], _ members: [Int]) -> [Int] {
    let size = max((nodeCount + rows.neighbours.count) / 64, 1 << 16)
    var (cuts, work) = ([0], 0)
    for group in 0..<(starts.count - 1) {
      for place in starts[group]..<starts[group + 1] { work += rows.range(of: members[place]).count + 1 }
      if work < size { continue }
      cuts.append(group + 1)
      work = 0
    }
    if cuts[cuts.count - 1] < starts.count - 1 { cuts.append(starts.count - 1) }
    return cuts
  }

  /// The quality of a division of the nodes into `count` groups.
  func modularity(of groups: [UInt32], count: Int, resolution: Double) -> Double {
    guard total > 0 else { return 0 }
    var inside = [Double](repeating: 0, count: count)
    var sums = [Double](repeating: 0, count: count)
    rows.withRows { rows in
      for node in 0..<nodeCount {
        let group = Int(groups[node])
        sums[group] += strength[node]
        inside[group] += inner[node]
        for edge in rows.start(node)..<rows.end(node) where Int(groups[rows.neighbour(edge)]) == group {
          inside[group] += rows.weights[edge]
        }
      }
    }
    var result = 0.0
    for group in 0..<count {
      let part = sums[group] / total
      result += inside[group] / total - resolution * part * part
    }
    return result
  }
}

extension Adjacency {
  /// Rows that follow one another; those of a part do not count the 0 at its beginning.
  fileprivate init(joining parts: [Adjacency]) {
    self.init(offsets: [0], neighbours: [], weights: [])
    let count = parts.reduce(0) { $0 + $1.neighbours.count }
    neighbours.reserveCapacity(count)
    weights.reserveCapacity(count)
    for part in parts {
      let start = UInt32(truncatingIfNeeded: neighbours.count)
      offsets += part.offsets.map { start &+ $0 }
      neighbours += part.neighbours
      weights += part.weights
    }
  }

  /// Without edges of weight 0, which hold nothing together.
  fileprivate var withoutZeros: Adjacency {
    var result = Adjacency(offsets: [0], neighbours: [], weights: [])
    for node in 0..<(offsets.count - 1) {
      for edge in range(of: node) where weights[edge] > 0 {
        result.neighbours.append(neighbours[edge])
        result.weights.append(weights[edge])
      }
      result.offsets.append(UInt32(truncatingIfNeeded: result.neighbours.count))
    }
    return result
  }
}
