import DenseData
import Foundation
import InfluenceScoring
import Testing

/// What is done another way once graphs are large.
@Suite struct LargeGraphTests {
  @Test func `many rounds on a large graph are the rounds of a small one`() throws {
    var random = SeededGenerator(seed: 4)
    let nodes = 140_000
    // Skewed both ways, a fifth without edges that leave.
    let sources = (0..<300_000).map { _ in UInt32(random.below(random.below(nodes * 4 / 5) + 1)) }
    let targets = sources.map { _ in UInt32(random.below(random.below(nodes) + 1)) }
    for weights in [[], sources.map { _ in Double(1 + random.below(5)) }] {
      let graph = try DenseGraph(nodeCount: nodes, sources: sources, targets: targets, weights: weights)
      let restart = weights.isEmpty ? nil : (0..<nodes).map { Double($0 % 3) }
      let many = PageRank(tolerance: 0, maximumIterations: 16, dangling: .uniform)
      let whole = try graph.pageRank(many, restart: restart, work: GraphWork(threads: 2))
      #expect(try graph.pageRank(many, restart: restart) == whole)
      var few = many
      few.maximumIterations = 4
      var ranks = try graph.pageRank(few, restart: restart).values
      for _ in 0..<3 { ranks = try graph.pageRank(few, restart: restart, start: ranks).values }
      #expect(zip(ranks, whole.values).allSatisfy { abs($0 - $1) < 1e-15 })
      #expect(abs(whole.values.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1"))
  func `communities of millions of edges: the same on two threads, connected, better than those that were planted`()
    throws
  {
    var random = SeededGenerator(seed: 9)
    let (nodes, size) = (300_000, 100)
    var (sources, targets): ([UInt32], [UInt32]) = ([], [])
    for _ in 0..<2_600_000 {
      let node = random.below(nodes)
      let near = node / size * size + random.below(size)
      sources.append(UInt32(node))
      targets.append(UInt32(random.below(5) == 0 ? random.below(nodes) : near))
    }
    let graph = try DenseGraph(nodeCount: nodes, sources: sources, targets: targets).undirected()
    let planted = try graph.modularity(of: NodePartition(labels: (0..<nodes).map { $0 / size }))
    let louvain = try graph.louvain()
    #expect(try graph.louvain(work: GraphWork(threads: 2)) == louvain && louvain.modularity > planted - 0.02)
    let leiden = try graph.leiden()
    #expect(try graph.leiden(work: GraphWork(threads: 3)) == leiden && leiden.modularity > planted - 0.01)
    for members in leiden.partition.members.prefix(300) {
      #expect(try graph.induced(on: members).weakComponents().count == 1)
    }
  }
}
