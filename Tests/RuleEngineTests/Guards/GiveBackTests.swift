import RuleEngine
import SCRMModel
import Testing

/// What an action took is given back when it is not carried out.
@Suite struct GiveBackTests {
  private static let rules = [
    #"""
    {"name":"offer","on":["comment"],"then":[{"do":"offer","with":{"offer":"tea"},"cost":2}],"once":"person",
     "cooldown":"86400s","tags":["promo"]}
    """#
  ]

  private func desk() throws -> Desk {
    try Desk(
      Self.rules,
      guards: RuleGuards(
        caps: [try FrequencyCap("daily", limit: 1, within: .days(1))],
        budgets: [
          try BudgetCap("all", limit: 2, days: 7), try BudgetCap("own", limit: 2, perPerson: true),
          try BudgetCap("ever", limit: 2, of: .tag("promo")),
        ]))
  }

  @Test func `an action that ran out or was given up makes room for the next`() throws {
    var desk = try desk()
    let first = try #require(try desk.take("x").actions.first)
    #expect(try desk.take("x").summary == ["offer: suppressed: once"])
    let before = desk.memory
    // A customer cannot say so.
    try desk.take(nil, RuleVocabulary.undelivered, cause: .init(rule: "offer", action: first.id))
    #expect(try desk.take("x").summary == ["offer: suppressed: once"])
    desk.memory = before
    try desk.take(nil, RuleVocabulary.undelivered, role: .automation, cause: .init(rule: "offer", action: first.id))
    #expect(desk.shared == SharedRuleMemory())
    #expect(try desk.take("x").summary == ["offer: proposed"])
    // The same report again takes nothing from the new one.
    try desk.take(nil, RuleVocabulary.undelivered, role: .automation, cause: .init(rule: "offer", action: first.id))
    #expect(try desk.take("x").summary == ["offer: suppressed: once"])
  }

  @Test func `an action that was carried out keeps what it took`() throws {
    var desk = try desk()
    let first = try #require(try desk.take("x").actions.first)
    try desk.take("sent", .message, role: .automation, cause: .init(rule: "offer", action: first.id))
    #expect(try desk.take("x").summary == ["offer: suppressed: once"])
    #expect(desk.shared != SharedRuleMemory())
  }
}
