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
  func aggregated(by groups: [UInt32], count: Int) -> CommunityLevel {
    var starts = [Int](repeating: 0, count: count + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var members = [Int](repeating: 0, count: groups.count)
    for (node, group) in groups.enumerated() {
      members[next[Int(group)]] = node
      next[Int(group)] += 1
    }
    var result = Adjacency(offsets: [0], neighbours: [], weights: [])
    var inside = [Double](repeating: 0, count: count)
    let weight = ScratchBuffer(count, repeating: 0.0)
    var met: [UInt32] = []
    rows.withRows { rows in
      for group in 0..<count {
        met.removeAll(keepingCapacity: true)
        for place in starts[group]..<starts[group + 1] {
          let node = members[place]
          inside[group] += inner[node]
          for edge in rows.start(node)..<rows.end(node) {
            let other = groups[rows.neighbour(edge)]
            if Int(other) == group {
              inside[group] += rows.weights[edge]
              continue
            }
            if weight[Int(other)] == 0 { met.append(other) }
            weight[Int(other)] += rows.weights[edge]
          }
        }
        for other in met {
          result.neighbours.append(other)
          result.weights.append(weight[Int(other)])
          weight[Int(other)] = 0
        }
        result.offsets.append(UInt32(truncatingIfNeeded: result.neighbours.count))
      }
    }
    return CommunityLevel(rows: result, inner: inside)
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
