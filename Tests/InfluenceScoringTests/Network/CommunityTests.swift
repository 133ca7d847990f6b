import DenseData
import InfluenceScoring
import Testing

@Suite struct CommunityTests {
  /// By the definition, over all pairs.
  private func modularity(_ it: RandomGraph, _ groups: [UInt32]) -> Double {
    let weight = (0..<it.count).map { one in
      (0..<it.count).map { other -> Double in
        if it.graph.isUndirected { return it.matrix[one][other] }
        // Without weights one direction and both are the same tie.
        return it.graph.isWeighted ? it.matrix[one][other] + it.matrix[other][one] : it.touch(one, other) ? 1 : 0
      }
    }
    let degree = weight.map { $0.reduce(0, +) }
    let total = degree.reduce(0, +)
    if total == 0 { return 0 }
    var sum = 0.0
    for one in 0..<it.count {
      for other in 0..<it.count where groups[one] == groups[other] {
        sum += weight[one][other] - degree[one] * degree[other] / total
      }
    }
    return sum / total
  }

  @Test func `modularity and connectedness on a thousand graphs`() throws {
    for seed in 0..<1_000 {
      let it = try RandomGraph(seed: seed)
      let leiden = try it.graph.leiden(seed: UInt64(seed))
      let louvain = try it.graph.louvain(seed: UInt64(seed))
      for found in [leiden, louvain] {
        #expect(abs(found.modularity - modularity(it, found.partition.groups)) < 1e-12, "seed \(seed)")
      }
      let alone = NodePartition(labels: Array(0..<it.count))
      #expect(leiden.modularity >= (try it.graph.modularity(of: alone)) - 1e-12)
      for members in leiden.partition.members {
        #expect(try it.graph.induced(on: members).weakComponents().count == 1, "seed \(seed)")
      }
    }
  }

  @Test func `larger graphs: connected, the same for any thread count and order of edges`() throws {
    for seed in 0..<20 {
      var random = SeededGenerator(seed: UInt64(seed))
      let nodes = 400
      var edges = (0..<3_000).map { _ in
        let group = random.below(10) * 40
        let far = random.below(5) == 0
        return SocialEdge(from: group + random.below(40), to: far ? random.below(nodes) : group + random.below(40))
      }
      let graph = try SocialGraph(edges: edges, meaning: .attention).dense.undirected()
      let found = try graph.leiden(work: GraphWork(threads: 1))
      edges.shuffle(using: &random)
      let shuffled = try SocialGraph(edges: edges, meaning: .attention).dense.undirected()
      #expect(try shuffled.leiden(work: GraphWork(threads: 2)) == found)
      #expect(try shuffled.louvain(work: GraphWork(threads: 2)) == graph.louvain())
      for members in found.partition.members {
        #expect(try graph.induced(on: members).weakComponents().count == 1, "seed \(seed)")
      }
    }
  }

  @Test func `two cliques and a bridge`() throws {
    var sources: [UInt32] = [0]
    var targets: [UInt32] = [5]
    for one in 0..<5 {
      for other in 0..<one {
        sources += [UInt32(one), UInt32(one + 5)]
        targets += [UInt32(other), UInt32(other + 5)]
      }
    }
    let graph = try DenseGraph(nodeCount: 11, sources: sources, targets: targets).undirected()
    let expected = NodePartition(labels: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2])
    #expect(try graph.leiden().partition == expected && graph.louvain().partition == expected)
  }

  @Test func `agreement of divisions`() throws {
    // The example of Wikipedia's "Rand index" in pairs, counted by hand.
    let one = NodePartition(labels: [1, 1, 1, 2, 2, 2])
    let other = NodePartition(labels: ["a", "a", "b", "b", "c", "c"])
    // Pairs together: 6 and 3, both 2; expected 6 × 3 ÷ 15 = 1.2.
    #expect(abs(try one.adjustedRandIndex(with: other) - (2 - 1.2) / (4.5 - 1.2)) < 1e-15)
    // I = 2 × (1/3) ln 2; H = ln 2 and ln 3.
    let information = 2.0 / 3 * 0.693_147_180_559_945_3
    let entropies = 0.693_147_180_559_945_3 + 1.098_612_288_668_109_8
    #expect(abs(try one.normalizedMutualInformation(with: other) - 2 * information / entropies) < 1e-15)
    #expect(throws: GraphError.self) { try one.adjustedRandIndex(with: NodePartition(labels: [1])) }
  }
}
