import DenseData
import InfluenceScoring
import Testing

@Suite struct LiveGraphTests {
  @Test func `a live graph is the graph of what was done to it`() throws {
    for seed in 0..<300 {
      let it = try RandomGraph(seed: seed, directed: true)
      var random = SeededGenerator(seed: UInt64(seed) + 7)
      var matrix = it.matrix
      var live = LiveGraph(it.graph)
      for _ in 0..<30 {
        let (from, to) = (random.below(it.count), random.below(it.count))
        let weight = random.below(3) == 0 ? nil : Double(1 + random.below(3))
        try live.apply(EdgeChange(from: from, to: to, weight: weight))
        matrix[from][to] = weight ?? 0
      }
      let graph = live.graph
      #expect(graph.edgeCount == live.edgeCount)
      for from in 0..<it.count {
        for to in 0..<it.count { #expect((graph.weight(from: from, to: to) ?? 0) == matrix[from][to], "seed \(seed)") }
      }
    }
  }

  @Test func `a batch is made as a whole and compressed now and then, which nobody sees`() throws {
    var random = SeededGenerator(seed: 5)
    let nodes = 60
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: nodes), count: nodes)
    var live = LiveGraph(try DenseGraph(nodeCount: nodes, sources: [], targets: []))
    var compressed = 0
    for batch in 0..<80 {
      let changes = (0..<40).map { _ in
        EdgeChange(
          from: random.below(nodes), to: random.below(nodes),
          weight: random.below(4) == 0 ? nil : Double(1 + random.below(3)))
      }
      let before = live.pendingChanges
      try live.apply(changes)
      for change in changes { matrix[change.from][change.to] = change.weight ?? 0 }
      if live.pendingChanges < before { compressed += 1 }
      // A quarter of the edges, or few.
      #expect(live.pendingChanges <= max(256, nodes * nodes / 4))
      guard batch % 10 == 9 else { continue }
      let graph = live.graph
      #expect(graph.edgeCount == live.edgeCount && live.edgeCount == matrix.reduce(0) { $0 + $1.count { $0 > 0 } })
      for from in 0..<nodes {
        for to in 0..<nodes { #expect((graph.weight(from: from, to: to) ?? 0) == matrix[from][to]) }
      }
    }
    #expect(compressed > 1)
    let graph = live.graph
    live.compact()
    #expect(live.pendingChanges == 0 && live.graph == graph)
  }

  @Test func `a batch with a bad change changes nothing and names it`() throws {
    var live = LiveGraph(try DenseGraph(nodeCount: 3, sources: [0, 1], targets: [1, 2]))
    let before = live.graph
    let good = EdgeChange(from: 2, to: 0, weight: 1)
    for (bad, code, subject) in [
      (EdgeChange(from: 0, to: 3, weight: 1), GraphError.Code.unknownNode, "node 3"),
      (EdgeChange(from: -1, to: 0, weight: nil), .unknownNode, "node -1"),
      (EdgeChange(from: 0, to: 1, weight: .nan), .invalidWeight, "edge from 0 to 1"),
    ] {
      do throws(GraphError) {
        try live.apply([good, bad])
        Issue.record("expected an error")
      } catch { #expect(error.code == code && error.subject == subject) }
      #expect(live.graph == before && live.pendingChanges == 0)
    }
    // To nodes that come later, a graph grows first.
    live.grow(to: 4)
    try live.apply([good, EdgeChange(from: 0, to: 3, weight: 1)])
    #expect(live.nodeCount == 4 && live.edgeCount == 4)
  }
}
