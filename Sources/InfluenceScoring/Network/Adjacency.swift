/// The edges of a graph in one direction, as compressed sparse rows.
///
/// The neighbours of node v are `neighbours[offsets[v] ..< offsets[v + 1]]` in ascending order. Four bytes for each edge
/// and node, eight more for each edge when edges have weights.
struct Adjacency: Sendable, Hashable {
  var offsets: [UInt32]
  var neighbours: [UInt32]
  /// Parallel to `neighbours`, or empty when every edge weighs 1.
  var weights: [Double]

  static let empty = Adjacency(offsets: [0], neighbours: [], weights: [])

  func range(of node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }

  /// Hands the columns to a loop as pointers that are valid in `body`.
  @inline(__always)
  func withRows<Result, Failure: Error>(
    _ body: (AdjacencyRows) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try offsets.withUnsafeBufferPointer { offsets throws(Failure) in
      try neighbours.withUnsafeBufferPointer { neighbours throws(Failure) in
        try weights.withUnsafeBufferPointer { weights throws(Failure) in
          try body(AdjacencyRows(offsets: offsets, neighbours: neighbours, weights: weights))
        }
      }
    }
  }
}

/// The columns of an ``Adjacency`` inside a loop.
struct AdjacencyRows {
  let offsets: UnsafeBufferPointer<UInt32>
  let neighbours: UnsafeBufferPointer<UInt32>
  let weights: UnsafeBufferPointer<Double>

  @inline(__always) var isWeighted: Bool { weights.count > 0 }
  @inline(__always) func start(_ node: Int) -> Int { Int(offsets[node]) }
  @inline(__always) func end(_ node: Int) -> Int { Int(offsets[node &+ 1]) }
  @inline(__always) func degree(_ node: Int) -> Int { Int(offsets[node &+ 1] &- offsets[node]) }
  @inline(__always) func neighbour(_ edge: Int) -> Int { Int(neighbours[edge]) }
  @inline(__always) func weight(_ edge: Int) -> Double { weights.count > 0 ? weights[edge] : 1 }
}
