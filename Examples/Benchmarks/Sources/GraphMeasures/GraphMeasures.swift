import Foundation
import InfluenceScoring

/// Measures how long building and measuring a graph takes, and how much memory beyond what is there before.
///
/// `GraphMeasures [--scale 17] [--edges 509000] [--threads 1] [--repeat 3] [--export FILE] [--import FILE] [--growth]
/// [--only MEASURE,…]`; with `--undirected yes` the export holds every edge both ways. `--replay FILE` and `--batches N` measure
/// ranks that are kept up to date, to `--tolerance 1e-6` by the error bound or with a `--confidence 0.99`, between `--ends
/// degree|uniform|hubs`.
@main
struct GraphMeasures {
  static func main() throws {
    var options = ["scale": "17", "edges": "509000", "threads": "1", "repeat": "3"]
    var arguments = CommandLine.arguments.dropFirst()
    while let name = arguments.popFirst() {
      options[String(name.drop { $0 == "-" })] = name == "--growth" ? "yes" : arguments.popFirst() ?? ""
    }
    let threads = options["threads"].flatMap { Int($0) } ?? 1
    let repeats = options["repeat"].flatMap { Int($0) } ?? 3
    let only = options["only"].map { Set($0.split(separator: ",").map(String.init)) }
    let batches = BatchReplay.Settings(
      tolerance: options["tolerance"].flatMap { Double($0) } ?? 1e-6,
      confidence: options["confidence"].flatMap { Double($0) },
      ends: options["ends"].flatMap { BatchReplay.Ends(rawValue: $0) } ?? .byDegree)
    if let path = options["replay"] { return try BatchReplay.replay(file: path, batches) }
    let batchCount = options["batches"].flatMap { Int($0) }
    if options["growth"] != nil {
      for (scale, count) in [(10, 10_000), (13, 100_000), (17, 1_000_000), (18, 4_000_000), (20, 16_000_000)] {
        let edges = RandomEdges(scale: scale, count: count)
        if let batchCount {
          try BatchReplay.random(edges, batches: batchCount, batches)
        } else {
          try Self(edges: edges, threads: threads, repeats: 1, only: only).run()
        }
      }
      return
    }
    let edges: RandomEdges
    if let path = options["import"] {
      edges = try RandomEdges(file: path)
    } else {
      edges = RandomEdges(
        scale: options["scale"].flatMap { Int($0) } ?? 17, count: options["edges"].flatMap { Int($0) } ?? 509_000)
    }
    if let path = options["export"] {
      return try (options["undirected"] == nil ? edges : edges.bothWays()).write(to: path)
    }
    if let batchCount { return try BatchReplay.random(edges, batches: batchCount, batches) }
    try Self(edges: edges, threads: threads, repeats: repeats, only: only).run()
  }

  let edges: RandomEdges
  let threads: Int
  let repeats: Int
  /// The measures to take; all, without it.
  let only: Set<String>?

  private func run() throws {
    let graph = try time("build") {
      try DenseGraph(nodeCount: edges.nodeCount, sources: edges.sources, targets: edges.targets)
    }
    try measureDirected(graph)
    // So that the memory of the process is that of the directed graph where nothing else is asked for.
    if let only, only.isDisjoint(with: Self.ofUndirected) { return }
    try measureUndirected(time("undirected") { graph.undirected() })
  }

  private static let ofUndirected: Set = [
    "undirected", "kcore", "harmonic", "closeness", "pivots", "triangles", "brokerage", "overlap", "louvain", "leiden",
  ]

  private func measureDirected(_ graph: DenseGraph) throws {
    let work = GraphWork(threads: threads)
    try measure("pagerank50") { try graph.pageRank(PageRank(tolerance: 0, maximumIterations: 50), work: work) }
    try measure("pagerank") { try graph.pageRank(PageRank(tolerance: 1e-9), work: work) }
    let sources = chosen(from: graph, count: 256)
    var restart = [Double](repeating: 0, count: graph.nodeCount)
    for source in sources.prefix(1) { restart[source] = 1 }
    try measure("personalised") { try graph.pageRank(PageRank(tolerance: 1e-9), restart: restart, work: work) }
    try measure("push") { try graph.nearbyPageRank(from: sources[0], threshold: 1e-7) }
    try measure("hits") { try graph.hubsAndAuthorities(tolerance: 1e-9, work: work) }
    try measure("wcc") { try graph.weakComponents() }
    try measure("scc") { try graph.strongComponents() }
    try measure("bfs") { try graph.distances(from: sources[0]) }
    try measure("sssp") { try graph.weightedDistances(from: sources[0]) }
    try measure("betw") {
      try graph.betweenness(from: Array(sources.prefix(isLarge ? 16 : 256)), work: work)
    }
    try measure("lengthbetw") {
      try graph.sampledWeightedBetweenness(draws: isLarge ? 4 : 64, seed: 1, work: work)
    }
    try measure("labels") { try graph.labelPropagation(maximumIterations: 20, work: work) }
  }

  /// From 256 and 64 sources on graphs of the size of soc-Epinions1, as the peers do; from fewer on large ones.
  private var isLarge: Bool { edges.sources.count > 2_000_000 }

  private func measureUndirected(_ undirected: DenseGraph) throws {
    let work = GraphWork(threads: threads)
    try measure("kcore") { try undirected.coreNumbers() }
    let near = chosen(from: undirected, count: isLarge ? 16 : 64)
    try measure("harmonic") { try undirected.harmonicCloseness(of: near, work: work) }
    try measure("closeness") { try undirected.closeness(of: near, work: work) }
    try measure("pivots") { try undirected.sampledHarmonicCloseness(pivots: near.count, seed: 1, work: work) }
    try measure("triangles") { try undirected.triangles(work: work) }
    try measure("brokerage") { try undirected.brokerage(work: work) }
    try measure("overlap") { try undirected.tieOverlap(.neighbourhood, work: work) }
    try measure("louvain") {
      try undirected.louvain(work: work)
    } note: {
      "modularity \($0.modularity)"
    }
    try measure("leiden") {
      try undirected.leiden(work: work)
    } note: {
      "modularity \($0.modularity) rounds \($0.iterations)"
    }
  }

  private func measure<Result>(
    _ name: String, _ body: () throws -> Result, note: (Result) -> String? = { _ in nil }
  ) throws {
    if let only, !only.contains(name) { return }
    if let words = note(try time(name, body)) { print("  \(name): \(words)") }
  }

  /// Nodes with edges, chosen as the C++ floor chooses them.
  private func chosen(from graph: DenseGraph, count: Int) -> [Int] {
    var nodes: [Int] = []
    var number: UInt64 = 0
    while nodes.count < count, number < 1 << 30 {
      let node = Int(UInt32(truncatingIfNeeded: RandomEdges.mixed(number)) % UInt32(graph.nodeCount))
      if graph.outDegree(of: node) > 0 { nodes.append(node) }
      number += 1
    }
    return nodes
  }

  private func time<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
    let clock = ContinuousClock()
    var result = try once(name, clock, body)
    for _ in 1..<max(repeats, 1) {
      let again = try once(name, clock, body)
      if again.seconds < result.seconds { result = again }
    }
    print(
      "\(name) nodes \(edges.nodeCount) edges \(edges.sources.count) threads \(threads) seconds",
      (result.seconds * 1e5).rounded() / 1e5, "cpu", (result.cpu * 1e5).rounded() / 1e5, "peak_mb", result.peak >> 20,
      "bytes_per_edge", (Double(result.memory) / Double(max(edges.sources.count, 1)) * 10).rounded() / 10)
    return result.value
  }

  private func once<Result>(
    _ name: String, _ clock: ContinuousClock, _ body: () throws -> Result
  ) rethrows -> (value: Result, seconds: Double, cpu: Double, memory: Int, peak: Int) {
    let resident = PeakMemory.reset()
    let (start, used) = (clock.now, Self.processorTime)
    let value = try body()
    let (seconds, cpu) = ((clock.now - start) / .seconds(1), Self.processorTime - used)
    let peak = PeakMemory.peak
    return (value, seconds, cpu, max(peak - resident, 0), peak)
  }

  private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
