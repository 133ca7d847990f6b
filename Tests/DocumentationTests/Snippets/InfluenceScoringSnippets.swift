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

// The catalogue.
func snapshotSnippet(graph: InteractionGraph, now: Instant) -> PublishedSnapshot {
  let scorer = InfluenceScorer(authority: 40, audience: 40, amplification: 20)
  let snapshot = scorer.snapshot(of: graph, asOf: now)
  return snapshot
}
