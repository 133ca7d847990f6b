import DenseData
import InfluenceScoring
import Testing

/// What must hold for each measure alike.
@Suite struct EveryMeasureTests {
  /// Edges with weights, some of them parallel, some self-loops, in an order of its own.
  private struct Edges {
    let nodes: Int
    private(set) var rows: [(from: UInt32, to: UInt32, weight: Double)]

    init(nodes: Int, count: Int, seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      self.nodes = nodes
      rows = (0..<count).map { _ in
        let from = random.below(nodes) * random.below(nodes) / nodes
        return (UInt32(from), UInt32(random.below(nodes) * random.below(nodes) / nodes), 0.1 + random.unit())
      }
    }

    func graph(isWeighted: Bool) throws -> DenseGraph {
      try DenseGraph(
        nodeCount: nodes, sources: rows.map(\.from), targets: rows.map(\.to),
        weights: isWeighted ? rows.map(\.weight) : [])
    }

    mutating func shuffle(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      rows.shuffle(using: &random)
    }
  }

  private struct Sizes: Sendable {
    /// Large enough for two threads, and three, at what a measure costs.
    let linear, searches, dense, communities: DenseGraph

    func graph(for cost: Measure.Cost) -> DenseGraph {
      switch cost {
      case .linear: linear
      case .searchFromEach: searches
      case .dense: dense
      case .communities: communities
      }
    }
  }

  private static let sizes = Result {
    try Sizes(
      linear: Edges(nodes: 10_000, count: 300_000, seed: 1).graph(isWeighted: true),
      searches: Edges(nodes: 150, count: 1_200, seed: 2).graph(isWeighted: true),
      dense: Edges(nodes: 3_000, count: 40_000, seed: 3).graph(isWeighted: true),
      communities: Edges(nodes: 3_000, count: 130_000, seed: 7).graph(isWeighted: false))
  }

  @Test(arguments: Measure.all) func `one, two and three threads give the same bits`(measure: Measure) throws {
    let graph = try Self.sizes.get().graph(for: measure.cost)
    let one = try measure.run(graph, GraphWork(threads: 1))
    for threads in measure.cost == .communities ? [2] : [2, 3] {
      #expect(try measure.run(graph, GraphWork(threads: threads)) == one, "\(threads) threads")
    }
  }

  @Test func `edges in any order give the same graph and the same bits`() throws {
    for seed in 0..<20 as Range<UInt64> {
      var edges = Edges(nodes: 12, count: 80, seed: seed)
      for isWeighted in [true, false] {
        let graph = try edges.graph(isWeighted: isWeighted)
        edges.shuffle(seed: seed + 100)
        let again = try edges.graph(isWeighted: isWeighted)
        #expect(again == graph, "seed \(seed)")
        for measure in Measure.all {
          let results = try [graph, again].map { try measure.run($0, GraphWork()) }
          #expect(results[0] == results[1], "\(measure), seed \(seed)")
        }
      }
    }
  }

  @Test func `self-loops and parallel edges change only what they are said to change`() throws {
    // Distances, components, cores, triangles, overlap and communities without weights go by who is connected to whom;
    // constraint adds parallel edges up and leaves loops out.
    let blind = [
      "weakComponents", "strongComponents", "coreNumbers", "distances", "harmonicCloseness", "closeness", "triangles",
      "jaccard", "adamicAdar", "neighbourhood", "louvain", "leiden", "modularity", "sampledHarmonicCloseness",
      "sampledCloseness",
    ]
    for seed in 0..<60 as Range<UInt64> {
      let graph = try Edges(nodes: 11, count: 50, seed: seed).graph(isWeighted: false)
      for measure in Measure.all where blind.contains(measure.description) {
        #expect(
          try measure.run(graph, GraphWork()) == measure.run(graph.unweighted(), GraphWork()),
          "\(measure), seed \(seed)")
      }
      let weighted = try Edges(nodes: 11, count: 50, seed: seed).graph(isWeighted: true)
      let (one, other) = try (weighted.brokerage(), weighted.simplified(duplicates: .sum).brokerage())
      #expect(close(one.constraint.map { $0 ?? 0 }, other.constraint.map { $0 ?? 0 }))
      #expect(close(one.effectiveSize, other.effectiveSize))
    }
  }

  @Test(arguments: Measure.all) func `no node, one node and nodes without edges have answers`(measure: Measure) throws {
    for count in [0, 1, 5] {
      let graph = try DenseGraph(nodeCount: count, sources: [], targets: [])
      for graph in [graph, graph.undirected()] {
        if count == 0, ["nearbyPageRank", "distances", "weightedDistances"].contains(measure.description) {
          #expect(throws: GraphError(.unknownNode, subject: "node 0", "expected a node in 0 ..< 0")) {
            try measure.run(graph, GraphWork())
          }
        } else {
          let result = try measure.run(graph, GraphWork(threads: 2))
          #expect(!"\(result)".contains("nan") && !"\(result)".contains("-inf"), "\(result)")
        }
      }
    }
  }

  @Test(arguments: Measure.all) func `a graph in two parts is measured as its parts are`(measure: Measure) throws {
    // Twice the same part: what one of its nodes gets, its twin gets.
    let part = Edges(nodes: 9, count: 30, seed: 4)
    let twice = part.rows.map { ($0.from, $0.to) } + part.rows.map { ($0.from + 9, $0.to + 9) }
    let graph = try DenseGraph(nodeCount: 18, sources: twice.map(\.0), targets: twice.map(\.1))
    let result = try measure.run(graph, GraphWork())
    #expect(!"\(result)".contains("nan"))
    let values: [Double]? =
      switch result.base {
      case let scores as NodeScores where scores.seed == nil: scores.values
      case let values as [Double] where values.count == 18 && measure.cost == .searchFromEach: values
      case let found as Triangles: found.clustering
      case let found as Brokerage: found.effectiveSize
      default: nil
      }
    // The restart of the personalised one differs between the twins.
    if let values, measure.description != "personalised pageRank" {
      #expect(close(Array(values.prefix(9)), Array(values.suffix(9)), within: 1e-8))
    }
    switch result.base {
    case let partition as NodePartition:
      #expect(Set(partition.groups.prefix(9)).isDisjoint(with: partition.groups.suffix(9)))
    case let found as CommunityResult:
      #expect(Set(found.partition.groups.prefix(9)).isDisjoint(with: found.partition.groups.suffix(9)))
    default: break
    }
  }

  /// Progress is told on the calling thread.
  private final class Told: @unchecked Sendable {
    var parts: [Double] = []
  }

  @Test(arguments: Measure.all) func `progress goes from 0 to 1 and never back`(measure: Measure) throws {
    let told = Told()
    let graph = try Edges(nodes: 40, count: 300, seed: 6).graph(isWeighted: true)
    _ = try measure.run(graph, GraphWork { told.parts.append($0) })
    #expect(told.parts.allSatisfy((0...1).contains) && told.parts == told.parts.sorted())
    // Rounds end when they have converged, which cannot be foreseen to the last.
    if measure.description == "pageRank" {
      #expect(told.parts.count > 5 && (told.parts.last ?? 0) > 0.7, "\(told.parts)")
      #expect(zip(told.parts, told.parts.dropFirst()).allSatisfy { $1 - $0 < 0.3 }, "\(told.parts)")
    }
  }

  @Test func `what does not converge is returned and says so`() throws {
    let graph = try Edges(nodes: 30, count: 120, seed: 8).graph(isWeighted: true)
    let ranks = try graph.pageRank(PageRank(maximumIterations: 2))
    #expect(!ranks.converged && ranks.iterations == 2 && ranks.residual > 1e-10 && ranks.values.count == 30)
    let exact = try graph.pageRank(PageRank(tolerance: 1e-14)).values
    let bound = try #require(ranks.errorBound)
    #expect(zip(ranks.values, exact).reduce(0) { $0 + abs($1.0 - $1.1) } <= bound)
    let found = try graph.hubsAndAuthorities(maximumIterations: 1)
    #expect(!found.hubs.converged && !found.authorities.converged && found.hubs.iterations == 1)
    // Two nodes take each other's label for ever.
    let pair = try DenseGraph(nodeCount: 2, sources: [0], targets: [1]).undirected().labelPropagation()
    #expect(!pair.converged && pair.iterations == 100 && pair.labels == [0, 1])
    let community = try Edges(nodes: 300, count: 900, seed: 9).graph(isWeighted: false)
    #expect(try !community.leiden(maximumIterations: 1).converged && community.leiden().converged)
  }
}
