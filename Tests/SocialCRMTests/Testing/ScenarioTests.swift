import SCRMTesting
import SocialCRM
import Testing

@Suite struct ScenarioTests {
  private static func configuration() throws -> SocialCRM.Configuration {
    try .init(
      segments: [
        SegmentDefinition("buyers", version: 1) { person in
          let count = person.count(.purchase, days: 30)
          return Judgement(
            count > 0, evidence: [.init("purchases in 30 days = \(count)")],
            otherwise: "at least one purchase in 30 days")
        },
        SegmentDefinition("loud", version: 1) { $0.influence >= 50 },
      ],
      rules: [
        Rule(
          "refund-request", version: 1, on: [.comment, .message], keywords: KeywordTrigger(any: ["refund", "退款"]),
          cooldown: .hours(24)
        ) { context in
          context.person.isIn("buyers")
        } propose: { _ in
          Proposal("reply")
        },
        Rule("offer", version: 1, on: [.view], purpose: .marketing) { _ in Proposal("coupon") },
      ])
  }

  @Test func aScenarioOfTheWholeLoopPasses() async throws {
    let report = try await Scenario(Self.configuration())
      .at("2024-05-01T08:00:00Z")
      .given(
        .person("anna", .email, "anna@example.com").with("city", "Berlin").granting(.marketing)
          .having(.purchase, times: 2, ago: .days(3), amount: Money(units: 4_000, scale: 2, currency: "EUR"))
      )
      .given(.person("visitor", .anonymous("web"), "v1"))
      .expect(.member("anna", of: "buyers"))
      .expect(.notMember(of: "buyers"))
      .expect(.differentPeople("anna", "visitor"))
      .when("anna", .comment, "It broke, I want a REFUND", id: "complaint")
      .expect(.accepted)
      .expect(.action("reply", by: "refund-request"))
      .expect(.facts("anna spent 80 EUR") { $0.spent("EUR") == Money(units: 80, scale: 0, currency: "EUR") })
      .after(.hours(1))
      .when("anna", .message, "我要退款")
      .expect(.suppressed(.cooldown, by: "refund-request"))
      .expect(.noAction())
      .when("anna", takesBack: "complaint")
      .expect(.cancellation(of: "refund-request"))
      .when("visitor", .view)
      .expect(.suppressed(.consent, by: "offer"))
      .when("visitor", turnsOutToBe: "anna")
      .expect(.onePerson("anna", "visitor"))
      .when("visitor", .view)
      .expect(.action("coupon"))
      .expect(.trait("city", "Berlin"))
      .expect(.trait("birthday", nil))
      .when("anna", .denied, .marketing)
      .expect(.cancellation(of: "offer"))
      .published("influence", ("anna", 70))
      .when("anna", .like)
      .expect(.member(of: "loud"))
      .expect(.tier(.occasional))
      .after(.days(31))
      .expect(.notMember(of: "buyers"))
      .expect(.tier(.silent))
      .when("anna", .message, "refund?")
      .expect(.noAction("reply"))
      .run()
    #expect(report.passed, "\(report)")
    #expect(report.expectations == 20)
    #expect(report.description == "20 of 20 expectations met")
  }

  @Test func failuresSayWhatHappenedInsteadAndWhy() async throws {
    let report = try await Scenario(Self.configuration())
      .given(.person("anna", .email, "anna@example.com").with("city", "Berlin"))
      .when("anna", .comment, "refund please")
      .expect(.action("reply", by: "refund-request"))
      .when("anna", .comment, "hello")
      .expect(.action("reply", by: "refund-request"))
      .when("anna", .like)
      .expect(.action("reply", by: "refund-request"))
      .when("anna", .view)
      .expect(.action("coupon"))
      .expect(.member(of: "buyers"))
      .expect(.tier(.deep))
      .expect(.trait("city", "Bern"))
      .expect(.action("reply", by: "no-such-rule"))
      .expect(.refused())
      .expect(.onePerson("anna", "nobody"))
      .run()
    let reasons = report.failures.map(\.reason)
    #expect(reasons.count == 10)
    #expect(reasons[0].contains("the condition of refund-request does not hold"))
    #expect(reasons[0].contains("“refund”"))
    #expect(reasons[1].contains("a text with one of “refund”, “退款”"))
    #expect(reasons[2].contains("it is a like") && reasons[2].contains("one of: comment, message"))
    #expect(reasons[3].contains("suppressed for consent") && reasons[3].contains("marketing needs consent"))
    #expect(reasons[4].contains("purchases in 30 days = 0") && reasons[4].contains("at least one purchase"))
    #expect(reasons[5].contains("anna is occasional"))
    #expect(reasons[6].contains("city of anna is \"Berlin\", from scenario"))
    #expect(reasons[7].contains("there is no rule no-such-rule"))
    #expect(reasons[8].contains("accepted"))
    #expect(reasons[9].contains("nobody named nobody"))
    #expect(report.failures.allSatisfy { $0.fileID.hasSuffix("ScenarioTests.swift") && $0.line > 0 })
    #expect(report.description.contains("What happened:"))
  }

  @Test func mistakesInTheScenarioAreFindings() async throws {
    let report = try await Scenario(Self.configuration())
      .at("yesterday")
      .when("nobody", .like)
      .expect(.accepted)
      .at("2024-05-01T08:00:00Z")
      .at("2024-04-01T08:00:00Z")
      .expect(.tier(.silent))
      .run()
    #expect(report.failures.count == 5)
    #expect(report.failures[0].expectation == "the time yesterday")
    #expect(report.failures[1].reason.contains("nobody of that name"))
    #expect(report.failures[3].reason.contains("time does not go back"))
  }

  @Test func wholeInteractionsCanBeTakenIn() async throws {
    let time = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    let view = Interaction(
      key: EventKey("web", "1"), kind: .view, actor: Party(.anonymous("web"), "v1"), at: time, received: time)
    var empty = view
    empty.key = EventKey("web", "")
    let report = try await Scenario(Self.configuration())
      .when(view, mode: .backfill)
      .expect(.suppressed(.backfill, by: "offer"))
      .when(view)
      .expect(.duplicate)
      .when(empty)
      .expect(.refused(.missing))
      .run()
    #expect(report.passed, "\(report)")
  }
}
