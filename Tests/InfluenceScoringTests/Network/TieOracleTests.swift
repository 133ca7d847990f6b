import Foundation
import InfluenceScoring
import Testing

/// Brokers and tie strengths against their definitions on a thousand small random graphs.
@Suite struct TieOracleTests {
  static let seeds = 0..<1_000

  @Test func `constraint and effective size`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let nodes = 0..<it.count
      let tie = nodes.map { one in nodes.map { it.matrix[one][$0] + it.matrix[$0][one] } }
      let sum = tie.map { $0.reduce(0, +) }
      let strongest = tie.map { $0.max() ?? 0 }
      var constraint = [Double](repeating: 0, count: it.count)
      var effective = [Double](repeating: 0, count: it.count)
      for node in nodes {
        for contact in nodes where tie[node][contact] > 0 {
          var (part, redundant) = (tie[node][contact] / sum[node], 0.0)
          for other in nodes where other != node && other != contact && tie[node][other] > 0 {
            part += tie[node][other] / sum[node] * tie[other][contact] / sum[other]
            redundant += tie[node][other] / sum[node] * tie[contact][other] / strongest[contact]
          }
          constraint[node] += part * part
          effective[node] += 1 - redundant
        }
      }
      let found = try it.graph.brokerage(work: GraphWork(threads: 2))
      for node in nodes { #expect((found.constraint[node] == nil) == (sum[node] == 0), "seed \(seed)") }
      #expect(close(found.constraint.map { $0 ?? 0 }, constraint), "seed \(seed)")
      #expect(close(found.effectiveSize, effective), "seed \(seed)")
    }
  }

  @Test func `a star's centre is a broker, a clique's members are not`() throws {
    // Burt: n contacts that do not know each other constrain by 1 ÷ n; in a clique of n + 1, effective size is 1.
    let star = try DenseGraph(nodeCount: 5, sources: [0, 0, 0, 0], targets: [1, 2, 3, 4]).brokerage()
    #expect(star.constraint == [0.25, 1, 1, 1, 1] && star.effectiveSize == [4, 1, 1, 1, 1])
    let clique = try DenseGraph(nodeCount: 4, sources: [0, 0, 0, 1, 1, 2], targets: [1, 2, 3, 2, 3, 3]).brokerage()
    #expect(close(clique.effectiveSize, [1, 1, 1, 1]))
    // Three contacts, each 1/3 + 2 × 1/9.
    #expect(close(clique.constraint.map { $0 ?? 0 }, [Double](repeating: 3 * 25.0 / 81, count: 4)))
  }

  @Test func `tie strengths`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let near = (0..<it.count).map { one in Set((0..<it.count).filter { it.touch(one, $0) }) }
      for measure in TieOverlap.Measure.allCases {
        let found = try it.graph.tieOverlap(measure, work: GraphWork(threads: 2))
        var place = 0
        for one in 0..<it.count {
          for other in 0..<it.count where other > one && it.touch(one, other) {
            let common = near[one].intersection(near[other])
            let either = near[one].union(near[other])
            let expected =
              switch measure {
              case .jaccard: Double(common.count) / Double(either.count)
              case .adamicAdar: common.reduce(0) { $0 + 1 / log(Double(near[$1].count)) }
              case .neighbourhood:
                either.count > 2 ? Double(common.count) / Double(either.count - 2) : 0
              }
            try #require(place < found.values.count)
            #expect(found.sources[place] == one && found.targets[place] == other, "seed \(seed)")
            #expect(abs(found.values[place] - expected) < 1e-12, "seed \(seed) \(measure)")
            place += 1
          }
        }
        #expect(place == found.values.count && found.sources.count == place && found.targets.count == place)
      }
    }
  }
}
