import DenseData

extension DenseGraph {
  /// The groups of nodes that are connected whatever the direction of the edges.
  ///
  /// Union-find. When most nodes are in one component, as in social graphs, the others are enough to finish it (Sutton,
  /// Ben-Nun & Barak, *Optimizing Parallel Graph Connectivity Computation via Subgraph Sampling*, IPDPS 2018).
  /// O(nodes + edges), practically.
  /// - Parameter work: progress; one thread.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func weakComponents(work: GraphWork = GraphWork()) throws(GraphError) -> NodePartition {
    let forest = ScratchBuffer(nodeCount, repeating: UInt32(0))
    let parent = forest.base
    for node in 0..<nodeCount { parent[node] = UInt32(truncatingIfNeeded: node) }
    let cuts = out.chunks()
    try out.withRows { leaving throws(GraphError) in
      try into.withRows { entering throws(GraphError) in
        let sampled = 2
        try work.inOrder(cuts, part: 0...0.5) { nodes in
          for node in nodes {
            for edge in leaving.start(node)..<min(leaving.end(node), leaving.start(node) &+ sampled) {
              Self.join(node, leaving.neighbour(edge), in: parent)
            }
          }
        }
        for node in 0..<nodeCount { parent[node] = parent[Int(parent[node])] }
        let largest = Self.frequentRoot(in: parent, count: nodeCount)
        try work.inOrder(cuts, part: 0.5...1) { nodes in
          for node in nodes where Self.root(of: node, in: parent) != largest {
            for edge in min(leaving.end(node), leaving.start(node) &+ sampled)..<leaving.end(node) {
              Self.join(node, leaving.neighbour(edge), in: parent)
            }
            if isUndirected { continue }
            for edge in entering.start(node)..<entering.end(node) {
              Self.join(node, entering.neighbour(edge), in: parent)
            }
          }
        }
      }
    }
    return Self.partition(parent, count: nodeCount)
  }

  /// The trees of a forest in which nobody's parent comes after it, numbered by their roots.
  private static func partition(_ parent: UnsafeMutablePointer<UInt32>, count: Int) -> NodePartition {
    if count == 0 { return NodePartition(groups: [], count: 0) }
    var next: UInt32 = 0
    let groups = [UInt32](unsafeUninitializedCapacity: count) { groups, filled in
      for node in 0..<count {
        let above = Int(parent[node])
        groups[node] = above == node ? next : groups[above]
        if above == node { next &+= 1 }
      }
      filled = count
    }
    return NodePartition(groups: groups, count: Int(next))
  }

  @inline(__always)
  private static func root(of node: Int, in parent: UnsafeMutablePointer<UInt32>) -> Int {
    var node = node
    while Int(parent[node]) != node {
      parent[node] = parent[Int(parent[node])]
      node = Int(parent[node])
    }
    return node
  }

  @inline(__always)
  private static func join(_ one: Int, _ other: Int, in parent: UnsafeMutablePointer<UInt32>) {
    if parent[one] == parent[other] { return }
    let (left, right) = (root(of: one, in: parent), root(of: other, in: parent))
    if left != right { parent[max(left, right)] = UInt32(truncatingIfNeeded: min(left, right)) }
  }

  /// The root that most of a thousand nodes have.
  private static func frequentRoot(in parent: UnsafeMutablePointer<UInt32>, count: Int) -> Int {
    if count == 0 { return -1 }
    let step = max(count / 1_024, 1)
    let sample = stride(from: 0, to: count, by: step).map { root(of: $0, in: parent) }.sorted()
    var (best, length, bestLength) = (sample[0], 0, 0)
    for (place, root) in sample.enumerated() {
      length = place > 0 && sample[place - 1] == root ? length + 1 : 1
      if length > bestLength { (best, bestLength) = (root, length) }
    }
    return best
  }

  /// The groups of nodes that reach each other along the direction of the edges.
  ///
  /// Tarjan, *Depth-First Search and Linear Graph Algorithms* (1972), without recursion. O(nodes + edges).
  /// - Parameter work: progress; one thread.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func strongComponents(work: GraphWork = GraphWork()) throws(GraphError) -> NodePartition {
    if isUndirected { return try weakComponents(work: work) }
    var search = StrongComponentSearch(nodeCount: nodeCount)
    try out.withRows { rows throws(GraphError) in
      for node in 0..<nodeCount where search.order[node] == 0 { try search.visit(from: node, rows, work: work) }
    }
    try work.report(1)
    return NodePartition(dense: search.component, bound: max(search.found, 1))
  }
}

/// The state of a depth-first search for strong components.
private struct StrongComponentSearch {
  /// When a node was met, counted from 1; 0 before that.
  var order: [UInt32]
  var component: [UInt32]
  var found = 0
  private var lowest: [UInt32]
  private var isOpen: [Bool]
  private var open: [UInt32] = []
  private var path: [(node: UInt32, edge: UInt32)] = []
  private var time: UInt32 = 0

  init(nodeCount: Int) {
    order = [UInt32](repeating: 0, count: nodeCount)
    component = order
    lowest = order
    isOpen = [Bool](repeating: false, count: nodeCount)
  }

  private mutating func enter(_ node: Int, _ rows: AdjacencyRows) {
    time += 1
    order[node] = time
    lowest[node] = time
    isOpen[node] = true
    open.append(UInt32(truncatingIfNeeded: node))
    path.append((UInt32(truncatingIfNeeded: node), rows.offsets[node]))
  }

  mutating func visit(from start: Int, _ rows: AdjacencyRows, work: GraphWork) throws(GraphError) {
    enter(start, rows)
    while let (current, edge) = path.last {
      let node = Int(current)
      if Int(edge) < rows.end(node) {
        path[path.count - 1].edge += 1
        let next = rows.neighbour(Int(edge))
        if order[next] == 0 {
          enter(next, rows)
          if Int(time) % GraphWork.nodesBetweenReports == 0 { try work.report(Double(time) / Double(order.count)) }
        } else if isOpen[next] {
          lowest[node] = min(lowest[node], order[next])
        }
        continue
      }
      path.removeLast()
      if let (parent, _) = path.last { lowest[Int(parent)] = min(lowest[Int(parent)], lowest[node]) }
      guard lowest[node] == order[node] else { continue }
      while let member = open.popLast() {
        isOpen[Int(member)] = false
        component[Int(member)] = UInt32(truncatingIfNeeded: found)
        if Int(member) == node { break }
      }
      found += 1
    }
  }
}
