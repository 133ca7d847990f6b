import DenseData
import InfluenceScoring
import SCRMModel
import Testing

func node(_ number: Int) -> PersonID { PersonID(high: 0, low: UInt64(number)) }

func edge(_ from: Int, _ to: Int, _ weight: Double = 1, amplification: Double = 0) -> InteractionGraph.Edge {
  InteractionGraph.Edge(from: node(from), to: node(to), weight: weight, amplification: amplification)
}

/// A seeded random graph with parallel edges, self-loops and nodes nobody leaves.
func randomEdges(seed: UInt64, nodes: Int, count: Int) -> [InteractionGraph.Edge] {
  var random = SeededGenerator(seed: seed)
  return (0..<count).map { _ in
    let weight = 0.1 + 3 * random.unit()
    // The last fifth has no outgoing edges.
    return edge(
      random.below(nodes * 4 / 5), random.below(nodes), weight, amplification: random.below(2) == 0 ? weight / 3 : 0)
  }
}

@Suite struct PageRankTests {
  @Test func `the eleven pages of the encyclopedia`() {
    // The figure of the article "PageRank" in Wikipedia; A = 1 … K = 11.
    let links = [
      (2, 3), (3, 2), (4, 1), (4, 2), (5, 2), (5, 4), (5, 6), (6, 2), (6, 5), (7, 2), (7, 5), (8, 2), (8, 5), (9, 2),
      (9, 5), (10, 5), (11, 5),
    ]
    let ranks = InteractionGraph(links.map { edge($0.0, $0.1) }).pageRank()
    let published = [3.3, 38.4, 34.3, 3.9, 8.1, 3.9, 1.6, 1.6, 1.6, 1.6, 1.6]
    for (rank, percent) in zip(ranks, published) { #expect(abs(rank * 100 - percent) < 0.05) }
  }

  @Test func `the example of the NetworkX tests`() {
    // networkx/algorithms/link_analysis/tests/test_pagerank.py, damping 0.9.
    let links = [(1, 2), (1, 3), (3, 1), (3, 2), (3, 5), (4, 5), (4, 6), (5, 4), (5, 6), (6, 4)]
    let ranks = InteractionGraph(links.map { edge($0.0, $0.1) }).pageRank(damping: 0.9)
    let published = [0.03721197, 0.05395735, 0.04150565, 0.37508082, 0.20599833, 0.28624589]
    for (rank, expected) in zip(ranks, published) { #expect(abs(rank - expected) < 1e-7) }
  }

  @Test func `a ring shares the rank and a pair that feeds itself keeps it`() {
    let ring = InteractionGraph((0..<5).map { edge($0, ($0 + 1) % 5) }).pageRank()
    #expect(ring.allSatisfy { abs($0 - 0.2) < 1e-12 })
    // One edge: the target gets d times the source's rank more. r0 = 1 / (2 + d), r1 = (1 + d) / (2 + d).
    let pair = InteractionGraph([edge(0, 1)]).pageRank(damping: 0.85)
    #expect(abs(pair[0] - 1 / 2.85) < 1e-9 && abs(pair[1] - 1.85 / 2.85) < 1e-9)
  }

  @Test(arguments: 1...15 as ClosedRange<UInt64>) func `ranks are those of a dense power iteration`(seed: UInt64) {
    let count = 5 + Int(seed)
    let edges = randomEdges(seed: seed, nodes: count, count: count * 3)
    let graph = InteractionGraph(edges)
    var weights: [PersonID: [PersonID: Double]] = [:]
    for edge in edges where edge.from != edge.to {
      weights[edge.from, default: [:]][edge.to, default: 0] += edge.weight
    }
    let people = Set(weights.keys).union(weights.values.flatMap(\.keys)).sorted()
    #expect(graph.people == people)
    #expect(graph.edgeCount == weights.values.reduce(0) { $0 + $1.count })
    // The whole matrix, column by column: every entry of the surfer's chances, damping included.
    let size = people.count
    let matrix = people.map { from in
      let sum = weights[from]?.values.reduce(0, +) ?? 0
      return people.map { to in
        0.15 / Double(size) + 0.85 * (sum > 0 ? (weights[from]?[to] ?? 0) / sum : 1 / Double(size))
      }
    }
    var rank = [Double](repeating: 1 / Double(size), count: size)
    for _ in 0..<300 {
      rank = (0..<size).map { to in (0..<size).reduce(0) { $0 + rank[$1] * matrix[$1][to] } }
    }
    let found = graph.pageRank()
    #expect(abs(found.reduce(0, +) - 1) < 1e-12)
    for (left, right) in zip(found, rank) { #expect(abs(left - right) < 1e-9, "seed \(seed)") }
  }

  @Test func `self-loops and edges without weight are left out, parallel edges added up`() {
    let plain = InteractionGraph([edge(1, 2, 3), edge(2, 1, 1), edge(1, 3, 1)])
    let same = InteractionGraph([
      edge(1, 2), edge(1, 1, 50), edge(2, 1), edge(1, 2, 2), edge(1, 3), edge(4, 5, 0), edge(4, 5, -1),
      edge(4, 5, .nan),
      edge(4, 5, .infinity), edge(6, 6),
    ])
    #expect(same.people == [node(1), node(2), node(3)])
    #expect(same.edgeCount == 3)
    #expect(same.pageRank() == plain.pageRank())
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>) func `the order of edges does not matter to a bit`(seed: UInt64) {
    var edges = randomEdges(seed: seed, nodes: 12, count: 120)
    let first = InteractionGraph(edges)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3 {
      edges.shuffle(using: &random)
      let other = InteractionGraph(edges)
      #expect(other.pageRank() == first.pageRank())
      #expect(InfluenceScorer().scores(of: other) == InfluenceScorer().scores(of: first))
    }
  }

  @Test func `huge and tiny weights neither overflow nor lose rank`() {
    let graph = InteractionGraph([
      edge(1, 2, .greatestFiniteMagnitude), edge(1, 2, .greatestFiniteMagnitude), edge(1, 3, .greatestFiniteMagnitude),
      edge(2, 3, .leastNonzeroMagnitude), edge(3, 1, .leastNonzeroMagnitude, amplification: .nan),
      edge(3, 2, .leastNonzeroMagnitude, amplification: -4),
    ])
    let ranks = graph.pageRank()
    #expect(ranks.allSatisfy { $0.isFinite && $0 > 0 } && abs(ranks.reduce(0, +) - 1) < 1e-12)
    #expect(InfluenceScorer().scores(of: graph).allSatisfy { (0...100).contains($0.value) && $0.amplification == 0 })
  }

  @Test func `settings outside their ranges are limited`() {
    let graph = InteractionGraph([edge(1, 2), edge(2, 3), edge(3, 1), edge(1, 3)])
    for damping in [-1, 0, 1, 7, Double.nan] {
      let ranks = graph.pageRank(damping: damping, tolerance: -1, maximumIterations: -3)
      #expect(abs(ranks.reduce(0, +) - 1) < 1e-9, "\(damping)")
    }
    #expect(graph.pageRank(damping: 0).allSatisfy { abs($0 - 1.0 / 3) < 1e-12 })
  }

  @Test func `an empty graph has no ranks and no scores`() {
    for graph in [InteractionGraph([]), InteractionGraph([edge(1, 1)])] {
      #expect(graph.people.isEmpty && graph.edgeCount == 0)
      #expect(graph.pageRank().isEmpty)
      #expect(InfluenceScorer().scores(of: graph).isEmpty)
      #expect(InfluenceScorer().snapshot(of: graph, asOf: .epoch).scores.isEmpty)
    }
  }
}
