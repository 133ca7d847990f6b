import InfluenceScoring
import Testing

/// The validation graphs of LDBC Graphalytics with their expected outputs.
@Suite struct GraphalyticsTests {
  private func expected(_ name: String) throws -> [(node: Int, value: Double)]? {
    try GraphData.rows("ldbc-graphalytics/\(name)")?.map { (Int($0[0]), $0[1]) }
  }

  /// Each line is a node and its neighbours.
  private func graph(_ name: String) throws -> SocialGraph<Int>? {
    guard let rows = try GraphData.rows("ldbc-graphalytics/\(name)") else { return nil }
    let edges = rows.flatMap { row in row.dropFirst().map { SocialEdge(from: Int(row[0]), to: Int($0)) } }
    return try SocialGraph(edges: edges, isolated: rows.map { Int($0[0]) }, meaning: .attention, selfLoops: .keep)
  }

  private func weighted(_ name: String) throws -> SocialGraph<Int>? {
    guard let rows = try GraphData.rows("ldbc-graphalytics/\(name).e"),
      let nodes = try GraphData.rows("ldbc-graphalytics/\(name).v")
    else { return nil }
    let edges = rows.map { SocialEdge(from: Int($0[0]), to: Int($0[1]), weight: $0[2]) }
    return try SocialGraph(edges: edges, isolated: nodes.map { Int($0[0]) }, meaning: .attention)
  }

  private func check(
    _ values: [Double], of graph: SocialGraph<Int>, _ expected: [(node: Int, value: Double)], within tolerance: Double
  ) throws {
    #expect(expected.count == graph.nodes.count)
    for (node, value) in expected {
      let found = values[try #require(graph.number(of: node))]
      if value.isInfinite {
        #expect(found.isInfinite)
      } else {
        #expect(abs(found - value) <= tolerance * max(abs(value), 1e-300), "node \(node): \(found), not \(value)")
      }
    }
  }

  @Test(arguments: [
    ("example/example-directed-input", "example/example-directed-BFS"), ("bfs/dir-input", "bfs/dir-output"),
  ])
  func `breadth-first search`(input: String, output: String) throws {
    guard let graph = try graph(input), let expected = try expected(output) else { return }
    let distances = try graph.dense.distances(from: try #require(graph.number(of: 1)))
    try check(distances.map { Double($0 ?? Int.max) }, of: graph, expected, within: 0)
  }

  @Test(arguments: [
    ("example/example-directed-input", "example/example-directed-WCC"), ("wcc/dir-input", "wcc/dir-output"),
  ])
  func `weak components`(input: String, output: String) throws {
    guard let graph = try graph(input), let expected = try expected(output) else { return }
    let labels = Dictionary(uniqueKeysWithValues: expected.map { ($0.node, $0.value) })
    #expect(try graph.dense.weakComponents() == NodePartition(labels: graph.nodes.map { labels[$0] ?? .nan }))
  }

  @Test(arguments: [
    ("example/example-directed-input", "example/example-directed-CDLP", 2), ("cdlp/dir-input", "cdlp/dir-output", 5),
  ])
  func `label propagation`(input: String, output: String, rounds: Int) throws {
    guard let graph = try graph(input), let expected = try expected(output) else { return }
    let found = try graph.dense.labelPropagation(maximumIterations: rounds)
    try check(found.labels.map { Double(graph.nodes[$0]) }, of: graph, expected, within: 0)
  }

  @Test(arguments: [
    // The second states 14 rounds, but its values are those of the limit.
    ("example/example-directed-input", "example/example-directed-PR", 2), ("pr/dir-input", "pr/dir-output", 80),
  ])
  func `ranks`(input: String, output: String, rounds: Int) throws {
    guard let graph = try graph(input), let expected = try expected(output) else { return }
    let found = try graph.dense.pageRank(PageRank(tolerance: 0, maximumIterations: rounds))
    #expect(found.iterations == rounds && !found.converged)
    try check(found.values, of: graph, expected, within: 1e-9)
  }

  @Test(arguments: [
    ("example/example-directed-input", "example/example-directed-LCC"), ("lcc/dir-input", "lcc/dir-output"),
  ])
  func `local clustering`(input: String, output: String) throws {
    guard let graph = try graph(input), let expected = try expected(output) else { return }
    try check(graph.dense.triangles().clustering, of: graph, expected, within: 1e-9)
  }

  @Test(arguments: [
    ("example/example-directed", "example/example-directed-SSSP"), ("sssp/dir-input", "sssp/dir-output"),
  ])
  func `shortest ways`(input: String, output: String) throws {
    guard let graph = try weighted(input), let expected = try expected(output) else { return }
    let found = try graph.dense.weightedDistances(from: try #require(graph.number(of: 1)))
    try check(found, of: graph, expected, within: 1e-9)
  }
}
