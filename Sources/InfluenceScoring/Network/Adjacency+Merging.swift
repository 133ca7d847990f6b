extension Adjacency {
  /// The rows of two sets of edges over the same nodes, merged in ascending order.
  init(interleaving first: Adjacency, _ second: Adjacency, keepsWeights: Bool) {
    let nodeCount = first.offsets.count - 1
    let count = first.neighbours.count + second.neighbours.count
    if count == 0 {
      self = Adjacency(offsets: first.offsets, neighbours: [], weights: [])
      return
    }
    let isWeighted = keepsWeights && !first.weights.isEmpty
    offsets = zip(first.offsets, second.offsets).map { $0 &+ $1 }
    var columns = [Double]()
    if isWeighted { columns.reserveCapacity(count) }
    neighbours = [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      first.withRows { left in
        second.withRows { right in
          var place = 0
          for node in 0..<nodeCount {
            var (one, other) = (left.start(node), right.start(node))
            let (oneEnd, otherEnd) = (left.end(node), right.end(node))
            while one < oneEnd || other < otherEnd {
              let takesOne = other == otherEnd || (one < oneEnd && left.neighbours[one] <= right.neighbours[other])
              buffer[place] = takesOne ? left.neighbours[one] : right.neighbours[other]
              if isWeighted { columns.append(takesOne ? left.weights[one] : right.weights[other]) }
              if takesOne { one &+= 1 } else { other &+= 1 }
              place &+= 1
            }
          }
        }
      }
      filled = count
    }
    weights = columns
  }

  /// Rows with at most one edge to each neighbour.
  func merged(nodeCount: Int, selfLoops: SelfLoopRule, combine: DuplicateRule, keepsWeights: Bool) -> Adjacency {
    var result = Adjacency(offsets: [0], neighbours: [], weights: [])
    result.offsets.reserveCapacity(nodeCount + 1)
    result.neighbours.reserveCapacity(neighbours.count)
    if keepsWeights { result.weights.reserveCapacity(neighbours.count) }
    var duplicates: [Double] = []
    for node in 0..<nodeCount {
      var edge = Int(offsets[node])
      let end = Int(offsets[node + 1])
      while edge < end {
        let target = neighbours[edge]
        let first = edge
        edge += 1
        while edge < end, neighbours[edge] == target { edge += 1 }
        if selfLoops == .drop, Int(target) == node { continue }
        result.neighbours.append(target)
        guard keepsWeights else { continue }
        if edge == first + 1 {
          result.weights.append(weights.isEmpty ? 1 : weights[first])
        } else if weights.isEmpty {
          result.weights.append(combine == .sum ? Double(edge - first) : 1)
        } else {
          duplicates.removeAll(keepingCapacity: true)
          duplicates += weights[first..<edge]
          duplicates.sort()
          switch combine {
          case .sum: result.weights.append(duplicates.reduce(0, +))
          case .minimum: result.weights.append(duplicates[0])
          case .maximum, .latest: result.weights.append(duplicates[duplicates.count - 1])
          }
        }
      }
      result.offsets.append(UInt32(truncatingIfNeeded: result.neighbours.count))
    }
    return result
  }
}
