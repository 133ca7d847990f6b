import RuleEngine
import SCRMModel
import Testing

@Suite struct RuleGateTests {
  @Test func `a cooldown runs in the time of the loop`() throws {
    var desk = try RuleDesk(rule("reply", cooldown: .minutes(60)))
    #expect(desk.take(said(id: "1", at: 0)).suppressions == [nil])
    try desk.reopen()
    let early = desk.take(said(id: "2", at: 59))
    #expect(early.suppressions == [.cooldown])
    #expect(early.first?.explanation.otherwise == "an interaction at \(minute(60)) or later")
    // An old event received late is decided at the time of the loop, and a suppressed one does not prolong it.
    var late = said(id: "3", at: -500)
    late.received = minute(60)
    #expect(desk.take(late).suppressions == [nil])
    #expect(desk.take(said(id: "4", at: 119)).suppressions == [.cooldown])
    // Somebody else is not concerned.
    #expect(desk.take(said(id: "5", at: 119), facts(berta)).suppressions == [nil])
  }

  @Test func `cancelling an action releases its cooldown`() throws {
    var desk = try RuleDesk(rule("reply", cooldown: .minutes(60)))
    let action = try #require(desk.take(said(id: "1")).first)
    #expect(desk.reconsider(facts(at: 1), retracted: [action.trigger]).map(\.action) == [action.id])
    #expect(desk.take(said(id: "2", at: 2)).suppressions == [nil])
  }

  @Test func `consent for purpose and channel is needed`() throws {
    let offer = rule("offer", purpose: .marketing, channel: "sms")
    func suppression(_ consents: ConsentStatement...) throws -> ProposedAction.Suppression? {
      var desk = try RuleDesk(offer)
      return desk.take(said(), facts(consents: consents)).suppressions[0]
    }
    #expect(try suppression() == .consent)
    #expect(try suppression(.init(.granted, .marketing)) == nil)
    #expect(try suppression(.init(.granted, .marketing, channel: "email")) == .consent)
    #expect(try suppression(.init(.granted, .marketing), .init(.denied, .marketing, channel: "sms")) == .consent)
    #expect(try suppression(.init(.granted, .marketing), .init(.denied, .marketing, channel: "email")) == nil)
    #expect(try suppression(.init(.granted, .marketing), .init(.denied, .automatedDecision)) == .consent)
    #expect(try suppression(.init(.granted, .marketing, expires: minute(-1))) == .consent)
    // Silence about automated decisions permits, and about a service.
    var service = try RuleDesk(rule("reply"))
    #expect(service.take(said()).suppressions == [nil])
    #expect(service.take(said(id: "2"), facts(consents: [.init(.denied, .service)])).suppressions == [.consent])
    var strict = try RuleDesk(rule("reply"), consentPolicy: ConsentPolicy(requiresGrant: [.service]))
    #expect(strict.take(said()).suppressions == [.consent])
  }

  @Test func `import and lateness come before consent, consent before cooldown`() throws {
    var desk = try RuleDesk(rule("offer", purpose: .marketing, cooldown: .minutes(60)))
    let willing = [ConsentStatement(.granted, .marketing)]
    #expect(desk.take(said(id: "1"), suppression: .backfill).suppressions == [.backfill])
    #expect(desk.take(said(id: "2"), suppression: .late).suppressions == [.late])
    #expect(desk.take(said(id: "3")).suppressions == [.consent])
    // None of them started the cooldown or stays open.
    #expect(desk.session.changes().isEmpty)
    #expect(desk.take(said(id: "4"), facts(consents: willing)).suppressions == [nil])
    #expect(desk.take(said(id: "5"), facts(consents: willing)).suppressions == [.cooldown])
    #expect(desk.take(said(id: "6")).suppressions == [.consent])
    #expect(desk.take(said(id: "7"), suppression: .late).suppressions == [.late])
  }

  @Test func `explanations name the facts and no personal data`() throws {
    let judging = Rule(
      "refund", version: 7, keywords: KeywordTrigger(any: ["refund"]),
      judging: { _ in
        Judgement(true, evidence: [.init("purchases in 30 days = 2", weight: 2)], otherwise: "no purchase in 30 days")
      }, propose: { _ in Proposal("reply") })
    var desk = try RuleDesk(judging)
    let action = try #require(desk.take(said("my number is 13800138000, refund me", id: "n1")).first)
    #expect(action.explanation.conclusion == "refund version 7 proposes reply")
    #expect(
      action.explanation.evidence.map(\.fact) == [
        "comment by the person", "the text holds “refund”", "purchases in 30 days = 2",
        "service needs no consent by the policy",
      ])
    #expect(action.explanation.evidence[0].event == EventKey("test", "n1"))
    #expect(action.explanation.otherwise == "no purchase in 30 days")
    for secret in ["13800138000", "anna", "my number"] { #expect(!action.explanation.text.contains(secret)) }
    let held = try #require(desk.take(said("refund", id: "n2"), suppression: .backfill).first)
    #expect(held.explanation.otherwise == "a live interaction")
    #expect(held.explanation.evidence.last?.fact == "the interaction was imported, not live")
  }

  @Test func `an action says everything the host needs`() throws {
    var desk = try RuleDesk(
      Rule("offer", version: 3, purpose: .service, channel: "sms") { context in
        Proposal("coupon", parameters: ["of": .string(context.interaction.key.id)], validity: .minutes(10))
      })
    let action = try #require(desk.take(said(id: "x", at: 5)).first)
    #expect(action.rule == "offer" && action.ruleVersion == 3 && action.person == anna && action.kind == "coupon")
    #expect(action.channel == "sms" && action.purpose == .service && action.parameters["of"] == .string("x"))
    #expect(action.trigger == EventKey("test", "x") && action.decided == minute(5) && action.expires == minute(15))
    #expect(action.position == LogPosition(1) && action.isProposed)
  }

  @Test func `the id of an action is that of rule, version and trigger`() throws {
    func id(_ name: String, _ version: Int, _ trigger: String, at time: Int = 0) throws -> ActionID {
      var desk = try RuleDesk(rule(name, version: version))
      return try #require(desk.take(said(id: trigger, at: time)).first).id
    }
    #expect(try id("a", 1, "x") == id("a", 1, "x", at: 50))
    #expect(try Set([id("a", 1, "x"), id("a", 2, "x"), id("b", 1, "x"), id("a", 1, "y")]).count == 4)
  }
}
