import InfluenceScoring

/// Every measure by name, as a value that can be compared.
struct Measure: Sendable, CustomStringConvertible {
  /// What it costs, and so on how large a graph it is tried.
  enum Cost { case linear, searchFromEach, dense, communities }

  let description: String
  let cost: Cost
  let run: @Sendable (DenseGraph, GraphWork) throws -> AnyHashable

  init(
    _ name: String, _ cost: Cost = .linear, _ run: @escaping @Sendable (DenseGraph, GraphWork) throws -> AnyHashable
  ) {
    (description, self.cost, self.run) = (name, cost, run)
  }

  private static func nodes(_ graph: DenseGraph) -> [Int] { Array(0..<graph.nodeCount) }

  static let all: [Measure] = [
    Measure("pageRank") { try $0.pageRank(work: $1) },
    Measure("personalised pageRank") { graph, work in
      try graph.pageRank(restart: nodes(graph).map { $0 % 3 == 0 ? 1 : 0.25 }, work: work)
    },
    Measure("nearbyPageRank", .dense) { try $0.nearbyPageRank(from: 0, threshold: 1e-4, work: $1) },
    Measure("hubsAndAuthorities") { try $0.hubsAndAuthorities(maximumIterations: 8, work: $1) },
    Measure("weakComponents") { try $0.weakComponents(work: $1) },
    Measure("strongComponents", .dense) { try $0.strongComponents(work: $1) },
    Measure("coreNumbers") { try $0.coreNumbers(work: $1) },
    Measure("distances", .dense) { try $0.distances(from: 0, work: $1) },
    Measure("weightedDistances", .dense) { try $0.weightedDistances(from: 0, work: $1) },
    Measure("harmonicCloseness", .searchFromEach) { try $0.harmonicCloseness(work: $1) },
    Measure("closeness", .searchFromEach) { try $0.closeness(work: $1) },
    Measure("weightedHarmonicCloseness", .searchFromEach) { graph, work in
      try graph.weightedHarmonicCloseness(of: nodes(graph), work: work)
    },
    Measure("weightedCloseness", .searchFromEach) { try $0.weightedCloseness(of: nodes($0), work: $1) },
    Measure("sampledHarmonicCloseness", .dense) { try $0.sampledHarmonicCloseness(pivots: 9, seed: 3, work: $1) },
    Measure("sampledCloseness", .dense) { try $0.sampledCloseness(pivots: 9, seed: 3, work: $1) },
    Measure("sampledWeightedHarmonicCloseness", .searchFromEach) {
      try $0.sampledWeightedHarmonicCloseness(pivots: 90, seed: 3, work: $1)
    },
    Measure("betweenness", .searchFromEach) { try $0.betweenness(work: $1) },
    Measure("betweenness from some", .dense) { graph, work in
      try graph.betweenness(from: Array(nodes(graph).prefix(9)), work: work)
    },
    Measure("sampledBetweenness", .dense) { try $0.sampledBetweenness(draws: 9, seed: 3, work: $1) },
    Measure("weightedBetweenness", .searchFromEach) { try $0.weightedBetweenness(work: $1) },
    Measure("sampledWeightedBetweenness", .searchFromEach) {
      try $0.sampledWeightedBetweenness(draws: 90, seed: 3, work: $1)
    },
    Measure("triangles", .dense) { try $0.triangles(work: $1) },
    Measure("brokerage", .dense) { try $0.brokerage(work: $1) },
    Measure("jaccard", .dense) { try $0.tieOverlap(.jaccard, work: $1) },
    Measure("adamicAdar", .dense) { try $0.tieOverlap(.adamicAdar, work: $1) },
    Measure("neighbourhood", .dense) { try $0.tieOverlap(.neighbourhood, work: $1) },
    Measure("labelPropagation") { try $0.labelPropagation(maximumIterations: 5, work: $1) },
    Measure("louvain", .dense) { try $0.louvain(seed: 5, work: $1) },
    Measure("leiden", .dense) { try $0.leiden(seed: 5, runs: 2, maximumIterations: 2, work: $1) },
    Measure("leiden of one run", .communities) { try $0.leiden(seed: 5, runs: 1, maximumIterations: 1, work: $1) },
    Measure("modularity") { graph, _ in
      try graph.modularity(of: NodePartition(labels: nodes(graph).map { $0 % 7 }))
    },
  ]
}
