import DenseData
import InfluenceScoring
import Testing

@Suite struct SocialGraphTests {
  private typealias Edge = SocialEdge<String>

  @Test func `duplicates, self-loops and isolated nodes`() throws {
    let edges = [
      Edge(from: "b", to: "a", weight: 2, time: 5), Edge(from: "b", to: "a", weight: 7, time: 3),
      Edge(from: "a", to: "a", weight: 1), Edge(from: "c", to: "b"),
    ]
    for (rule, weight) in [(DuplicateRule.sum, 9.0), (.maximum, 7), (.latest, 2), (.minimum, 2)] {
      let graph = try SocialGraph(edges: edges, isolated: ["z", "a"], meaning: .attention, duplicates: rule)
      #expect(graph.nodes == ["a", "b", "c", "z"] && graph.dense.edgeCount == 2)
      #expect(graph.dense.weight(from: 1, to: 0) == weight && graph.dense.weight(from: 0, to: 1) == nil)
      #expect(graph.edges.first { $0.from == "b" }?.time == 5)
    }
    let kept = try SocialGraph(edges: edges, meaning: .attention, selfLoops: .keep)
    #expect(kept.dense.edgeCount == 3 && kept.dense.weight(from: 0, to: 0) == 1)
  }

  @Test func `kinds are edges of their own and can be chosen`() throws {
    let edges = [
      Edge(from: "a", to: "b", weight: 1, kind: 1), Edge(from: "a", to: "b", weight: 1, kind: 2, time: 9),
      Edge(from: "b", to: "c", weight: 1, kind: 2, time: 4),
    ]
    let graph = try SocialGraph(edges: edges, meaning: .influence)
    #expect(Array(graph.edges) == edges && graph.dense.edgeCount == 2 && graph.dense.weight(from: 0, to: 1) == 2)
    let later = graph.filtered { $0.kind == 2 && $0.time > 5 }
    #expect(later.nodes == graph.nodes && Array(later.edges) == [edges[1]])
    let part = graph.induced(on: ["c", "b", "x"])
    #expect(part.nodes == ["b", "c", "x"] && Array(part.edges) == [edges[2]] && part.number(of: "x") == 2)
  }

  @Test func `the meaning of edges decides the direction`() throws {
    let follows = try SocialGraph(
      edges: [Edge(from: "fan", to: "star"), Edge(from: "friend", to: "star")], meaning: .attention)
    #expect(follows.ranking(of: try follows.attention.pageRank().values, top: 1).first?.node == "star")
    let star = try #require(follows.number(of: "star"))
    #expect(try follows.influence.distances(from: star).compactMap { $0 }.count == 3)
    let reaches = try SocialGraph(
      edges: [Edge(from: "star", to: "fan"), Edge(from: "star", to: "friend")], meaning: .influence)
    #expect(reaches.attention == follows.attention && reaches.influence == follows.influence)
  }

  @Test func `the order of the edges does not matter`() throws {
    for seed in 0..<200 {
      var random = SeededGenerator(seed: UInt64(seed))
      var edges = (0..<60).map { _ in
        SocialEdge(
          from: random.below(9) * 11, to: random.below(9) * 11, weight: 0.1 * Double(1 + random.below(9)),
          kind: UInt16(random.below(2)), time: Int64(random.below(3)))
      }
      for rule in DuplicateRule.allCases {
        let graph = try SocialGraph(edges: edges, meaning: .attention, duplicates: rule, selfLoops: .keep)
        edges.shuffle(using: &random)
        let again = try SocialGraph(edges: edges, meaning: .attention, duplicates: rule, selfLoops: .keep)
        #expect(again.dense == graph.dense && Array(again.edges) == Array(graph.edges), "seed \(seed)")
      }
    }
  }

  @Test func `views against a matrix`() throws {
    for seed in 0..<300 {
      var random = SeededGenerator(seed: UInt64(seed))
      let count = 1 + random.below(8)
      let edges = (0..<random.below(30)).map { _ in
        (UInt32(random.below(count)), UInt32(random.below(count)), Double(1 + random.below(5)))
      }
      let graph = try DenseGraph(
        nodeCount: count, sources: edges.map(\.0), targets: edges.map(\.1), weights: edges.map(\.2))
      let (sum, largest) = (graph.simplified(), graph.undirected(combining: .maximum))
      let (least, nearest) = (graph.simplified(duplicates: .minimum), graph.undirected(combining: .minimum))
      for one in 0..<count {
        for other in 0..<count {
          let there = edges.filter { $0.0 == one && $0.1 == other }.map(\.2)
          let both = there + edges.filter { $0.0 == other && $0.1 == one }.map(\.2)
          #expect(graph.weight(from: one, to: other) == (there.isEmpty ? nil : there.reduce(0, +)))
          #expect(sum.weight(from: one, to: other) == (there.isEmpty || one == other ? nil : there.reduce(0, +)))
          #expect(largest.weight(from: one, to: other) == (one == other ? nil : both.max()))
          #expect(least.weight(from: one, to: other) == (one == other ? nil : there.min()))
          #expect(nearest.weight(from: one, to: other) == (one == other ? nil : both.min()))
          #expect(graph.reversed.weight(from: other, to: one) == graph.weight(from: one, to: other))
        }
        #expect(graph.reversed.successors(of: one) == graph.predecessors(of: one))
      }
    }
  }

  @Test func `bad input is named`() throws {
    for weight in [-1, .nan, .infinity, 1e200, 1e-200] {
      #expect(throws: GraphError.self) {
        try SocialGraph(edges: [Edge(from: "a", to: "b", weight: weight)], meaning: .attention)
      }
    }
    do throws(GraphError) {
      _ = try DenseGraph(nodeCount: 2, sources: [0, 1], targets: [1, 2])
      Issue.record("expected an error")
    } catch {
      #expect(error.code == .unknownNode && error.subject == "edge 1")
    }
    #expect(throws: GraphError.self) { try DenseGraph(nodeCount: 2, sources: [0], targets: []) }
    #expect(throws: GraphError.self) { try DenseGraph(nodeCount: 2, sources: [0], targets: [1], weights: [1, 2]) }
    let graph = try DenseGraph(nodeCount: 2, sources: [0], targets: [1])
    #expect(throws: GraphError.self) { try graph.pageRank(PageRank(damping: 1)) }
    #expect(throws: GraphError.self) { try graph.pageRank(restart: [0, 0]) }
    #expect(throws: GraphError.self) { try graph.pageRank(restart: [.nan, 1]) }
    #expect(throws: GraphError.self) { try graph.pageRank(start: [1]) }
    #expect(throws: GraphError.self) { try graph.distances(from: 2) }
    #expect(throws: GraphError.self) { try graph.harmonicCloseness(of: [-1]) }
    #expect(throws: GraphError.self) { try graph.induced(on: [0, 0]) }
    #expect(throws: GraphError.self) { try graph.leiden(resolution: .nan) }
    #expect(throws: GraphError.self) { try graph.sampledBetweenness(draws: 0, seed: 1) }
  }

  @Test func `empty graphs and single nodes have answers`() throws {
    for count in 0...1 {
      let graph = try DenseGraph(nodeCount: count, sources: [], targets: [])
      #expect(try graph.pageRank().values == [Double](repeating: 1, count: count))
      #expect(try graph.harmonicCloseness().values == [Double](repeating: 0, count: count))
      #expect(try graph.betweenness().values == [Double](repeating: 0, count: count))
      #expect(try graph.coreNumbers() == [Int](repeating: 0, count: count))
      #expect(try graph.triangles().total == 0)
      #expect(try graph.weakComponents().count == count && graph.strongComponents().count == count)
      #expect(try graph.leiden().partition.count == count && graph.louvain().partition.count == count)
      #expect(try graph.labelPropagation().converged && graph.hubsAndAuthorities().hubs.converged)
      #expect(try graph.undirected().edgeCount == 0 && graph.undirected().triangles().meanClustering == 0)
    }
  }
}

@Suite struct ThreadTests {
  /// Large enough to be shared among threads.
  @Test func `any number of threads gives the same bits`() throws {
    var random = SeededGenerator(seed: 4)
    let nodes = 40_000
    let sources = (0..<300_000).map { _ in UInt32(random.below(nodes) * random.below(nodes) / nodes) }
    let targets = sources.map { _ in UInt32(random.below(nodes) * random.below(nodes) / nodes) }
    let weights = sources.map { _ in 0.1 + random.unit() }
    let graph = try DenseGraph(nodeCount: nodes, sources: sources, targets: targets, weights: weights)
    let some = Array(0..<200)
    let one = GraphWork(threads: 1)
    for threads in [2, 3] {
      let work = GraphWork(threads: threads)
      #expect(try graph.pageRank(work: work) == graph.pageRank(work: one))
      #expect(
        try graph.hubsAndAuthorities(maximumIterations: 5, work: work)
          == graph.hubsAndAuthorities(maximumIterations: 5, work: one))
      #expect(try graph.harmonicCloseness(of: some, work: work) == graph.harmonicCloseness(of: some, work: one))
      #expect(
        try graph.betweenness(from: Array(some.prefix(9)), work: work)
          == graph.betweenness(from: Array(some.prefix(9)), work: one))
      #expect(try graph.triangles(work: work) == graph.triangles(work: one))
      #expect(
        try graph.labelPropagation(maximumIterations: 5, work: work)
          == graph.labelPropagation(maximumIterations: 5, work: one))
    }
  }

  private static let measures: [(name: String, run: @Sendable (DenseGraph, GraphWork) throws -> Void)] = [
    ("pageRank", { _ = try $0.pageRank(work: $1) }),
    ("hubsAndAuthorities", { _ = try $0.hubsAndAuthorities(tolerance: 0, work: $1) }),
    ("harmonicCloseness", { _ = try $0.harmonicCloseness(work: $1) }),
    ("closeness", { _ = try $0.closeness(work: $1) }),
    ("sampledCloseness", { _ = try $0.sampledCloseness(pivots: 500, seed: 1, work: $1) }),
    ("weightedHarmonicCloseness", { _ = try $0.weightedHarmonicCloseness(of: Array(0..<$0.nodeCount), work: $1) }),
    ("betweenness", { _ = try $0.betweenness(work: $1) }),
    ("weightedBetweenness", { _ = try $0.weightedBetweenness(work: $1) }),
    ("triangles", { _ = try $0.triangles(work: $1) }),
    ("brokerage", { _ = try $0.brokerage(work: $1) }),
    ("tieOverlap", { _ = try $0.tieOverlap(.jaccard, work: $1) }),
    ("labelPropagation", { _ = try $0.labelPropagation(work: $1) }),
    ("louvain", { _ = try $0.louvain(work: $1) }),
    ("leiden", { _ = try $0.leiden(runs: 1, work: $1) }),
  ]

  @Test(arguments: measures.indices) func `a task that is cancelled when it tells its progress ends`(
    index: Int
  ) async throws {
    let measure = Self.measures[index]
    // Measures that go through all nodes once have to have many chunks of them.
    let nodes = ["triangles", "brokerage", "tieOverlap"].contains(measure.name) ? 60_000 : 2_000
    let sources = (0..<nodes * 9).map { UInt32($0 / 9) }
    let targets = sources.enumerated().map { UInt32((Int($1) * Int($1) + 1 + ($0 % 9) * ($0 % 9) * 5) % nodes) }
    let graph = try DenseGraph(nodeCount: nodes, sources: sources, targets: targets)
    let task = Task {
      try measure.run(
        graph,
        GraphWork { part in
          #expect((0...1).contains(part))
          withUnsafeCurrentTask { $0?.cancel() }
        })
    }
    await #expect(throws: GraphError(.cancelled, subject: "measure", "the task was cancelled"), "\(measure.name)") {
      try await task.value
    }
  }

  /// These tell their progress every 65,536 nodes.
  private static let passes: [(name: String, run: @Sendable (DenseGraph, GraphWork) throws -> Void)] = [
    ("weakComponents", { _ = try $0.weakComponents(work: $1) }),
    ("strongComponents", { _ = try $0.strongComponents(work: $1) }),
    ("coreNumbers", { _ = try $0.coreNumbers(work: $1) }),
    ("distances", { _ = try $0.distances(from: 0, work: $1) }),
    ("weightedDistances", { _ = try $0.weightedDistances(from: 0, work: $1) }),
    ("nearbyPageRank", { _ = try $0.nearbyPageRank(from: 0, damping: 0.999, threshold: 1e-6, work: $1) }),
  ]

  @Test func `searches and passes tell their progress from start to end and are cancelled between`() async throws {
    let nodes = 1 << 18
    // A ring with chords: every node is reached and in one component.
    let sources = (0..<nodes * 2).map { UInt32($0 / 2) }
    let targets = sources.enumerated().map { UInt32((Int($1) + 1 + ($0 % 2) * 1_000) % nodes) }
    let graph = try DenseGraph(nodeCount: nodes, sources: sources, targets: targets)
    for measure in Self.passes {
      let told = Told()
      try measure.run(graph, GraphWork { told.parts.append($0) })
      #expect(told.parts.count >= 3 && told.parts == told.parts.sorted() && told.parts.last == 1, "\(measure.name)")
      let task = Task {
        try measure.run(graph, GraphWork { _ in withUnsafeCurrentTask { $0?.cancel() } })
      }
      await #expect(throws: GraphError(.cancelled, subject: "measure", "the task was cancelled"), "\(measure.name)") {
        try await task.value
      }
    }
  }

  /// Progress is told on the calling thread.
  private final class Told: @unchecked Sendable {
    var parts: [Double] = []
  }

  @Test func `a cancelled task ends`() async throws {
    let graph = try DenseGraph(nodeCount: 3, sources: [0, 1, 2], targets: [1, 2, 0])
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try graph.betweenness()
    }
    task.cancel()
    await #expect(throws: GraphError(.cancelled, subject: "measure", "the task was cancelled")) { try await task.value }
  }
}
