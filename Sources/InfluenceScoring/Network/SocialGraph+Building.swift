extension SocialGraph where Node: Comparable {
  /// Builds a graph from edges in any order.
  ///
  /// O(edges + nodes log nodes), one hash table look-up for each end of an edge.
  /// - Parameters:
  ///   - edges: the ties.
  ///   - isolated: nodes that are to be there even without an edge; nodes of edges need not be named.
  ///   - meaning: which way influence goes along the edges.
  ///   - duplicates: what becomes of several edges of one kind between the same two nodes.
  ///   - selfLoops: whether edges from a node to itself stay; the node does in any case.
  /// - Throws: ``GraphError`` with `invalidWeight` or `tooLarge`.
  @inlinable
  public init(
    edges: some Sequence<SocialEdge<Node>>, isolated: [Node] = [], meaning: EdgeMeaning,
    duplicates: DuplicateRule = .sum, selfLoops: SelfLoopRule = .drop
  ) throws(GraphError) {
    try self.init(
      edges: edges, isolated: isolated, meaning: meaning, duplicates: duplicates, selfLoops: selfLoops, orderedBy: <)
  }
}

extension SocialGraph {
  /// Builds a graph of nodes that have no order of their own.
  ///
  /// - Parameters:
  ///   - edges: the ties.
  ///   - isolated: nodes that are to be there even without an edge.
  ///   - meaning: which way influence goes along the edges.
  ///   - duplicates: what becomes of several edges of one kind between the same two nodes.
  ///   - selfLoops: whether edges from a node to itself stay.
  ///   - precedes: a strict total order of the nodes, by which they are numbered.
  /// - Throws: ``GraphError`` with `invalidWeight` or `tooLarge`.
  @inlinable
  public init(
    edges: some Sequence<SocialEdge<Node>>, isolated: [Node] = [], meaning: EdgeMeaning,
    duplicates: DuplicateRule = .sum, selfLoops: SelfLoopRule = .drop, orderedBy precedes: (Node, Node) -> Bool
  ) throws(GraphError) {
    var index = NodeIndex<Node>()
    var ties = TieColumns()
    for node in isolated { _ = index.insert(node) }
    var isWeighted = false
    for edge in edges {
      if edge.weight != 1 { isWeighted = true }
      try ties.append(
        from: index.insert(edge.from), to: index.insert(edge.to), weight: edge.weight, kind: edge.kind, time: edge.time)
    }
    let order = index.nodes.indices.sorted { precedes(index.nodes[$0], index.nodes[$1]) }
    ties.renumber(by: order)
    let merges = ties.merge(duplicates, selfLoops: selfLoops)
    let nodes = order.map { index.nodes[$0] }
    var numbers = [Node: UInt32](minimumCapacity: nodes.count)
    for (number, node) in nodes.enumerated() { numbers[node] = UInt32(truncatingIfNeeded: number) }
    self.init(nodes: nodes, meaning: meaning, numbers: numbers, ties: ties, isWeighted: isWeighted || merges)
  }

  /// The edges, by source, target and kind.
  @inlinable
  public var edges: some Sequence<SocialEdge<Node>> {
    (0..<ties.count).lazy.map { [nodes, ties] place in
      SocialEdge(
        from: nodes[Int(ties.sources[place])], to: nodes[Int(ties.targets[place])], weight: ties.weights[place],
        kind: ties.kinds[place], time: ties.times[place])
    }
  }

  /// The same nodes with some of the edges, such as those of one kind or since a time.
  ///
  /// O(nodes + edges).
  @inlinable
  public func filtered(_ isIncluded: (SocialEdge<Node>) -> Bool) -> SocialGraph {
    var kept = TieColumns()
    for (place, edge) in edges.enumerated() where isIncluded(edge) { kept.append(ties, place) }
    return SocialGraph(nodes: nodes, meaning: meaning, numbers: numbers, ties: kept, isWeighted: dense.isWeighted)
  }

  /// The graph on a set of people, with every edge between two of them.
  ///
  /// O(nodes + edges). Ids that are not in the graph become isolated nodes at its end, ordered as they are named.
  @inlinable
  public func induced(on people: some Sequence<Node>) -> SocialGraph {
    var chosen = [Bool](repeating: false, count: nodes.count)
    var strangers = NodeIndex<Node>()
    for person in people {
      if let number = numbers[person] { chosen[Int(number)] = true } else { _ = strangers.insert(person) }
    }
    let kept = nodes.indices.filter { chosen[$0] }
    let names = kept.map { nodes[$0] } + strangers.nodes
    var new = [Node: UInt32](minimumCapacity: names.count)
    for (number, node) in names.enumerated() { new[node] = UInt32(truncatingIfNeeded: number) }
    return SocialGraph(
      nodes: names, meaning: meaning, numbers: new, ties: ties.induced(on: kept, nodeCount: nodes.count),
      isWeighted: dense.isWeighted)
  }
}
