import DenseData
import IdentityGraph
import Testing

/// Which of several values of a trait survives.
@Suite struct GoldenProfileTests {
  private func statement(
    _ value: Value, _ source: SourceID, _ second: Int64, confidence: Double = 0.5, account: UInt64 = 1
  ) throws -> TraitValue {
    TraitValue(
      value, source: source, account: AccountID(high: account, low: 0),
      observed: try #require(Instant(secondsSinceEpoch: second)), confidence: confidence,
      event: EventKey(source, "\(second)"))
  }

  private func cities() throws -> [TraitValue] {
    [
      try statement(.string("Xi'an"), "web", 30), try statement(.string("Hangzhou City"), "crm", 10, confidence: 0.9),
      try statement(.string("Hangzhou"), "shop", 20), try statement(.string("Hangzhou"), "pos", 5),
    ]
  }

  private func profile(_ values: [TraitValue], _ rule: SurvivorshipRule) throws -> GoldenTrait {
    var ledger = TraitLedger()
    for value in values { ledger.record("city", value) }
    var policy = SurvivorshipPolicy()
    policy.traits["city"] = rule
    return try #require(GoldenProfile(of: ledger, by: policy)["city"])
  }

  @Test func `each rule chooses its own, with winners and losers`() throws {
    let last: SurvivorshipRule = .host(name: "last") { $0.count - 1 }
    let expected: [(SurvivorshipRule, String, [SourceID], [SourceID])] = [
      (.mostConfident, "Hangzhou City", ["crm"], ["web", "shop", "pos"]),
      (.mostRecent, "Xi'an", ["web"], ["crm", "shop", "pos"]),
      (.mostTrusted(["loyalty", "pos", "crm"]), "Hangzhou", ["pos", "shop"], ["crm", "web"]),
      (.mostTrusted([]), "Hangzhou City", ["crm"], ["web", "shop", "pos"]),
      (.mostFrequent, "Hangzhou", ["shop", "pos"], ["crm", "web"]),
      (.longest, "Hangzhou City", ["crm"], ["web", "shop", "pos"]),
      (last, "Hangzhou", ["pos", "shop"], ["crm", "web"]),
    ]
    for (rule, value, winners, losers) in expected {
      let trait = try profile(try cities(), rule)
      #expect(trait.value == .string(value), "\(rule.name)")
      #expect(trait.winners.map(\.source) == winners && trait.losers.map(\.source) == losers, "\(rule.name)")
      #expect(trait.rule == rule.name)
    }
  }

  @Test func `a union takes lists apart and holds each value once, in byte order`() throws {
    let values = [
      try statement(.list([.string("tea"), .string("go")]), "a", 1), try statement(.string("art"), "b", 2),
      try statement(.list([.string("go")]), "c", 3),
    ]
    let trait = try profile(values, .union)
    #expect(trait.value == .list([.string("art"), .string("go"), .string("tea")]))
    #expect(trait.winners.count == 3 && trait.losers.isEmpty)
  }

  @Test(arguments: [nil, -1, 4, Int.max])
  func `a host's function may choose none`(index: Int?) throws {
    let trait = try profile(try cities(), .host(name: "none") { _ in index })
    #expect(trait.value == nil && trait.winners.isEmpty && trait.losers.count == 4 && trait.rule == "host:none")
  }

  /// Values, sources, times and confidences that often draw.
  @Test(arguments: 0..<200)
  func `the order of arrival does not matter, and taking one's own back gives what there was`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let values = try (0..<(1 + random.below(8))).map { _ in
      try statement(
        .string(["a", "b", "cc"][random.below(3)]), ["x", "y", "z"][random.below(3)], Int64(random.below(3)),
        confidence: [0.2, 0.9][random.below(2)], account: UInt64(random.below(3)))
    }
    let rules: [SurvivorshipRule] = [
      .mostConfident, .mostRecent, .mostTrusted(["y", "x"]), .mostFrequent, .longest, .union,
    ]
    for rule in rules {
      let first = try profile(values, rule)
      for _ in 0..<3 { #expect(try profile(values.shuffled(using: &random), rule) == first, "\(rule.name)") }
      // Every statement that the ledger keeps is a winner or a loser.
      var ledger = TraitLedger()
      for value in values { ledger.record("city", value) }
      #expect(Set(first.winners + first.losers) == Set(ledger.traits.flatMap(\.values)))
      // A split person has the profile of their own statements.
      let own = values.filter { $0.account.high == 1 }
      if !own.isEmpty { #expect(try profile(own, rule).winners.allSatisfy { $0.account.high == 1 }) }
    }
  }
}
