/// Nodes numbered anew, those that most edges leave first.
///
/// What is read most then lies close together and stays in the fast memory.
struct NodeOrder: Sendable {
  /// The nodes in their new order.
  private(set) var nodes: [UInt32]
  /// Where each node stands in it.
  private(set) var places: [UInt32]

  init(byDegree graph: DenseGraph) {
    nodes = Self.descending(graph.out.withRows { rows in (0..<graph.nodeCount).map { UInt32(rows.degree($0)) } })
    places = [UInt32](repeating: 0, count: nodes.count)
    for (place, node) in nodes.enumerated() { places[Int(node)] = UInt32(truncatingIfNeeded: place) }
  }

  /// Adds a node with the next number at the end.
  mutating func append() {
    nodes.append(UInt32(truncatingIfNeeded: nodes.count))
    places.append(UInt32(truncatingIfNeeded: places.count))
  }

  /// Nodes by descending degree, equal ones in the order of their numbers; degrees of 65,536 and more are taken as equal.
  static func descending(_ degrees: [UInt32]) -> [UInt32] {
    let top = 1 << 16
    func rank(_ node: Int) -> Int { top - 1 - min(Int(degrees[node]), top - 1) }
    var next = [Int](repeating: 0, count: top + 1)
    for node in degrees.indices { next[rank(node) + 1] += 1 }
    for degree in 0..<top { next[degree + 1] += next[degree] }
    var order = [UInt32](repeating: 0, count: degrees.count)
    for node in degrees.indices {
      order[next[rank(node)]] = UInt32(truncatingIfNeeded: node)
      next[rank(node)] += 1
    }
    return order
  }
}
