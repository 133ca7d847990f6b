import InfluenceScoring
import SCRMModel

// README.md
func influenceSnippet(ada: PersonID, ben: PersonID, cora: PersonID) {
  let graph = InteractionGraph([
    .init(from: ben, to: ada, weight: 3, amplification: 3), .init(from: cora, to: ada, weight: 2),
    .init(from: ada, to: ben),
  ])
  for score in InfluenceScorer().scores(of: graph) {
    print(score.explanation.conclusion)  // influence 75 of 100
  }
}

// The catalogue and Documentation/Influence.md
func socialGraphSnippet(follows: [(fan: String, star: String)]) throws {
  let graph = try SocialGraph(
    edges: follows.map { SocialEdge(from: $0.fan, to: $0.star) }, meaning: .attention, duplicates: .maximum)
  let ranks = try graph.attention.pageRank()
  for (node, rank) in graph.ranking(of: ranks.values, top: 3) { print(node, rank) }
  let communities = try graph.dense.leiden(work: GraphWork(threads: 2))
  print(communities.partition.count, communities.modularity)
}

// The catalogue.
func snapshotSnippet(graph: InteractionGraph, now: Instant) -> PublishedSnapshot {
  let scorer = InfluenceScorer(authority: 40, audience: 40, amplification: 20)
  let snapshot = scorer.snapshot(of: graph, asOf: now)
  return snapshot
}
