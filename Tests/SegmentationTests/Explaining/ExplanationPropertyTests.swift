import DenseData
import Foundation
import Segmentation
import Testing

/// Explanations are tried out: what is suggested is applied to the engine and, apart from it, judged by the oracle.
@Suite struct ExplanationPropertyTests {
  private static let seeds = SegmentationTests.seeds(from: 0, 4, soak: 200)

  private struct Tally {
    var open = 0
    var final = 0
    var unknown = 0
    var suggested = 0
    var helpless = 0
  }

  @Test func suggestionsTurnMembershipsRound() throws {
    var tally = Tally()
    for seed in Self.seeds { try explainEverything(seed, &tally) }
    // What cannot be decided is rare: at most one term in fifty, and one membership in thirty.
    #expect(tally.unknown * 50 <= tally.open + tally.final + tally.unknown, "\(tally)")
    #expect(tally.helpless * 30 <= tally.suggested + tally.helpless, "\(tally)")
    if ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" { print(tally) }
    #expect(tally.final > 0 && tally.open > tally.final, "\(tally)")
  }

  private func explainEverything(_ seed: UInt64, _ tally: inout Tally) throws {
    var made = try GeneratedCase(seed: 5_000 + seed, segments: 8)
    let history = made.history(24)
    let start = try #require(Instant(millisecondsSinceEpoch: GeneratedCase.start - 1))
    var live = try LiveSegments(made.catalogue, at: start)
    let person = live.person(PersonID(high: 3, low: seed))
    let stops = [4, 11, 24]
    var past: [GeneratedCase.Happening] = []
    for (index, happening) in history.enumerated() {
      // What the clock has passed meanwhile changes nothing.
      if GeneratedCase.apply(happening, to: &live, person: person) != .tooLate { past.append(happening) }
      guard stops.contains(index + 1) else { continue }
      if made.random.below(2) == 0 { live.advance(to: live.clock + Int64(made.random.below(5_000_000))) }
      for segment in made.catalogue.segments {
        let explanation = try #require(live.explain(segment.name, of: person))
        check(explanation, segment, live, past, &made.random, &tally)
        let text = explanation.jsonText
        #expect(try SegmentExplanation(jsonText: text).jsonText == text)
      }
    }
  }

  private func check(
    _ explanation: SegmentExplanation, _ segment: Segment, _ live: LiveSegments, _ past: [GeneratedCase.Happening],
    _ random: inout SeededGenerator, _ tally: inout Tally
  ) {
    let number = live.catalogue.index(of: segment.name) ?? -1
    let label = "\(segment.condition) of \(segment.name) at \(live.clock - GeneratedCase.start)"
    #expect(explanation.isMember == live.isMember(0, of: number), "\(label)")

    for suggestion in explanation.suggestions {
      var copy = live
      for step in suggestion.steps {
        let isUnderstood = copy.apply(step, for: 0)
        #expect(isUnderstood, "\(label): \(step.jsonText)")
      }
      #expect(copy.isMember(0, of: number) != explanation.isMember, "\(label): \(suggestion.jsonText)")
      let oracle = oracle(live.catalogue, past, suggestion)
      #expect(
        oracle.isMember(number, at: copy.clock) != explanation.isMember, "oracle \(label): \(suggestion.jsonText)")
    }
    var later = live
    while let due = later.due(of: 0), due < live.clock + 800 * 86_400_000,
      later.isMember(0, of: number) == explanation.isMember
    { later.advance(to: due) }
    let turned = later.isMember(0, of: number) != explanation.isMember
    #expect(explanation.changesByItself == (turned ? later.clock : nil), "\(label)")

    if explanation.isFinal {
      #expect(explanation.suggestions.isEmpty)
      #expect(staysAfterAnything(live, number, &random), "said to be final: \(label)")
    } else {
      if explanation.suggestions.isEmpty { tally.helpless += 1 } else { tally.suggested += 1 }
    }
    for term in explanation.terms { check(term, live, past, &random, &tally) }
  }

  /// A term is judged as a segment of its own.
  private func check(
    _ term: ExplainedTerm, _ live: LiveSegments, _ past: [GeneratedCase.Happening], _ random: inout SeededGenerator,
    _ tally: inout Tally
  ) {
    let zones = live.catalogue.zones
    guard
      let alone = try? SegmentCatalogue(
        [Segment("alone", term.condition)], facts: live.catalogue.facts, events: live.catalogue.events,
        zone: { zones[$0] })
    else {
      Issue.record("\(term.condition) is no condition of its own")
      return
    }
    let before = GeneratedCase.oracle(alone, past)
    #expect(before.isMember(0, at: live.clock) == term.holds, "\(term.condition)")
    switch term.outlook {
    case .open:
      tally.open += 1
      guard let change = term.change else {
        Issue.record("open without a change: \(term.condition)")
        return
      }
      var clock = live.clock
      for step in change.steps { clock = max(clock, step.time ?? clock) }
      #expect(oracle(alone, past, change).isMember(0, at: clock) != term.holds, "\(term.condition): \(change.jsonText)")
    case .final:
      tally.final += 1
      #expect(term.reason != nil)
      guard let start = Instant(millisecondsSinceEpoch: GeneratedCase.start - 1),
        var single = try? LiveSegments(alone, at: start)
      else { return }
      let person = single.person(PersonID(high: 3, low: 99))
      for happening in past { _ = GeneratedCase.apply(happening, to: &single, person: person) }
      single.advance(to: live.clock)
      #expect(staysAfterAnything(single, 0, &random), "said to be final: \(term.condition)")
    case .unknown: tally.unknown += 1
    }
  }

  private func oracle(
    _ catalogue: SegmentCatalogue, _ past: [GeneratedCase.Happening], _ suggestion: SegmentSuggestion
  ) -> ConditionOracle {
    var all = past
    for step in suggestion.steps {
      switch step {
      case .interactions(let interactions):
        for _ in 0..<interactions.count { all.append(.event(interactions.event(in: catalogue.events))) }
      case .fact(let name, let value, let time):
        if let fact = catalogue.facts.index(of: name) { all.append(.fact(fact, value, at: time)) }
      case .wait, .snapshot: break
      }
    }
    return GeneratedCase.oracle(catalogue, all)
  }

  /// Random happenings and waits after now leave the membership as it is.
  private func staysAfterAnything(_ live: LiveSegments, _ segment: Int, _ random: inout SeededGenerator) -> Bool {
    let before = live.isMember(0, of: segment)
    for _ in 0..<3 {
      var copy = live
      for _ in 0..<30 {
        let time = copy.clock + 1 + Int64([0, 59_999, 3_600_000, 90_000_000][random.below(4)])
        if random.below(4) == 0 {
          let values: [Value?] = [nil, .string("c1"), .int(2), .bool(true), .double(3), .list(["a"])]
          copy.set(random.below(GeneratedCase.facts.count), to: values[random.below(6)], at: time, for: 0)
        } else {
          let amount = [.nan, -5, 0, 2, 2.5, 3, 1_000][random.below(7)]
          copy.record(
            SegmentEvent(
              GeneratedCase.kinds[random.below(4)], at: time, amount: amount,
              further: [.string(GeneratedCase.channels[random.below(3)]), .int(Int64(random.below(4)))]), for: 0)
        }
        if copy.isMember(0, of: segment) != before { return false }
      }
      copy.advance(to: copy.clock + 400 * 86_400_000)
      if copy.isMember(0, of: segment) != before { return false }
    }
    return true
  }
}
