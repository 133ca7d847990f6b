import SCRMModel
import Segmentation
import Testing

@Suite struct ActivationCandidateTests {
  private func facts(
    _ tier: ParticipationTier, views: Int = 0, influence: Double = 0, person: UInt64 = 1
  ) throws -> PersonFacts {
    let record = PersonRecord(id: PersonID(high: 0, low: person))
    let outcome = try SegmentSet().evaluate(
      (0..<views).map { happened(.view, on: 100, id: "\($0)") }, of: record, scores: ["influence": influence],
      at: noon(100))
    var facts = outcome.facts
    facts.tier = tier
    return facts
  }

  @Test func `silent people who watch often are candidates`() throws {
    #expect(ActivationCandidate.judge(try facts(.silent, views: 2)) == nil)
    let candidate = try #require(ActivationCandidate.judge(try facts(.silent, views: 3)))
    #expect(candidate.reason == .attentiveObserver && candidate.score == 3)
    #expect(candidate.explanation.evidence.map(\.fact) == ["3 views, clicks and searches in 28 days"])
    #expect(ActivationCandidate.judge(try facts(.deep, views: 30), formerTier: .deep) == nil)
  }

  @Test func `who took part more deeply before is lapsing`() throws {
    #expect(ActivationCandidate.judge(try facts(.silent), formerTier: .silent) == nil)
    #expect(ActivationCandidate.judge(try facts(.silent), formerTier: .occasional)?.score == 10)
    let lapsed = try #require(ActivationCandidate.judge(try facts(.occasional), formerTier: .deep))
    #expect(lapsed.reason == .lapsing && lapsed.score == 20)
    // Reasons add up, the strongest leads.
    let both = try #require(ActivationCandidate.judge(try facts(.silent, views: 30), formerTier: .deep))
    #expect(both.reason == .attentiveObserver && both.score == 50)
    #expect(both.explanation.evidence.compactMap(\.weight) == [30, 20])
  }

  @Test func `influence counts for occasional participants, whatever was published`() throws {
    #expect(ActivationCandidate.judge(try facts(.occasional, influence: 49.9)) == nil)
    #expect(ActivationCandidate.judge(try facts(.occasional, influence: 50))?.reason == .influentialOccasional)
    #expect(ActivationCandidate.judge(try facts(.occasional, influence: 1e300))?.score == 100)
    #expect(ActivationCandidate.judge(try facts(.occasional, influence: .infinity))?.score == 100)
    #expect(ActivationCandidate.judge(try facts(.occasional, influence: .nan)) == nil)
  }

  @Test func `the best come first, equals by id`() throws {
    let candidates = try [(3, 1), (9, 2), (3, 3), (5, 4)].compactMap { views, person in
      ActivationCandidate.judge(try facts(.silent, views: views, person: person))
    }
    #expect(ActivationCandidate.ranked(candidates, limit: 3).map(\.person.low) == [2, 4, 1])
    #expect(ActivationCandidate.ranked(candidates.reversed(), limit: 9).map(\.person.low) == [2, 4, 1, 3])
    #expect(ActivationCandidate.ranked(candidates, limit: -1).isEmpty)
  }
}
