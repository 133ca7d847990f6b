import InfluenceScoring
import Testing

/// Every exact measure against its definition on a thousand small random graphs.
@Suite struct OracleTests {
  static let seeds = 0..<1_000

  @Test func `PageRank solves its equations`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let count = it.count
      let restart = (0..<count).map { Double(($0 * 7 + seed) % 3 + ($0 == 0 ? 1 : 0)) }
      let chosen = seed % 3 == 0 ? nil : restart
      let target = (chosen ?? [Double](repeating: 1, count: count)).map { $0 / (chosen?.reduce(0, +) ?? Double(count)) }
      let settings = PageRank(
        tolerance: 1e-14, dangling: seed % 2 == 0 ? .restart : .uniform, usesWeights: seed % 5 != 0)
      var system = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
      for node in 0..<count { system[node][node] = 1 }
      for from in 0..<count {
        let row = it.matrix[from].map { $0 > 0 ? (settings.usesWeights ? $0 : 1) : 0 }
        let sum = row.reduce(0, +)
        for to in 0..<count {
          let stranded = settings.dangling == .restart ? target[to] : 1 / Double(count)
          system[to][from] -= settings.damping * (sum > 0 ? row[to] / sum : stranded)
        }
      }
      let exact = solve(system, target.map { (1 - settings.damping) * $0 })
      let found = try it.graph.pageRank(settings, restart: chosen)
      #expect(found.converged && close(found.values, exact, within: 1e-12), "seed \(seed)")
      let rough = try it.graph.pageRank(PageRank(tolerance: 1e-3, dangling: settings.dangling), restart: chosen)
      if settings.usesWeights {
        let error = zip(rough.values, exact).reduce(0) { $0 + abs($1.0 - $1.1) }
        #expect(error <= (rough.errorBound ?? 0) + 1e-12, "seed \(seed)")
        let warm = try it.graph.pageRank(settings, restart: chosen, start: exact)
        #expect(warm.iterations <= 2 && close(warm.values, exact, within: 1e-12), "seed \(seed)")
      }
    }
  }

  @Test func `local push is short of the exact values by what it says`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      var restart = [Double](repeating: 0, count: it.count)
      restart[seed % it.count] = 1
      let exact = try it.graph.pageRank(PageRank(tolerance: 1e-14), restart: restart).values
      let found = try it.graph.nearbyPageRank(from: seed % it.count, threshold: seed % 2 == 0 ? 1e-2 : 1e-5)
      var missing = 1.0
      for (node, value) in zip(found.nodes, found.values) {
        #expect(value <= exact[node] + 1e-12 && exact[node] - value <= found.errorBound + 1e-12, "seed \(seed)")
        missing -= value
      }
      #expect(abs(missing - found.errorBound) < 1e-12, "seed \(seed)")
    }
  }

  @Test func `distances and closeness`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let hops = it.distances { _ in 1 }
      let lengths = it.distances { $0 }
      for source in 0..<it.count {
        #expect(
          try it.graph.distances(from: source).map { Double($0 ?? -1) } == hops[source].map { $0.isFinite ? $0 : -1 })
        #expect(close(try it.graph.weightedDistances(from: source), lengths[source]))
      }
      let others = Double(max(it.count - 1, 1))
      let harmonic = hops.map { row in row.reduce(0) { $1 > 0 ? $0 + 1 / $1 : $0 } / others }
      #expect(close(try it.graph.harmonicCloseness().values, harmonic), "seed \(seed)")
      let closeness = hops.map { row -> Double in
        let reached = row.filter { $0.isFinite && $0 > 0 }
        let sum = reached.reduce(0, +)
        return sum > 0 ? Double(reached.count) * Double(reached.count) / others / sum : 0
      }
      #expect(close(try it.graph.closeness(of: Array(0..<it.count)), closeness), "seed \(seed)")
    }
  }

  @Test func `betweenness`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let hops = it.distances { _ in 1 }
      // The number of shortest ways, nearest pairs first.
      var ways = [[Double]](repeating: [Double](repeating: 0, count: it.count), count: it.count)
      for source in 0..<it.count {
        ways[source][source] = 1
        for target in (0..<it.count).sorted(by: { hops[source][$0] < hops[source][$1] })
        where target != source && hops[source][target].isFinite {
          for last in 0..<it.count where it.has(last, target) && hops[source][last] + 1 == hops[source][target] {
            ways[source][target] += ways[source][last]
          }
        }
      }
      var exact = [Double](repeating: 0, count: it.count)
      for from in 0..<it.count {
        for to in 0..<it.count where to != from && hops[from][to].isFinite {
          for node in 0..<it.count
          where node != from && node != to && hops[from][node] + hops[node][to] == hops[from][to] {
            exact[node] += ways[from][node] * ways[node][to] / ways[from][to]
          }
        }
      }
      if it.graph.isUndirected { exact = exact.map { $0 / 2 } }
      #expect(close(try it.graph.betweenness(work: GraphWork(threads: 2)).values, exact, within: 1e-9), "seed \(seed)")
      let estimate = try it.graph.sampledBetweenness(draws: 3, seed: 9, confidence: 0.999_999)
      let bound = try #require(estimate.errorBound)
      for (value, right) in zip(estimate.values, exact) { #expect(abs(value - right) <= bound + 1e-9) }
    }
  }

  @Test func `components`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let forth = it.distances { _ in 1 }
      let both = (0..<it.count).map { one in (0..<it.count).map { it.touch(one, $0) } }
      var reach = both
      for middle in 0..<it.count {
        for one in 0..<it.count where reach[one][middle] {
          for other in 0..<it.count where reach[middle][other] { reach[one][other] = true }
        }
      }
      let weak = (0..<it.count).map { node in (0..<it.count).first { $0 == node || reach[node][$0] } ?? node }
      let strong = (0..<it.count).map { node in
        (0..<it.count).first { forth[node][$0].isFinite && forth[$0][node].isFinite } ?? node
      }
      #expect(try it.graph.weakComponents() == NodePartition(labels: weak), "seed \(seed)")
      #expect(try it.graph.strongComponents() == NodePartition(labels: strong), "seed \(seed)")
    }
  }

  @Test func `core numbers`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      var exact = [Int](repeating: 0, count: it.count)
      for level in 1...max(it.count, 1) {
        var left = Set(0..<it.count)
        while let weak = left.sorted().first(where: { node in left.count { it.touch(node, $0) } < level }) {
          left.remove(weak)
        }
        for node in left { exact[node] = level }
      }
      #expect(try it.graph.coreNumbers() == exact, "seed \(seed)")
    }
  }

  @Test func `triangles and clustering`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      var counts = [Int](repeating: 0, count: it.count)
      var clustering = [Double](repeating: 0, count: it.count)
      for node in 0..<it.count {
        let near = (0..<it.count).filter { $0 != node && it.touch(node, $0) }
        var arcs = 0
        for one in near {
          for other in near where one != other {
            if one < other, it.touch(one, other) { counts[node] += 1 }
            if it.has(one, other) { arcs += 1 }
          }
        }
        if near.count > 1 { clustering[node] = Double(arcs) / Double(near.count * (near.count - 1)) }
      }
      let found = try it.graph.triangles(work: GraphWork(threads: 2))
      #expect(found.counts == counts && close(found.clustering, clustering), "seed \(seed)")
    }
  }

  @Test func `hubs and authorities`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      let found = try it.graph.hubsAndAuthorities(tolerance: 0, maximumIterations: 60)
      var hubs = [Double](repeating: 1, count: it.count)
      var authorities = hubs
      for _ in 0..<60 {
        authorities = (0..<it.count).map { to in (0..<it.count).reduce(0) { $0 + it.matrix[$1][to] * hubs[$1] } }
        hubs = (0..<it.count).map { from in (0..<it.count).reduce(0) { $0 + it.matrix[from][$1] * authorities[$1] } }
        let sum = hubs.reduce(0, +)
        if sum > 0 { hubs = hubs.map { $0 / sum } }
      }
      let sum = authorities.reduce(0, +)
      if sum > 0 { authorities = authorities.map { $0 / sum } }
      #expect(close(found.hubs.values, hubs) && close(found.authorities.values, authorities), "seed \(seed)")
    }
  }

  @Test func `label propagation`() throws {
    for seed in Self.seeds {
      let it = try RandomGraph(seed: seed)
      var labels = Array(0..<it.count)
      for _ in 0..<4 {
        labels = (0..<it.count).map { node in
          var votes: [Int: Int] = [:]
          for other in 0..<it.count {
            if it.has(node, other) { votes[labels[other], default: 0] += 1 }
            if !it.graph.isUndirected, it.has(other, node) { votes[labels[other], default: 0] += 1 }
          }
          return votes.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? labels[node]
        }
      }
      let found = try it.graph.labelPropagation(maximumIterations: 4)
      #expect(found.labels == labels || found.converged, "seed \(seed)")
      let once = try it.graph.labelPropagation(maximumIterations: 400)
      if once.converged, found.converged { #expect(once.labels == found.labels) }
    }
  }
}
