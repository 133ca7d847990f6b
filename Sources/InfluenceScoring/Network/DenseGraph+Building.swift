import DenseData

extension DenseGraph {
  /// Builds a directed graph from edges between nodes `0 ..< nodeCount`.
  ///
  /// Parallel edges and self-loops stay as they are; ``simplified(duplicates:selfLoops:)`` removes them. Counting sort, in
  /// O(nodes + edges), fastest when the edges come sorted by source and target.
  /// - Parameters:
  ///   - nodeCount: the number of nodes.
  ///   - sources: the nodes that edges leave.
  ///   - targets: the nodes that they enter, as many.
  ///   - weights: their weights, as many, or none: then every edge weighs 1. Each is 0 or 1e-150 … 1e150.
  /// - Throws: ``GraphError`` with `unknownNode`, `invalidWeight`, `mismatchedCounts` or `tooLarge`.
  public init(
    nodeCount: Int, sources: consuming [UInt32], targets: consuming [UInt32], weights: consuming [Double] = []
  ) throws(GraphError) {
    let edges = EdgeColumns(sources: sources, targets: targets, weights: weights)
    try edges.check(nodeCount: nodeCount)
    self.init(nodeCount: nodeCount, checked: edges)
  }

  init(nodeCount: Int, checked edges: consuming EdgeColumns) {
    var out: Adjacency
    if edges.isSorted {
      let offsets = Adjacency.offsets(of: edges.sources, nodeCount: nodeCount)
      out = Adjacency(offsets: offsets, neighbours: edges.targets, weights: edges.weights)
    } else {
      // Rows of an unsorted transposition come out sorted when they are turned over twice.
      out = Adjacency(grouping: edges, nodeCount: nodeCount).transposed
    }
    out.sortParallelWeights()
    self.init(nodeCount: nodeCount, isUndirected: false, out: out, into: out.transposed)
  }
}

extension Adjacency {
  /// Puts parallel edges in the order of their weights, so that equal edges give equal rows in whatever order they came.
  fileprivate mutating func sortParallelWeights() {
    if weights.isEmpty { return }
    for node in 0..<(offsets.count - 1) {
      let row = range(of: node)
      var first = row.lowerBound
      while first < row.upperBound {
        var end = first + 1
        while end < row.upperBound, neighbours[end] == neighbours[first] { end += 1 }
        if end > first + 1 { weights[first..<end].sort() }
        first = end
      }
    }
  }

  /// Where the row of each node begins when edges are grouped by these nodes.
  static func offsets(of nodes: [UInt32], nodeCount: Int) -> [UInt32] {
    var offsets = [UInt32](repeating: 0, count: nodeCount + 1)
    offsets.withUnsafeMutableBufferPointer { offsets in
      nodes.withUnsafeBufferPointer { nodes in
        for node in nodes { offsets[Int(node) &+ 1] &+= 1 }
      }
      for node in 0..<nodeCount { offsets[node &+ 1] &+= offsets[node] }
    }
    return offsets
  }

  /// Edges grouped by their targets, each row in the order of the edges.
  init(grouping edges: EdgeColumns, nodeCount: Int) {
    offsets = Self.offsets(of: edges.targets, nodeCount: nodeCount)
    let count = edges.sources.count
    if count == 0 {
      (neighbours, weights) = ([], [])
      return
    }
    let places = ScratchBuffer(offsets)
    let next = places.base
    let isWeighted = !edges.weights.isEmpty
    var columns = [Double]()
    neighbours = [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      edges.sources.withUnsafeBufferPointer { sources in
        edges.targets.withUnsafeBufferPointer { targets in
          if isWeighted {
            columns = [Double](unsafeUninitializedCapacity: count) { weights, filled in
              for edge in 0..<count {
                let place = Int(next[Int(targets[edge])])
                next[Int(targets[edge])] &+= 1
                buffer[place] = sources[edge]
                weights[place] = edges.weights[edge]
              }
              filled = count
            }
          } else {
            for edge in 0..<count {
              let target = Int(targets[edge])
              let place = next[target]
              next[target] = place &+ 1
              buffer[Int(place)] = sources[edge]
            }
          }
        }
      }
      filled = count
    }
    weights = columns
  }

  /// The same edges by their other end; its rows are sorted.
  var transposed: Adjacency {
    let nodeCount = offsets.count - 1
    let count = neighbours.count
    // Nothing is to be written then, not even by the library, into the empty array that all threads share.
    if count == 0 { return self }
    let turned = Self.offsets(of: neighbours, nodeCount: nodeCount)
    let places = ScratchBuffer(turned)
    let next = places.base
    var columns = [Double]()
    let ids = [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      withRows { rows in
        if rows.isWeighted {
          columns = [Double](unsafeUninitializedCapacity: count) { weights, filled in
            for node in 0..<nodeCount {
              for edge in rows.start(node)..<rows.end(node) {
                let place = Int(next[rows.neighbour(edge)])
                next[rows.neighbour(edge)] &+= 1
                buffer[place] = UInt32(truncatingIfNeeded: node)
                weights[place] = rows.weights[edge]
              }
            }
            filled = count
          }
        } else {
          for node in 0..<nodeCount {
            for edge in rows.start(node)..<rows.end(node) {
              let target = rows.neighbour(edge)
              let place = next[target]
              next[target] = place &+ 1
              buffer[Int(place)] = UInt32(truncatingIfNeeded: node)
            }
          }
        }
      }
      filled = count
    }
    return Adjacency(offsets: turned, neighbours: ids, weights: columns)
  }
}
