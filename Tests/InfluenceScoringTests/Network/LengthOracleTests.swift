import DenseData
import InfluenceScoring
import Testing

/// Measures with weights as lengths against their definitions on a thousand small random graphs.
@Suite struct LengthOracleTests {
  static let seeds = 0..<1_000

  @Test func `weighted closeness`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let lengths = it.distances { $0 }
      let others = Double(max(it.count - 1, 1))
      let nodes = Array(0..<it.count)
      let harmonic = lengths.map { row in row.reduce(0) { $1 > 0 ? $0 + 1 / $1 : $0 } / others }
      #expect(close(try it.graph.weightedHarmonicCloseness(of: nodes), harmonic), "seed \(seed)")
      let closeness = lengths.map { row -> Double in
        let reached = row.filter { $0.isFinite && $0 > 0 }
        let sum = reached.reduce(0, +)
        return sum > 0 ? Double(reached.count) * Double(reached.count) / others / sum : 0
      }
      #expect(close(try it.graph.weightedCloseness(of: nodes), closeness), "seed \(seed)")
      let estimate = try it.graph.sampledWeightedHarmonicCloseness(pivots: 3, seed: 5, confidence: 0.999_999)
      let bound = try #require(estimate.errorBound)
      for (value, right) in zip(estimate.values, harmonic) { #expect(abs(value - right) <= bound + 1e-9) }
    }
  }

  @Test func `weighted betweenness`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let lengths = it.distances { $0 }
      var ways = [[Double]](repeating: [Double](repeating: 0, count: it.count), count: it.count)
      for source in 0..<it.count {
        ways[source][source] = 1
        for target in (0..<it.count).sorted(by: { lengths[source][$0] < lengths[source][$1] })
        where target != source && lengths[source][target].isFinite {
          for last in 0..<it.count
          where it.has(last, target) && lengths[source][last] + it.matrix[last][target] == lengths[source][target] {
            ways[source][target] += ways[source][last]
          }
        }
      }
      var exact = [Double](repeating: 0, count: it.count)
      for from in 0..<it.count {
        for to in 0..<it.count where to != from && lengths[from][to].isFinite {
          for node in 0..<it.count
          where node != from && node != to && lengths[from][node] + lengths[node][to] == lengths[from][to] {
            exact[node] += ways[from][node] * ways[node][to] / ways[from][to]
          }
        }
      }
      if it.graph.isUndirected { exact = exact.map { $0 / 2 } }
      let found = try it.graph.weightedBetweenness(work: GraphWork(threads: 2))
      #expect(close(found.values, exact, within: 1e-9), "seed \(seed)")
      if !it.graph.isWeighted { #expect(close(found.values, try it.graph.betweenness().values, within: 1e-9)) }
      let estimate = try it.graph.sampledWeightedBetweenness(draws: 3, seed: 9, confidence: 0.999_999)
      let bound = try #require(estimate.errorBound)
      for (value, right) in zip(estimate.values, exact) { #expect(abs(value - right) <= bound + 1e-9) }
    }
  }

  @Test func `ways as long but for rounding count alike, lengths of 0 are refused`() throws {
    // 0.1 + 0.2 is a little more than 0.3.
    let graph = try DenseGraph(
      nodeCount: 4, sources: [0, 1, 0, 2], targets: [1, 3, 2, 3], weights: [0.1, 0.2, 0.15, 0.15])
    #expect(try graph.weightedBetweenness().values == [0, 0.5, 0.5, 0])
    let flat = try DenseGraph(nodeCount: 3, sources: [0, 1], targets: [1, 2], weights: [1, 0])
    #expect(throws: GraphError.self) { try flat.weightedBetweenness() }
    #expect(throws: GraphError.self) { try flat.weightedCloseness(of: [0]) }
    #expect(throws: GraphError.self) { try flat.weightedHarmonicCloseness(of: [3]) }
  }

  @Test func `partial sums do not depend on the number of threads`() throws {
    var random = SeededGenerator(seed: 4)
    let sources = (0..<4_000).map { _ in UInt32(random.below(200)) }
    let targets = (0..<4_000).map { _ in UInt32(random.below(200)) }
    let weights = (0..<4_000).map { _ in 0.1 + random.unit() }
    let graph = try DenseGraph(nodeCount: 200, sources: sources, targets: targets, weights: weights).simplified()
    let (one, two) = (GraphWork(threads: 1), GraphWork(threads: 2))
    #expect(try graph.weightedBetweenness(work: one) == graph.weightedBetweenness(work: two))
    #expect(
      try graph.sampledWeightedHarmonicCloseness(pivots: 50, seed: 1, work: one)
        == graph.sampledWeightedHarmonicCloseness(pivots: 50, seed: 1, work: two))
    #expect(try graph.tieOverlap(.adamicAdar, work: one) == graph.tieOverlap(.adamicAdar, work: two))
    #expect(try graph.brokerage(work: one) == graph.brokerage(work: two))
  }
}
