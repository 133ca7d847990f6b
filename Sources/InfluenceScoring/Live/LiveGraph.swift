/// A directed graph that takes changes of edges without being built anew.
///
/// Rows of nodes whose edges changed lie beside the compressed rows of the graph; when they hold more than a quarter as many
/// edges, all are compressed again. A change costs O(degree), compressing O(nodes + edges), spread over the changes O(1)
/// for each edge that a changed row holds.
public struct LiveGraph: Sendable {
  private struct Row: Sendable {
    var neighbours: [UInt32]
    var weights: [Double]
  }

  private var base: Adjacency
  /// The row of a node among the changed ones; −1 where it is that of the graph.
  private var place: [Int32]
  private var rows: [Row] = []
  private var changedEdges = 0
  /// The number of edges.
  public private(set) var edgeCount: Int

  /// Begins with a graph; its parallel edges become one, with their weights added, its self-loops stay.
  public init(_ graph: DenseGraph) {
    base = graph.simplified(duplicates: .sum, selfLoops: .keep).out
    place = [Int32](repeating: -1, count: graph.nodeCount)
    edgeCount = base.neighbours.count
  }

  /// The number of nodes.
  public var nodeCount: Int { place.count }

  /// Adds nodes without edges up to a number of nodes.
  public mutating func grow(to count: Int) {
    while place.count < count {
      place.append(-1)
      base.offsets.append(base.offsets[base.offsets.count - 1])
    }
  }

  /// Makes a change; one that says what is so already does nothing.
  /// - Throws: ``GraphError`` with `unknownNode` or `invalidWeight`; the graph is as it was then.
  public mutating func apply(_ change: EdgeChange) throws(GraphError) {
    try check(change, nodeCount: nodeCount)
    let row = ownRow(of: change.from)
    let target = UInt32(change.to)
    var (low, high) = (0, rows[row].neighbours.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[row].neighbours[middle] < target { low = middle + 1 } else { high = middle }
    }
    let isThere = low < rows[row].neighbours.count && rows[row].neighbours[low] == target
    switch (change.weight, isThere) {
    case (let weight?, true): rows[row].weights[low] = weight
    case (let weight?, false):
      rows[row].neighbours.insert(target, at: low)
      rows[row].weights.insert(weight, at: low)
      changedEdges += 1
      edgeCount += 1
    case (nil, true):
      rows[row].neighbours.remove(at: low)
      rows[row].weights.remove(at: low)
      changedEdges -= 1
      edgeCount -= 1
    case (nil, false): break
    }
  }

  func check(_ change: EdgeChange, nodeCount: Int) throws(GraphError) {
    for node in [change.from, change.to] where !(0..<nodeCount).contains(node) {
      throw GraphError(.unknownNode, subject: "node \(node)", "expected a node in 0 ..< \(nodeCount)")
    }
    if let weight = change.weight { try EdgeColumns.check(weight: weight, edge: 0) }
  }

  private mutating func ownRow(of node: Int) -> Int {
    if place[node] >= 0 { return Int(place[node]) }
    let range = base.range(of: node)
    let weights =
      base.weights.isEmpty ? [Double](repeating: 1, count: range.count) : Array(base.weights[range])
    place[node] = Int32(truncatingIfNeeded: rows.count)
    rows.append(Row(neighbours: Array(base.neighbours[range]), weights: weights))
    changedEdges += range.count
    return rows.count - 1
  }

  /// How many edges leave a node; O(1).
  @inline(__always)
  func degree(of node: Int) -> Int {
    place[node] >= 0 ? rows[Int(place[node])].neighbours.count : base.range(of: node).count
  }

  /// Calls `body` with every edge that leaves a node, by target.
  @inline(__always)
  func forEachEdge(of node: Int, _ body: (_ target: Int, _ weight: Double) -> Void) {
    if place[node] >= 0 {
      let row = rows[Int(place[node])]
      for edge in row.neighbours.indices { body(Int(row.neighbours[edge]), row.weights[edge]) }
    } else if base.weights.isEmpty {
      for edge in base.range(of: node) { body(Int(base.neighbours[edge]), 1) }
    } else {
      for edge in base.range(of: node) { body(Int(base.neighbours[edge]), base.weights[edge]) }
    }
  }

  /// Compresses all rows when the changed ones have become many.
  mutating func compactIfNeeded() {
    if changedEdges * 4 > base.neighbours.count + 1_024 { self = LiveGraph(graph) }
  }

  /// The graph as it is now; O(nodes + edges).
  public var graph: DenseGraph {
    var edges = EdgeColumns(sources: [], targets: [])
    edges.sources.reserveCapacity(edgeCount)
    edges.targets.reserveCapacity(edgeCount)
    edges.weights.reserveCapacity(edgeCount)
    for node in 0..<nodeCount {
      forEachEdge(of: node) { target, weight in
        edges.sources.append(UInt32(truncatingIfNeeded: node))
        edges.targets.append(UInt32(truncatingIfNeeded: target))
        edges.weights.append(weight)
      }
    }
    if !edges.weights.contains(where: { $0 != 1 }) { edges.weights = [] }
    return DenseGraph(nodeCount: nodeCount, checked: edges)
  }
}
