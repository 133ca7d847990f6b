import DenseData

/// A directed graph that takes changes of edges without being built anew.
///
/// What changed lies beside the compressed rows of the graph, edge by edge and ordered within its row; when the changes are a
/// quarter as many as the edges, all are compressed again. A change costs O(log degree) and moving the other changes of its
/// row; compressing O(nodes + edges), spread over the changes O(1).
public struct LiveGraph: Sendable {
  /// What changed in the row of a node, by target.
  struct Differences: Sendable {
    var edges: [Difference] = []
    /// How many edges more the row has now.
    var added = 0
  }

  /// An edge that changed.
  struct Difference: Sendable {
    let target: UInt32
    /// What it weighs now and what it weighed in the compressed row; −1 where there is, or was, none.
    var weight: Double
    let compressed: Double

    /// By how much its weight grew.
    @inline(__always) var step: Double { max(weight, 0) - max(compressed, 0) }
  }

  /// The compressed rows.
  private(set) var base: Adjacency
  /// The differences of a node; −1 where there are none.
  private var place: [Int32]
  /// A bit a node, so that those of millions of nodes stay close at hand: whether there are differences.
  private var changedNodes: [UInt64]
  private var differences: [Differences] = []
  private var differenceCount = 0
  /// The number of edges.
  public private(set) var edgeCount: Int

  /// Begins with a graph; its parallel edges become one, with their weights added, its self-loops stay.
  public init(_ graph: DenseGraph) {
    base = graph.simplified(duplicates: .sum, selfLoops: .keep).out
    place = [Int32](repeating: -1, count: graph.nodeCount)
    changedNodes = [UInt64](repeating: 0, count: (graph.nodeCount + 63) / 64)
    edgeCount = base.neighbours.count
  }

  /// Moves the compressed rows to large pages.
  func moveToLargePages() {
    base.offsets.moveToLargePages()
    base.neighbours.moveToLargePages()
    base.weights.moveToLargePages()
  }

  /// The number of nodes.
  public var nodeCount: Int { place.count }

  /// Adds nodes without edges up to a number of nodes.
  public mutating func grow(to count: Int) {
    while place.count < count {
      if place.count % 64 == 0 { changedNodes.append(0) }
      place.append(-1)
      base.offsets.append(base.offsets[base.offsets.count - 1])
    }
  }

  /// Makes changes one after the other; one that says what is so already does nothing.
  ///
  /// O(log degree) a change besides moving the other changes of its row, and now and then O(nodes + edges) for compressing.
  /// - Throws: ``GraphError`` with `unknownNode` or `invalidWeight` for the first bad change; none is made then.
  public mutating func apply(_ changes: some Collection<EdgeChange>) throws(GraphError) {
    for change in changes { try check(change, nodeCount: nodeCount) }
    for change in changes { _ = make(change) }
    _ = compactIfNeeded()
  }

  /// Makes one change.
  /// - Throws: ``GraphError`` with `unknownNode` or `invalidWeight`; the graph is as it was then.
  public mutating func apply(_ change: EdgeChange) throws(GraphError) { try apply(CollectionOfOne(change)) }

  func check(_ change: EdgeChange, nodeCount: Int) throws(GraphError) {
    for node in [change.from, change.to] where !(0..<nodeCount).contains(node) {
      throw GraphError(.unknownNode, subject: "node \(node)", "expected a node in 0 ..< \(nodeCount)")
    }
    if let weight = change.weight {
      try EdgeColumns.check(weight: weight, of: "edge from \(change.from) to \(change.to)")
    }
  }

  /// Makes a checked change and returns what the edge weighed before; `nil` when there was none.
  mutating func make(_ change: EdgeChange) -> Double? {
    let target = UInt32(truncatingIfNeeded: change.to)
    if place[change.from] < 0 {
      place[change.from] = Int32(truncatingIfNeeded: differences.count)
      differences.append(Differences())
      changedNodes[change.from / 64] |= 1 << UInt64(change.from % 64)
    }
    let row = Int(place[change.from])
    let slot = Self.firstPlace(of: target, in: 0..<differences[row].edges.count) { differences[row].edges[$0].target }
    if slot == differences[row].edges.count || differences[row].edges[slot].target != target {
      let compressed = compressedWeight(from: change.from, to: target)
      if compressed < 0, change.weight == nil { return nil }
      differences[row].edges.insert(
        Difference(target: target, weight: compressed, compressed: compressed), at: slot)
      differenceCount += 1
    }
    let before = differences[row].edges[slot].weight
    let after = change.weight ?? -1
    let step = (after < 0 ? 0 : 1) - (before < 0 ? 0 : 1)
    differences[row].edges[slot].weight = after
    differences[row].added += step
    edgeCount += step
    return before < 0 ? nil : before
  }

  private func compressedWeight(from source: Int, to target: UInt32) -> Double {
    let range = base.range(of: source)
    let edge = Self.firstPlace(of: target, in: range) { base.neighbours[$0] }
    guard edge < range.upperBound, base.neighbours[edge] == target else { return -1 }
    return base.weights.isEmpty ? 1 : base.weights[edge]
  }

  /// The first place in a range of ascending targets whose target is not below another.
  private static func firstPlace(of target: UInt32, in range: Range<Int>, _ targets: (Int) -> UInt32) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if targets(middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many edges leave a node; O(1).
  @inline(__always)
  func degree(of node: Int) -> Int {
    base.range(of: node).count + (place[node] >= 0 ? differences[Int(place[node])].added : 0)
  }

  /// Calls `body` with the edges that leave a node and changed.
  func forEachDifference(of node: Int, _ body: (Difference) -> Void) {
    guard place[node] >= 0 else { return }
    differences[Int(place[node])].edges.withUnsafeBufferPointer { for edge in $0 { body(edge) } }
  }

  /// Reads what ``forEachDifference(of:_:)`` needs.
  @inline(__always)
  func readDifferences(of node: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: differences[Int(place[node])].edges.count)
  }

  /// Hands the compressed rows to a loop, and a bit for each node that says whether something changed in its row.
  @inline(__always)
  func withRows<Result>(_ body: (AdjacencyRows, _ changed: UnsafeBufferPointer<UInt64>) -> Result) -> Result {
    base.withRows { rows in changedNodes.withUnsafeBufferPointer { body(rows, $0) } }
  }

  /// Calls `body` with every edge that leaves a node in `0 ..< nodeCount`, by target; O(degree).
  public func forEachEdge(of node: Int, _ body: (_ target: Int, _ weight: Double) -> Void) {
    let range = base.range(of: node)
    guard place[node] >= 0 else {
      for edge in range { body(Int(base.neighbours[edge]), base.weights.isEmpty ? 1 : base.weights[edge]) }
      return
    }
    let changed = differences[Int(place[node])].edges
    var slot = 0
    for edge in range {
      let target = base.neighbours[edge]
      while slot < changed.count, changed[slot].target < target {
        if changed[slot].weight >= 0 { body(Int(changed[slot].target), changed[slot].weight) }
        slot += 1
      }
      if slot < changed.count, changed[slot].target == target { continue }
      body(Int(target), base.weights.isEmpty ? 1 : base.weights[edge])
    }
    while slot < changed.count {
      if changed[slot].weight >= 0 { body(Int(changed[slot].target), changed[slot].weight) }
      slot += 1
    }
  }

  /// The sum of the weights of the edges that leave each node; O(nodes + edges).
  var outWeights: [Double] {
    (0..<nodeCount).map { node in
      var sum = 0.0
      forEachEdge(of: node) { _, weight in sum += weight }
      return sum
    }
  }

  /// How many edges differ from the compressed rows: what the changes since then take of memory and time.
  public var pendingChanges: Int { differenceCount }

  /// Compresses all rows now, such as before the graph is only read for long; O(nodes + edges).
  public mutating func compact() { if differenceCount > 0 { self = LiveGraph(graph) } }

  /// Whether no more than this part of the edges changed since all were compressed.
  func isChanged(atMost part: Double) -> Bool { Double(differenceCount) <= part * Double(base.neighbours.count) }

  /// What part of the edges changed since all were compressed.
  var changedPart: Double { Double(differenceCount) / Double(max(base.neighbours.count, 1)) }

  /// Compresses all rows when the changes have become many.
  /// - Returns: whether it did.
  mutating func compactIfNeeded(part: Double = 0.25, besides: Int = 256) -> Bool {
    if isChanged(atMost: part) || differenceCount <= besides { return false }
    self = LiveGraph(graph)
    return true
  }

  /// The graph as it is now; O(nodes + edges).
  public var graph: DenseGraph {
    if differenceCount == 0 {
      return DenseGraph(nodeCount: nodeCount, isUndirected: false, out: base, into: base.transposed)
    }
    let isWeighted =
      !base.weights.isEmpty || differences.contains { $0.edges.contains { $0.weight >= 0 && $0.weight != 1 } }
    var rows = Adjacency(offsets: [0], neighbours: [], weights: [])
    rows.offsets.reserveCapacity(nodeCount + 1)
    rows.neighbours.reserveCapacity(edgeCount)
    if isWeighted { rows.weights.reserveCapacity(edgeCount) }
    for node in 0..<nodeCount {
      forEachEdge(of: node) { target, weight in
        rows.neighbours.append(UInt32(truncatingIfNeeded: target))
        if isWeighted { rows.weights.append(weight) }
      }
      rows.offsets.append(UInt32(truncatingIfNeeded: rows.neighbours.count))
    }
    return DenseGraph(nodeCount: nodeCount, isUndirected: false, out: rows, into: rows.transposed)
  }
}
