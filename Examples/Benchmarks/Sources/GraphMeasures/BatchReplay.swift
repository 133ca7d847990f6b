import Foundation
import InfluenceScoring

/// Ranks of a changing graph, batch by batch: kept up to date, and then computed anew from the ranks before.
///
/// Both keep the sum of absolute errors below the same tolerance; what is left of it is measured against ranks to 1e-13 at
/// every twentieth batch and the last. One comes after the other, for a computation over the whole graph leaves nothing of
/// what a few changes need in the fast memory.
struct BatchReplay {
  private let start: DenseGraph
  private var live: IncrementalPageRank
  private let tolerance: Double
  private var batches: [Batch] = []
  private var updating: [Double] = []
  private let clock = ContinuousClock()

  private struct Batch {
    let changes: [EdgeChange]
    let nodeCount: Int
    let update: IncrementalPageRank.Update
    /// Where the error is measured.
    let ranks: [Double]?
  }

  /// What is measured, and against which tolerance.
  struct Settings {
    var tolerance = 1e-6
    /// Without it the error bound is kept below the tolerance, otherwise an estimate.
    var confidence: Double?
    /// How the ends of new edges are drawn.
    var ends = Ends.byDegree
  }

  enum Ends: String {
    /// As those of the graph's edges are.
    case byDegree = "degree"
    /// All nodes alike.
    case uniform
    /// Among the thousandth of nodes with most edges.
    case hubs
  }

  init(_ graph: DenseGraph, _ settings: Settings) throws {
    tolerance = settings.tolerance
    start = graph
    live = try IncrementalPageRank(
      graph, tolerance: tolerance, accuracy: settings.confidence.map { .estimate(confidence: $0) } ?? .bound)
  }

  mutating func take(_ changes: [EdgeChange], nodeCount: Int, checks: Bool) throws {
    let start = clock.now
    let update = try live.update(changes, nodeCount: nodeCount)
    updating.append((clock.now - start) / .seconds(1))
    batches.append(
      Batch(changes: changes, nodeCount: nodeCount, update: update, ranks: checks ? live.ranks : nil))
  }

  /// Computes the ranks anew after every batch and prints what both took; building the graph has a clock of its own.
  func report(_ name: String) throws {
    var graph = LiveGraph(start)
    var ranks = try start.pageRank(PageRank(tolerance: 1e-13)).values
    var (recomputing, building, largestError, misses) = (0.0, 0.0, 0.0, 0)
    let settings = PageRank(tolerance: tolerance * (1 - live.damping) / live.damping)
    for batch in batches {
      graph.grow(to: batch.nodeCount)
      for change in batch.changes { try graph.apply(change) }
      var start = clock.now
      let built = graph.graph
      building += (clock.now - start) / .seconds(1)
      // New nodes begin with the rank of a node that nobody leads to.
      ranks += [Double](repeating: 0.15 / Double(batch.nodeCount), count: batch.nodeCount - ranks.count)
      start = clock.now
      ranks = try built.pageRank(settings, start: ranks).values
      recomputing += (clock.now - start) / .seconds(1)
      guard let kept = batch.ranks else { continue }
      let exact = try built.pageRank(PageRank(tolerance: 1e-13), start: ranks).values
      let error = zip(kept, exact).reduce(0) { $0 + abs($1.0 - $1.1) }
      largestError = max(largestError, error)
      if let estimate = batch.update.estimatedError, error > estimate { misses += 1 }
    }
    let count = Double(max(updating.count, 1))
    let whole = updating.reduce(0, +)
    let updates = batches.map(\.update)
    func milliseconds(_ seconds: Double) -> Double { (seconds * 1e7).rounded() / 1e4 }
    print(
      "\(name) batches \(updating.count) tolerance \(tolerance) ms_per_batch \(milliseconds(whole / count))",
      "slowest \(milliseconds(updating.max() ?? 0)) recomputed \(milliseconds(recomputing / count))",
      "rebuilt \(milliseconds(building / count)) times \((recomputing / whole * 100).rounded() / 100)",
      "edges_per_batch \(updates.reduce(0) { $0 + $1.edgesVisited } / max(updates.count, 1))",
      "largest_bound \(updates.map(\.errorBound).max() ?? 0)",
      "largest_estimate \(updates.compactMap(\.estimatedError).max() ?? 0) misses \(misses)",
      "largest_error \(largestError) fallbacks \(updates.filter(\.fellBack).count)")
  }

  /// Events of a file, one a line, whose first two columns are accounts, in batches of 100; each adds 1 to the weight of a tie.
  static func replay(file path: String, _ settings: Settings) throws {
    var index = NodeIndex<Int>()
    var weights: [UInt64: Double] = [:]
    var replay = try BatchReplay(.empty, settings)
    var changes: [EdgeChange] = []
    var events = 0
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let columns = line.split(separator: " ")
      guard columns.count >= 2, let first = Int(columns[0]), let second = Int(columns[1]) else { continue }
      let (from, to) = (index.insert(first), index.insert(second))
      events += 1
      if from != to {
        let key = UInt64(from) << 32 | UInt64(to)
        weights[key, default: 0] += 1
        changes.append(EdgeChange(from: Int(from), to: Int(to), weight: weights[key]))
      }
      if events % 100 == 0 {
        try replay.take(changes, nodeCount: index.nodes.count, checks: events % 2_000 == 0)
        changes = []
      }
    }
    if !changes.isEmpty { try replay.take(changes, nodeCount: index.nodes.count, checks: true) }
    try replay.report("replay")
  }

  /// Batches of 100 edges, the first half new, the other half taken away again.
  static func random(_ edges: RandomEdges, batches: Int, _ settings: Settings) throws {
    let graph = try DenseGraph(nodeCount: edges.nodeCount, sources: edges.sources, targets: edges.targets)
    var replay = try BatchReplay(graph, settings)
    let hubs = (0..<graph.nodeCount).sorted { graph.outDegree(of: $0) > graph.outDegree(of: $1) }
      .prefix(max(graph.nodeCount / 1_000, 1))
    func end(_ number: UInt64, _ columns: [UInt32]) -> Int {
      switch settings.ends {
      case .byDegree: Int(columns[Int(number % UInt64(columns.count))])
      case .uniform: Int(number % UInt64(graph.nodeCount))
      case .hubs: hubs[Int(number % UInt64(hubs.count))]
      }
    }
    var added: [EdgeChange] = []
    for batch in 0..<batches {
      let changes = (0..<100).map { place -> EdgeChange in
        let number = UInt64(batch * 100 + place)
        let first = RandomEdges.mixed(number)
        if place % 2 == 0 {
          let second = RandomEdges.mixed(number &+ 1 << 40)
          added.append(
            EdgeChange(from: end(first, edges.sources), to: end(second, edges.targets), weight: 1))
          return added[added.count - 1]
        }
        // By degree, edges of the graph go; otherwise those that came in batches before.
        if settings.ends == .byDegree || batch == 0 {
          let edge = Int(first % UInt64(edges.sources.count))
          return EdgeChange(from: Int(edges.sources[edge]), to: Int(edges.targets[edge]), weight: nil)
        }
        let old = added[Int(first % UInt64(batch * 50))]
        return EdgeChange(from: old.from, to: old.to, weight: nil)
      }
      try replay.take(changes, nodeCount: edges.nodeCount, checks: batch % 20 == 19 || batch == batches - 1)
    }
    try replay.report("batches")
  }
}
