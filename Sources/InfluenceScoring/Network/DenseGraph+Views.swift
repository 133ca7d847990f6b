import DenseData

extension DenseGraph {
  /// The graph with at most one edge from one node to another.
  ///
  /// O(nodes + edges), and O(log) of the number of duplicates for each of them.
  /// - Parameters:
  ///   - duplicates: what becomes of the weights of parallel edges; in a graph without weights `sum` makes them counts.
  ///   - selfLoops: whether edges from a node to itself stay.
  public func simplified(duplicates: DuplicateRule = .sum, selfLoops: SelfLoopRule = .drop) -> DenseGraph {
    guard !isUndirected, !isSimple(selfLoops: selfLoops) else { return self }
    let merges = isWeighted || duplicates == .sum
    let out = out.merged(nodeCount: nodeCount, selfLoops: selfLoops, combine: duplicates, keepsWeights: merges)
    return DenseGraph(nodeCount: nodeCount, isUndirected: false, out: out, into: out.transposed)
  }

  /// Without weights: the graph of who is connected to whom, parallel edges removed.
  public func unweighted(selfLoops: SelfLoopRule = .drop) -> DenseGraph {
    let bare = DenseGraph(
      nodeCount: nodeCount, isUndirected: isUndirected,
      out: Adjacency(offsets: out.offsets, neighbours: out.neighbours, weights: []),
      into: Adjacency(offsets: into.offsets, neighbours: into.neighbours, weights: []))
    return bare.simplified(duplicates: .maximum, selfLoops: selfLoops)
  }

  /// Every edge both ways, without self-loops and parallel edges: a simple undirected graph.
  ///
  /// O(nodes + edges).
  /// - Parameter combining: `nil` gives a graph without weights; otherwise it says what becomes of the weights of edges
  ///   between the same two nodes, there and back, and of parallel ones.
  public func undirected(combining: DuplicateRule? = nil) -> DenseGraph {
    if isUndirected {
      return combining == nil && isWeighted ? unweighted() : self
    }
    let both = Adjacency(interleaving: out, into, keepsWeights: combining != nil)
    let rows = both.merged(
      nodeCount: nodeCount, selfLoops: .drop, combine: combining ?? .maximum, keepsWeights: combining != nil)
    return DenseGraph(nodeCount: nodeCount, isUndirected: true, out: rows, into: rows)
  }

  /// The graph on some of the nodes, with every edge between two of them.
  ///
  /// O(nodes + edges).
  /// - Parameter nodes: different nodes; the first becomes node 0, and so on.
  /// - Throws: ``GraphError`` with `unknownNode` for a node that is not there or named twice.
  public func induced(on nodes: [Int]) throws(GraphError) -> DenseGraph {
    var place = [UInt32](repeating: .max, count: nodeCount)
    for (new, node) in nodes.enumerated() {
      try check(node)
      guard place[node] == .max else {
        throw GraphError(.unknownNode, subject: "node \(node)", "is named twice, expected different nodes")
      }
      place[node] = UInt32(new)
    }
    return selected(nodes.map { UInt32($0) }, place: place)
  }

  /// The graph on some of the nodes; `place` is where each node stands among them, `UInt32.max` for those left out.
  func selected(_ nodes: [UInt32], place: [UInt32]) -> DenseGraph {
    var edges = EdgeColumns(sources: [], targets: [])
    for (new, node) in nodes.enumerated() {
      for edge in out.range(of: Int(node)) where place[Int(out.neighbours[edge])] != .max {
        edges.sources.append(UInt32(new))
        edges.targets.append(place[Int(out.neighbours[edge])])
        if isWeighted { edges.weights.append(out.weights[edge]) }
      }
    }
    let part = DenseGraph(nodeCount: nodes.count, checked: edges)
    return isUndirected
      ? DenseGraph(nodeCount: nodes.count, isUndirected: true, out: part.out, into: part.out) : part
  }

  private func isSimple(selfLoops: SelfLoopRule) -> Bool {
    out.withRows { rows in
      for node in 0..<nodeCount {
        var previous = -1
        for edge in rows.start(node)..<rows.end(node) {
          let target = rows.neighbour(edge)
          if target == previous || (selfLoops == .drop && target == node) { return false }
          previous = target
        }
      }
      return true
    }
  }
}
