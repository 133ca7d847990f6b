import Segmentation
import Testing

@Suite struct ExplanationTests {
  private let day: Int64 = 86_400_000

  private func engine(
    _ conditions: [(SegmentName, String)], facts: [Fact] = [Fact("person.city", .string), Fact("tags", .list(.string))]
  ) throws -> (LiveSegments, Int) {
    let segments = try conditions.map { try Segment($0.0, parsing: $0.1) }
    var live = try LiveSegments(SegmentCatalogue(segments, facts: try FactSchema(facts), events: .amount), at: .epoch)
    let person = live.person(PersonID(high: 1, low: 1))
    return (live, person)
  }

  @Test func missingPurchasesAreCounted() throws {
    var (live, person) = try engine([("buyers", "count('purchase', days(30)) >= 3 && person.city == '上海'")])
    live.set(0, to: "上海", at: 0, for: person)
    live.record(SegmentEvent("purchase", at: 5 * day), for: person)
    let explanation = try #require(live.explain("buyers", of: person))
    #expect(!explanation.isMember && !explanation.isFinal)
    #expect(explanation.terms.map(\.isDeciding) == [true, false])
    #expect(explanation.terms[0].readings.map(\.value) == [1])
    #expect(explanation.terms[0].threshold == 3)
    #expect(explanation.terms[0].comparison == .greaterOrEqual)
    #expect(explanation.terms[1].readings == [.init("person.city", "上海")])
    #expect(
      explanation.suggestions.first?.steps
        == [.interactions(SuggestedInteractions("purchase", count: 2, at: 5 * day + 1))])
    #expect(explanation.changesByItself == nil)
  }

  @Test func leavingByTimeIsForetold() throws {
    var (live, person) = try engine([("recent", "did('login', days(7))")])
    live.record(SegmentEvent("login", at: 2 * day), for: person)
    let explanation = try #require(live.explain("recent", of: person))
    #expect(explanation.isMember)
    #expect(explanation.changesByItself == 9 * day)
    #expect(explanation.suggestions.map(\.steps) == [[.wait(until: 9 * day)]])
  }

  @Test func whatHappenedOnceIsFinal() throws {
    var (live, person) = try engine([("customers", "did('purchase', ever())"), ("others", "!segment('customers')")])
    live.record(SegmentEvent("purchase", at: day), for: person)
    let customers = try #require(live.explain("customers", of: person))
    #expect(customers.isMember && customers.isFinal && customers.suggestions.isEmpty)
    #expect(customers.terms[0].outlook == .final)
    #expect(customers.terms[0].reason == "what happened stays in its window")
    let others = try #require(live.explain("others", of: person))
    #expect(!others.isMember && others.isFinal)
    #expect(others.terms.map(\.segment) == ["customers"])
  }

  @Test func aRangeThatIsOverIsFinal() throws {
    var (live, person) = try engine([
      (
        "spring",
        "did('visit', between(timestamp('1970-01-03T00:00:00Z'), timestamp('1970-01-05T00:00:00Z')))"
      )
    ])
    let before = try #require(live.explain("spring", of: person))
    #expect(before.suggestions.first?.steps == [.interactions(SuggestedInteractions("visit", at: 2 * day))])
    live.advance(to: 4 * day)
    let after = try #require(live.explain("spring", of: person))
    #expect(after.isFinal)
    #expect(after.terms[0].reason == "its range of time is over")
  }

  @Test func termsInOneAnothersWayAreSolvedTogether() throws {
    // One purchase more is also one interaction more, so something has to leave the window first.
    var (live, person) = try engine([("few", "count('*', days(1)) == 2 && count('purchase', days(1)) == 1")])
    live.record(SegmentEvent("view", at: day), for: person)
    live.record(SegmentEvent("view", at: day + 1_000), for: person)
    let explanation = try #require(live.explain("few", of: person))
    let suggestion = try #require(explanation.suggestions.first)
    #expect(suggestion.steps.contains { if case .wait = $0 { true } else { false } })
    for step in suggestion.steps { live.apply(step, for: person) }
    #expect(live.isMember(person, of: 0))
  }

  @Test func windowsOfTheCalendarEndTheSearch() throws {
    // The window begins anew every day, with nothing in it.
    let (live, person) = try engine([("asked", "unanswered('post', 'comment', hours(2), today('UTC'))")])
    let explanation = try #require(live.explain("asked", of: person))
    #expect(explanation.changesByItself == nil && explanation.suggestions.count == 1)
  }

  @Test func tagsAndSnapshotsAreSuggested() throws {
    var (live, person) = try engine([("vip", "'vip' in tags && !('blocked' in tags)"), ("best", "snapshot('top')")])
    live.set(1, to: ["blocked", "vip"], at: 5, for: person)
    let vip = try #require(live.explain("vip", of: person))
    #expect(vip.suggestions.first?.steps == [.fact("tags", ["vip"], at: 6)])
    let best = try #require(live.explain("best", of: person))
    #expect(best.suggestions.map(\.steps) == [[.snapshot("top", isMember: true)]])
    live.apply(.snapshot("top", isMember: true), for: person)
    #expect(live.isMember(person, of: 1))
  }

  @Test func oneCatalogueServesStoredStates() throws {
    var (live, person) = try engine([("recent", "did('login', days(7))"), ("other", "did('view', days(7))")])
    live.record(SegmentEvent("login", at: 2 * day), for: person)
    let explainer = try SegmentExplainer(live.catalogue, "recent")
    let later = try #require(Instant(millisecondsSinceEpoch: 10 * day))
    let id = try #require(live.id(person))
    let explanation = try explainer.explain(state: live.state(of: person), of: id, at: later)
    #expect(!explanation.isMember)
    #expect(explanation.time == 10 * day)
    #expect(throws: SCRMError.self) { try explainer.explain(state: [1, 2], of: id, at: later) }
    #expect(throws: SegmentError.self) { try SegmentExplainer(live.catalogue, "nobody") }
    #expect(live.explain("nobody", of: person) == nil)
    #expect(live.explain("recent", of: 7) == nil)
  }

  @Test func printedFormsHoldNoPersonalData() throws {
    var (live, person) = try engine(
      [("s", "person.city == 'c' || sum('purchase', event.amount, days(9)) >= 100.0 || count('view', days(3)) > 4")])
    live.set(0, to: "隐秘", at: 1, for: person)
    live.record(SegmentEvent("purchase", at: 2, amount: 61.25), for: person)
    live.record(SegmentEvent("view", at: 3), for: person)
    let explanation = try #require(live.explain("s", of: person))
    for text in [
      "\(explanation)", "\(explanation.terms)", "\(explanation.suggestions)", "\(explanation.terms[0].readings)",
    ] {
      #expect(!text.contains("隐秘") && !text.contains("61.25") && !text.contains("38.75"))
    }
    #expect("\(explanation)".contains("count(\"view\", days(3)) > 4 does not hold, it is 1"))
    #expect(explanation.jsonText.contains("隐秘"))
  }
}
