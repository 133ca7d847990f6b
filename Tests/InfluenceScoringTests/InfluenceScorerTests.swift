import InfluenceScoring
import SCRMModel
import Testing

@Suite struct InfluenceScorerTests {
  @Test(arguments: 1...10 as ClosedRange<UInt64>) func `scores are monotone in their measures and sums of their parts`(
    seed: UInt64
  ) {
    let graph = InteractionGraph(randomEdges(seed: seed, nodes: 20, count: 60))
    let scores = InfluenceScorer().scores(of: graph)
    #expect(scores.map(\.person) == graph.people)
    for score in scores {
      #expect((0...100).contains(score.value))
      #expect(score.parts.map(\.name) == ["authority", "audience", "amplification"])
      #expect(score.parts.reduce(0) { $0 + $1.points } == score.value)
      #expect((score.audience == 0) == (score.value == 0))
      for other in scores where other.audience > 0 && score.audience > 0 {
        let isAbove =
          score.pageRank >= other.pageRank && score.audience >= other.audience
          && score.amplification >= other.amplification
        if isAbove { #expect(score.value >= other.value) }
      }
    }
  }

  @Test func `measures and parts of a graph counted by hand`() throws {
    // 1, 2 and 3 address 4; 1 also shares what 5 says; nobody addresses 1, 2 and 3.
    let graph = InteractionGraph([edge(1, 4), edge(2, 4), edge(3, 4), edge(1, 5, 3, amplification: 3)])
    let scores = InfluenceScorer().scores(of: graph)
    #expect(scores.map(\.audience) == [0, 0, 0, 3, 1])
    #expect(scores.map(\.amplification) == [0, 0, 0, 0, 3])
    #expect(scores[3].pageRank > scores[4].pageRank)
    // Of two heard people the higher is at percentile 0.75, the lower at 0.25; without any spreading it is nothing.
    #expect(scores[3].parts.map(\.points) == [37.5, 22.5, 0] && scores[3].value == 60)
    #expect(scores[4].parts.map(\.points) == [12.5, 7.5, 15] && scores[4].value == 35)
    #expect(scores[3].explanation.conclusion == "influence 60 of 100")
    #expect(scores[3].explanation.evidence.compactMap(\.weight) == [37.5, 22.5, 0])
    #expect(scores[0].explanation.otherwise == "attention of at least one other person")
    let snapshot = InfluenceScorer().snapshot(of: graph, asOf: .epoch)
    #expect(snapshot.name == "influence" && snapshot.scores.map(\.person) == [node(4), node(5)])
    #expect(snapshot.scores.map(\.value) == [60, 35])
    #expect(InfluenceScorer().snapshot(of: scores, asOf: .epoch) == snapshot)
  }

  @Test func `equal people have equal scores`() {
    let scores = InfluenceScorer().scores(of: InteractionGraph((0..<6).map { edge($0, ($0 + 1) % 6) }))
    #expect(Set(scores.map(\.value)) == [40])
  }

  @Test func `weights are scaled to a hundred`() {
    let scorer = InfluenceScorer(authority: 1, audience: 3, amplification: -5)
    #expect((scorer.authority, scorer.audience, scorer.amplification) == (25, 75, 0))
    let none = InfluenceScorer(authority: .nan, audience: .infinity, amplification: 0)
    #expect(none.scores(of: InteractionGraph([edge(1, 2)])).allSatisfy { $0.value == 0 })
  }
}
