import InfluenceScoring
import Testing

/// Measures by id follow the meaning of the edges.
@Suite struct MeaningTests {
  private typealias Edge = SocialEdge<String>

  /// Two fans and a friend pay attention to a star, who pays attention to the friend.
  private static let follows = [
    Edge(from: "fan", to: "star"), Edge(from: "other fan", to: "star"), Edge(from: "friend", to: "star"),
    Edge(from: "star", to: "friend"),
  ]

  @Test func `the same ties told either way give the same answers`() throws {
    let follows = try SocialGraph(edges: Self.follows, meaning: .attention)
    let reaches = try SocialGraph(
      edges: Self.follows.map { Edge(from: $0.to, to: $0.from) }, meaning: .influence)
    let ranks = try follows.pageRank()
    #expect(follows.ranking(of: ranks.values, top: 2).map(\.node) == ["star", "friend"])
    #expect(try reaches.pageRank() == ranks && follows.attention.pageRank() == ranks)
    #expect(try reaches.hubsAndAuthorities() == follows.hubsAndAuthorities())
    let authorities = try reaches.hubsAndAuthorities().authorities.values
    #expect(reaches.ranking(of: authorities, top: 1).first?.node == "star")
    let near = try follows.nearbyPageRank(from: "fan")
    #expect(try reaches.nearbyPageRank(from: "fan") == near)
    #expect(near.nodes.prefix(2).map { follows.nodes[$0] } == ["star", "friend"])
    let reach = try follows.harmonicReach()
    #expect(try reaches.harmonicReach() == reach)
    // The star reaches all three at once, the friend the star at once and the fans through it, the fans nobody.
    #expect(close(reach.values, [0, (1 + 2 / 2.0) / 3, 0, 1]))
    #expect(follows.nodes == ["fan", "friend", "other fan", "star"])
    for graph in [follows, reaches] {
      #expect(try graph.reach(of: "friend") == [2, 0, 2, 1] && graph.reach(of: "fan") == [0, nil, nil, nil])
    }
  }

  @Test func `restart weights and ranks are given by id`() throws {
    let graph = try SocialGraph(
      edges: [Edge(from: "b", to: "c"), Edge(from: "c", to: "a"), Edge(from: "a", to: "b")], meaning: .attention)
    #expect(try graph.values(of: ["c": 2, "a": 0.5]) == [0.5, 0, 2])
    let ranks = try graph.pageRank(restart: ["b": 1])
    #expect(graph.ranking(of: ranks.values).map(\.node) == ["b", "c", "a"])
    let known = Dictionary(uniqueKeysWithValues: zip(graph.nodes, ranks.values))
    #expect(try graph.pageRank(restart: ["b": 3], start: known).iterations <= 2)
    func unknown(_ name: String) -> GraphError {
      GraphError(.unknownNode, subject: "node \(name)", "is not in the graph, expected one of its nodes")
    }
    #expect(throws: unknown("x")) { try graph.pageRank(restart: ["y": 1, "a": 1, "x": 1]) }
    #expect(throws: unknown("y")) { try graph.nearbyPageRank(from: "y") }
    #expect(throws: unknown("z")) { try graph.reach(of: "z") }
    #expect(throws: GraphError.self) { try graph.pageRank(restart: ["a": -1]) }
    #expect(throws: GraphError.self) { try graph.pageRank(restart: [:]) }
  }
}
