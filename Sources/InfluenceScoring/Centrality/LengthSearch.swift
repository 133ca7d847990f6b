import DenseData

/// Shortest ways from one node where the weights of edges are lengths, and what depends on the nodes between.
///
/// Dijkstra (1959), and Brandes (2001) for the way back. Lengths are above 0. Ways whose lengths differ by no more than rounding
/// are equally long.
struct LengthSearch: ~Copyable {
  struct Visit: BitwiseCopyable {
    var distance = Double.infinity
    /// The place in the order in which distances were settled.
    var order = UInt32.max
    var ways = 0.0
    /// (1 + dependency) ÷ ways, once it is known.
    var share = 0.0
  }

  let visits: ScratchBuffer<Visit>
  private let settled: ScratchBuffer<UInt32>

  init(nodeCount: Int) {
    visits = ScratchBuffer(nodeCount, repeating: Visit())
    settled = ScratchBuffer(nodeCount, repeating: 0)
  }

  /// Settles all distances from a node, hands them over nearest first, and forgets them.
  func distances(_ rows: AdjacencyRows, from source: Int, _ body: (_ node: Int, _ distance: Double) -> Void) {
    let count = settle(rows, from: source)
    for place in 0..<count {
      let node = Int(settled[place])
      body(node, visits[node].distance)
      visits[node] = Visit()
    }
  }

  /// Adds to `sums` for each node 1 ÷ its distance from the source.
  func inverseDistances(_ rows: AdjacencyRows, from source: Int, into sums: UnsafeMutablePointer<Double>) {
    distances(rows, from: source) { node, distance in
      if distance > 0 { sums[node] += 1 / distance }
    }
  }

  /// Adds to `sums` for each node what the source depends on it.
  func dependencies(_ rows: AdjacencyRows, from source: Int, into sums: UnsafeMutablePointer<Double>) {
    let count = settle(rows, from: source)
    let visits = visits.base
    visits[source].ways = 1
    for place in 0..<count {
      let node = Int(settled[place])
      for edge in rows.start(node)..<rows.end(node) where Self.isOnWay(visits, node, rows, edge) {
        visits[rows.neighbour(edge)].ways += visits[node].ways
      }
    }
    for place in stride(from: count - 1, through: 0, by: -1) {
      let node = Int(settled[place])
      var sum = 0.0
      for edge in rows.start(node)..<rows.end(node) where Self.isOnWay(visits, node, rows, edge) {
        sum += visits[rows.neighbour(edge)].share
      }
      let dependency = sum * visits[node].ways
      visits[node].share = (1 + dependency) / visits[node].ways
      if node != source { sums[node] += dependency }
    }
    for place in 0..<count { visits[Int(settled[place])] = Visit() }
  }

  /// Whether a shortest way leads along an edge; by the order too, so that lengths lost in rounding make no circles.
  @inline(__always)
  private static func isOnWay(
    _ visits: UnsafeMutablePointer<Visit>, _ node: Int, _ rows: AdjacencyRows, _ edge: Int
  ) -> Bool {
    let (here, there) = (visits[node], visits[rows.neighbour(edge)])
    return there.order > here.order
      && here.distance + rows.weight(edge) <= there.distance + 1e-12 * there.distance
  }

  private func settle(_ rows: AdjacencyRows, from source: Int) -> Int {
    let (visits, settled) = (visits.base, settled.base)
    var count = 0
    var heap = DistanceHeap()
    visits[source].distance = 0
    heap.push(0, source)
    while let (length, node) = heap.pop() {
      if visits[node].order != .max { continue }
      visits[node].order = UInt32(truncatingIfNeeded: count)
      settled[count] = UInt32(truncatingIfNeeded: node)
      count &+= 1
      for edge in rows.start(node)..<rows.end(node) {
        let next = rows.neighbour(edge)
        let candidate = length + rows.weight(edge)
        if candidate < visits[next].distance {
          visits[next].distance = candidate
          heap.push(candidate, next)
        }
      }
    }
    return count
  }
}

extension DenseGraph {
  /// Checks that every weight is a length.
  func checkLengths() throws(GraphError) {
    if let place = out.weights.firstIndex(of: 0) {
      let source = out.offsets.firstIndex { Int($0) > place }.map { $0 - 1 } ?? 0
      throw GraphError(
        .invalidWeight, subject: "edge from \(source) to \(out.neighbours[place])",
        "the weight is 0, expected a length above 0")
    }
  }
}
