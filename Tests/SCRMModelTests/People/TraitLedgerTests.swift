import DenseData
import SCRMModel
import Testing

@Suite struct TraitLedgerTests {
  private func value(
    _ value: Value, _ source: SourceID = "crm", account: UInt64 = 1, day: Int = 0, confidence: Double = 1,
    event: String = "1"
  ) -> TraitValue {
    TraitValue(
      value, source: source, account: AccountID(high: account, low: 0), observed: .testNow.advanced(by: .days(day)),
      confidence: confidence, event: EventKey(source, event))
  }

  @Test func theBestValueIsTheSurestThenTheLatest() {
    var ledger = TraitLedger()
    #expect(ledger["city"] == nil)
    var changed = [ledger.record("city", value("Ulm", day: 3, confidence: 0.5))]
    changed.append(ledger.record("city", value("Bonn", "form", day: 1, confidence: 0.9)))
    changed.append(ledger.record("city", value("Kiel", "web", day: 9, confidence: 0.8)))
    #expect(ledger["city"] == "Bonn")
    changed.append(ledger.record("city", value("Jena", "shop", day: 2, confidence: 0.9)))
    #expect(changed == [true, true, false, true])
    #expect(ledger.best("city")?.source == "shop")
    #expect(ledger.traits[0].values.map(\.value) == ["Jena", "Bonn", "Kiel", "Ulm"])
  }

  @Test func ofOneSourceAndAccountTheLatestCounts() {
    var ledger = TraitLedger()
    ledger.record("city", value("Ulm", day: 3, confidence: 1))
    var changed = [ledger.record("city", value("Bonn", day: 2, confidence: 1))]
    changed.append(ledger.record("city", value("Kiel", day: 4, confidence: 0.1)))
    #expect(ledger.traits[0].values.count == 1 && ledger["city"] == "Kiel")
    changed.append(ledger.record("city", value("Kiel", account: 2, day: 1, confidence: 0.05)))
    #expect(ledger.traits[0].values.count == 2)
    changed.append(ledger.record("city", value("Kiel", day: 4, confidence: 0.1)))
    #expect(changed == [false, true, false, false])
  }

  @Test func namesAreInByteOrderAndStayApart() {
    var ledger = TraitLedger()
    for name in ["b", "caf\u{E9}", "a", "cafe\u{301}", "é", ""] { ledger.record(name, value(.string(name))) }
    #expect(
      ledger.names.map { Array($0.utf8) }
        == ledger.names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(ledger.names.count == 6)
    #expect(ledger["cafe\u{301}"] == .string("cafe\u{301}") && ledger["caf\u{E9}"] == .string("caf\u{E9}"))
  }

  @Test func confidenceIsLimited() throws {
    #expect(value(1, confidence: .nan).confidence == 0 && value(1, confidence: 7).confidence == 1)
    #expect(value(1, confidence: -0.0).confidence.sign == .plus)
    let text = value(1, confidence: 0.5).jsonText
    #expect(refusal(TraitValue.self, text.replacing("0.5", with: "1.5")) == "confidence invalidValue")
    #expect(refusal(TraitValue.self, text.replacing("0.5", with: "\"1\"")) == "confidence typeMismatch")
    #expect(refusal(TraitLedger.self, #"{"city":[\#(text),{}]}"#) == "city.1.confidence missing")
    #expect(refusal(TraitLedger.self, #"{"city":{}}"#) == "city typeMismatch")
    #expect(refusal(TraitLedger.self, "[]") == " typeMismatch")
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func theOrderOfArrivalDoesNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let facts = (0..<random.below(60)).map { _ in
      (name: random.pick(["a", "b", "é", "e\u{301}"]), value: random.fact())
    }
    let whole = ledger(facts)
    for _ in 0..<3 {
      let shuffled = ledger(facts.shuffled(using: &random))
      #expect(shuffled == whole && shuffled.jsonBytes == whole.jsonBytes, "seed \(seed)")
    }
    let thirds = (0..<3).map { part in ledger(facts.enumerated().filter { $0.offset % 3 == part }.map(\.element)) }
    var (left, right) = (thirds[0], thirds[2])
    left.merge(thirds[1])
    left.merge(thirds[2])
    var tail = thirds[1]
    tail.merge(thirds[0])
    right.merge(tail)
    #expect(left.jsonBytes == whole.jsonBytes && right.jsonBytes == whole.jsonBytes, "seed \(seed)")
    left.merge(whole)
    #expect(left.jsonBytes == whole.jsonBytes)
    let again = try TraitLedger(jsonBytes: whole.jsonBytes)
    #expect(again == whole && again.jsonBytes == whole.jsonBytes)
    for name in whole.names { try checkBest(name, facts, whole) }
  }

  private func ledger(_ facts: [(name: String, value: TraitValue)]) -> TraitLedger {
    var ledger = TraitLedger()
    for fact in facts {
      let before = ledger[fact.name]
      let changed = ledger.record(fact.name, fact.value)
      #expect(changed == (before != ledger[fact.name]))
    }
    return ledger
  }

  // The best is the surest of the latest of every source and account, then the latest, then the greatest event.
  private func checkBest(_ name: String, _ facts: [(name: String, value: TraitValue)], _ ledger: TraitLedger) throws {
    let own = facts.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
    let latest = own.filter { fact in
      !own.contains { other in
        other.source == fact.source && other.account == fact.account
          && (other.observed > fact.observed || other.observed == fact.observed && other.event > fact.event)
      }
    }
    let best = try #require(ledger.best(name))
    let rank = { (value: TraitValue) in (value.confidence, value.observed, value.event) }
    #expect(latest.contains { $0.value == best.value })
    #expect(latest.allSatisfy { rank($0) <= rank(best) || $0.source == best.source && $0.account == best.account })
  }
}

extension SeededGenerator {
  fileprivate mutating func fact() -> TraitValue {
    TraitValue(
      pick(["x", "y", 1, .double(1), .null]), source: pick(["crm", "form"]),
      account: AccountID(high: UInt64(below(3)), low: 0),
      observed: Instant.testNow.advanced(by: .days(below(4))), confidence: pick([0, 0.5, 1]),
      event: EventKey(pick(["crm", "form"]), pick(["1", "2", "3"])))
  }
}
