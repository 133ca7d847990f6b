/// Edges as columns, before they are built into a graph.
struct EdgeColumns: Sendable {
  var sources: [UInt32]
  var targets: [UInt32]
  /// Parallel to `sources`, or empty.
  var weights: [Double] = []

  /// The largest weight, and the inverse of the smallest above 0, that a graph accepts: sums and quotients stay finite.
  static let weightLimit = 1e150

  static func check(weight: Double, edge: Int) throws(GraphError) { try check(weight: weight, of: "edge \(edge)") }

  static func check(weight: Double, of edge: @autoclosure () -> String) throws(GraphError) {
    guard weight == 0 || (weight >= 1 / weightLimit && weight <= weightLimit) else {
      throw GraphError(
        .invalidWeight, subject: edge(),
        "the weight is \(weight.isNaN ? "not a number" : weight < 0 ? "negative" : "out of range"), "
          + "expected 0 or 1e-150 … 1e150")
    }
  }

  /// Checks lengths, ids and weights.
  func check(nodeCount: Int) throws(GraphError) {
    guard (0...Int(UInt32.max)).contains(nodeCount) else {
      throw GraphError(.tooLarge, subject: "nodes", "\(nodeCount), expected 0 … \(UInt32.max)")
    }
    guard sources.count <= Int(UInt32.max) / 2 else {
      throw GraphError(.tooLarge, subject: "edges", "\(sources.count), expected at most \(UInt32.max / 2)")
    }
    guard targets.count == sources.count, weights.isEmpty || weights.count == sources.count else {
      throw GraphError(
        .mismatchedCounts, subject: "edges",
        "\(sources.count) sources, \(targets.count) targets, \(weights.count) weights, expected as many of each")
    }
    if max(sources.max() ?? 0, targets.max() ?? 0) >= nodeCount, !sources.isEmpty {
      let limit = UInt32(truncatingIfNeeded: nodeCount)
      let edge = sources.indices.first { sources[$0] >= limit || targets[$0] >= limit } ?? 0
      throw GraphError(
        .unknownNode, subject: "edge \(edge)",
        "leads from \(sources[edge]) to \(targets[edge]), expected nodes in 0 ..< \(nodeCount)")
    }
    for (edge, weight) in weights.enumerated() { try Self.check(weight: weight, edge: edge) }
  }

  /// Whether edges come by source and, within one, by target: then rows need no sorting.
  var isSorted: Bool {
    sources.withUnsafeBufferPointer { sources in
      targets.withUnsafeBufferPointer { targets in
        var previous: UInt64 = 0
        for edge in 0..<sources.count {
          let key = UInt64(sources[edge]) << 32 | UInt64(targets[edge])
          if key < previous { return false }
          previous = key
        }
        return true
      }
    }
  }
}
