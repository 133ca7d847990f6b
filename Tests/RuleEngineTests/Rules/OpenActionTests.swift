import DenseData
import RuleEngine
import SCRMModel
import Testing

@Suite struct OpenActionTests {
  private let refund = rule("refund", keywords: KeywordTrigger(any: ["refund"])) { $0.person.influence < 50 }

  @Test func `proposed actions stay open with their triggers, suppressed ones do not`() throws {
    var desk = try RuleDesk(refund)
    let first = try #require(desk.take(said("refund", id: "1", at: 7)).first)
    let second = try #require(desk.take(said("refund", id: "2", at: 3)).first)
    desk.take(said("refund", id: "3", at: 9), suppression: .late)
    try desk.reopen()
    #expect(
      desk.session.openTriggers(of: anna) == [
        OpenAction(action: first.id, trigger: first.trigger, triggered: minute(7)),
        OpenAction(action: second.id, trigger: second.trigger, triggered: minute(3)),
      ])
    #expect(desk.session.latestOpenTrigger(of: anna) == minute(7))
    #expect(desk.session.latestOpenTrigger(of: berta) == nil && desk.session.openTriggers(of: berta).isEmpty)
  }

  @Test func `at most sixteen are watched, the latest`() throws {
    var desk = try RuleDesk(rule("all"))
    for index in 0..<20 { desk.take(said(id: "\(index)", at: index)) }
    try desk.reopen()
    #expect(desk.session.openTriggers(of: anna).map(\.trigger.id) == (4..<20).map { "\($0)" })
  }

  @Test func `expired actions are no longer watched`() throws {
    var desk = try RuleDesk(rule("short", on: [.post], validity: .minutes(10)), rule("long", on: [.comment]))
    desk.take(said(nil, .post, id: "1", at: 0))
    desk.take(said(nil, .comment, id: "2", at: 9))
    #expect(desk.session.openTriggers(of: anna).map(\.trigger.id) == ["1", "2"])
    desk.take(said(nil, .comment, id: "3", at: 10))
    #expect(desk.session.openTriggers(of: anna).map(\.trigger.id) == ["2", "3"])
  }

  @Test func `an action that was carried out is no longer watched`() throws {
    var desk = try RuleDesk(refund)
    let action = try #require(desk.take(said("refund", id: "1")).first)
    desk.take(said("thanks", id: "2", cause: .init(rule: "refund", action: ActionID(high: 1, low: 1))))
    #expect(desk.session.openTriggers(of: anna).count == 1)
    desk.take(said("thanks", id: "3", cause: .init(rule: "refund", action: action.id)))
    #expect(desk.session.openTriggers(of: anna).isEmpty)
    try desk.reopen()
    #expect(desk.stored.isEmpty)
  }

  @Test func `a retracted trigger cancels its action only`() throws {
    var desk = try RuleDesk(refund)
    let interactions = ["1", "2"].map { said("refund", id: $0) }
    let actions = interactions.flatMap { desk.take($0) }
    let cancelled = desk.reconsider(facts(), triggers: interactions, retracted: [actions[0].trigger])
    #expect(cancelled.map(\.action) == [actions[0].id])
    #expect(cancelled.first?.reason == "test/cause: the interaction that triggered it was taken back or replaced")
    #expect(cancelled.first?.position == LogPosition(3))
    #expect(desk.session.openTriggers(of: anna).map(\.action) == [actions[1].id])
  }

  @Test func `a condition that no longer holds cancels, one that holds does not`() throws {
    var desk = try RuleDesk(refund)
    let interaction = said("refund", id: "1")
    desk.take(interaction)
    #expect(desk.reconsider(facts(influence: 49), triggers: [interaction]).isEmpty)
    // Without the trigger's content nothing can be said about the condition.
    #expect(desk.reconsider(facts(influence: 90)).isEmpty)
    let cancelled = desk.reconsider(facts(influence: 90), triggers: [interaction])
    #expect(
      cancelled.map(\.reason) == [
        "test/cause: with all that is known now the condition of refund no longer holds"
      ])
    #expect(desk.reconsider(facts(influence: 90), triggers: [interaction]).isEmpty)
  }

  @Test func `keywords are read again from the trigger`() throws {
    var desk = try RuleDesk(refund)
    var interaction = said("refund", id: "1")
    desk.take(interaction)
    interaction.text = LocalizedText("never mind")
    #expect(desk.reconsider(facts(), triggers: [interaction]).count == 1)
  }

  @Test func `withdrawn consent cancels, also when the content of the trigger is gone`() throws {
    var desk = try RuleDesk(rule("offer", purpose: .marketing))
    let (granted, denied) = (ConsentStatement(.granted, .marketing), ConsentStatement(.denied, .marketing))
    desk.take(said(id: "1"), facts(consents: [granted]))
    #expect(desk.reconsider(facts(consents: [granted])).isEmpty)
    let cancelled = desk.reconsider(facts(consents: [granted, denied]))
    #expect(cancelled.count == 1 && cancelled[0].reason.contains("consent for marketing was refused"))
    var other = try RuleDesk(rule("reply"))
    other.take(said(id: "1"))
    #expect(
      other.reconsider(facts(consents: [.init(.denied, .automatedDecision)]), triggers: [said(id: "1")]).count == 1)
  }

  @Test func `an action of a rule that is gone is cancelled`() throws {
    var desk = try RuleDesk(refund)
    let interaction = said("refund", id: "1")
    desk.take(interaction)
    try desk.reopen(under: try RuleSet([rule("other")]))
    #expect(
      desk.reconsider(facts(), triggers: [interaction]).map(\.reason) == [
        "test/cause: the rule is no longer registered"
      ])
  }

  @Test func `merging joins cooldowns and open actions`() throws {
    var desk = try RuleDesk(rule("reply", cooldown: .minutes(60)), rule("note", on: [.post]))
    desk.take(said(nil, .post, id: "1", at: 5))
    desk.take(said(id: "2", at: 8), facts(berta))
    try desk.reopen()
    #expect(desk.stored.count == 2)
    desk.session.merge(berta, into: anna, at: LogPosition(9))
    #expect(desk.session.openTriggers(of: anna).map(\.trigger.id).sorted() == ["1", "1", "2"])
    #expect(desk.session.openTriggers(of: anna).map(\.triggered) == [minute(5), minute(5), minute(8)])
    // The later of two cooldowns counts.
    #expect(desk.take(said(id: "3", at: 67)).suppressions == [.cooldown])
    #expect(desk.take(said(id: "4", at: 68)).suppressions == [nil])
    try desk.reopen()
    #expect(desk.stored.map(\.key) == [.person(anna)])
    desk.session.merge(berta, into: anna, at: LogPosition(10))
    #expect(desk.session.changes().isEmpty)
  }

  @Test func `the state survives a round trip and is written only when it changed`() throws {
    var desk = try RuleDesk(rule("reply", cooldown: .minutes(60)), refund)
    desk.take(said("refund", id: "1"))
    try desk.reopen()
    #expect(desk.session.changes().isEmpty)
    let record = desk.stored[0]
    #expect(record.kind == "rules" && record.version == LogPosition(1) && record.due == nil)
    desk.take(said("thanks", id: "2", at: 1))
    #expect(desk.session.changes().isEmpty)
    let change = try #require(desk.take(said("refund", id: "3", at: 2)).isEmpty ? nil : desk.session.changes().first)
    #expect(change.replaces == LogPosition(1) && change.record.version == LogPosition(3))
  }

  @Test func `wrong schemas and corrupt states are typed errors, and no bytes crash`() throws {
    var desk = try RuleDesk(rule("reply", cooldown: .minutes(60)))
    for index in 0..<3 { desk.take(said(id: "\(index)", at: index * 60)) }
    try desk.reopen()
    var record = desk.stored[0]
    record.schema = 9
    #expect(throws: SCRMError(.unsupportedSchema, subject: "rules \(record.key.text)", "expected schema 1, found 9")) {
      try desk.set.begin([record])
    }
    record.schema = 1
    record.bytes.append(0)
    #expect(#expect(throws: SCRMError.self) { try desk.set.begin([record]) }?.code == .corruptState)
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      record.bytes = desk.stored[0].bytes
      for _ in 0...random.below(3) {
        record.bytes[random.below(record.bytes.count)] = UInt8(truncatingIfNeeded: random.next())
      }
      guard var session = try? desk.set.begin([record]) else { continue }
      _ = session.evaluate(RuleInput(interaction: said(id: "z", at: 900), person: facts(at: 900)), at: LogPosition(9))
      _ = session.reconsider(
        facts(), triggers: [:], retracted: [EventKey("test", "1")], cause: EventKey("test", "c"), at: LogPosition(9))
      _ = session.changes()
    }
  }
}
