import SCRMReport
import SocialCRM
import Testing

/// A run that can be followed by hand, from interactions to figures.
struct RecorderTests {
  private static let start = SampleReports.monday

  private static func said(
    _ id: String, by person: String, _ text: String, at minute: Int, channel: String? = "weibo", on day: Int = 0,
    role: ActorRole = .customer, to target: String? = nil, answers question: String? = nil, also: [Identifier] = []
  ) -> Interaction {
    var actor = Party([Identifier(.weibo, person)] + also)
    actor.role = role
    let time = start.advanced(by: .seconds(day * 86_400 + minute * 60))
    var interaction = Interaction(
      key: EventKey("test", id), kind: .comment, actor: actor, at: time, received: time)
    interaction.text = LocalizedText(text)
    interaction.context.channel = channel
    interaction.context.inReplyTo = question.map { EventKey("test", $0) }
    if let target {
      var party = Party([Identifier(.weibo, target)])
      party.role = target == "shop" ? .brand : .customer
      interaction.target = party
    }
    return interaction
  }

  private static func configuration() throws -> SocialCRM.Configuration {
    try SocialCRM.Configuration(
      segments: [SegmentDefinition("talkers", version: 1) { $0.count(.comment, days: 2) >= 2 }],
      rules: [
        Rule(
          "refund", version: 1, on: [.comment], keywords: KeywordTrigger(any: ["refund", "退款"], none: ["thanks"]),
          cooldown: .hours(1)
        ) { _ in Proposal("open-case") },
        Rule("silent", version: 1, on: [.purchase]) { _ in Proposal("nothing") },
      ])
  }

  private static let interactions: [Interaction] = [
    said("1", by: "anna", "refund please", at: 0, to: "shop"),
    said("2", by: "shop", "on its way", at: 10, role: .brand, to: "anna", answers: "1"),
    said("3", by: "anna", "我要退款 refund", at: 20, to: "shop"),
    said("4", by: "ben", "refund? thanks", at: 30, channel: "taobao", to: "anna"),
    said("5", by: "cora", "hello", at: 40, channel: nil, to: "anna"),
    said(
      "6", by: "cora", "退款", at: 50, channel: "a new one", on: 1, to: "shop",
      also: [Identifier(.email, "c@example.com")]),
    said("6", by: "cora", "another body", at: 50, channel: "a new one", on: 1),
    said("1", by: "anna", "refund please", at: 0, to: "shop"),
  ]

  private func report(batch: Int = 1_000) async throws -> RunReport {
    var configuration = try Self.configuration()
    configuration.batchSize = batch
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
    var recorder = RunRecorder()
    for outcome in try await crm.ingest(Self.interactions) { recorder.add(outcome) }
    recorder.add(InputError(.syntax, line: 9, "expected a value"))
    let end = Self.start.advanced(by: .seconds(5 * 86_400))
    _ = try await crm.refreshInfluence(asOf: end)
    recorder.add(try await crm.advance(to: end))
    return try await recorder.report(on: crm, title: "by hand") { $0.accounts.count > 1 ? "Cora" : nil }
  }

  @Test func `the figures are those of the run`() async throws {
    let report = try await report()
    #expect(report.intake.accepted == 6 && report.intake.duplicates == 1)
    #expect(report.intake.refusals.map(\.code) == ["conflictingBody"] && report.intake.unreadable.map(\.count) == [1])
    #expect(report.store.interactions == 6 && report.store.people == 3 && report.store.accounts == 4)
    #expect(report.timeLine.unit == .hour && report.timeLine.starts.count == 25)
    #expect(report.volume.map(\.side) == [.customers, .brands])
    #expect(
      report.volume[0].counts.first == 4 && report.volume[0].counts.last == 1 && report.volume[1].counts.first == 1)
    #expect(report.keywords.map(\.rule) == ["refund"])
    #expect(report.keywords[0].total == 3 && report.keywords[0].counts.first == 2)
    #expect(
      report.keywords[0].words.map(\.text) == ["refund", "退款"] && report.keywords[0].words.map(\.count) == [2, 2])
    #expect(report.participation.map(\.people).reduce(0, +) == 3)
    #expect(report.participation.map(\.interactions).reduce(0, +) == 5)
    #expect(report.connected.map(\.audience) == [2] && report.connected[0].influence != nil)
  }

  @Test func `reach counts different people, and each once in a class`() async throws {
    let report = try await report()
    let channels = report.channels.map { "\($0.id ?? "-") \($0.people) \($0.interactions)" }
    #expect(channels == ["weibo 1 3", "- 1 1", "a new one 1 1", "taobao 1 1"])
    #expect(
      report.classes.map { "\($0.platformClass?.rawValue ?? "-") \($0.people) \($0.interactions)" } == [
        "partner 1 1", "social 1 3", "- 1 2",
      ])
  }

  @Test func `replies, segments and actions come with reasons`() async throws {
    let report = try await report()
    #expect(report.replies.pairs == 1 && report.replies.open == 2 && report.replies.percentiles?.p50 == 600)
    #expect(report.replies.histogram == [0, 0, 1, 0, 0, 0, 0, 0, 0])
    #expect(report.brands.map(\.brand) == ["shop"])
    let talkers = report.segments[0]
    #expect(talkers.entered == 2 && talkers.left == 2 && talkers.members == 0)
    #expect(talkers.examples.map(\.isEntry) == [true, false])
    #expect(report.actions.map(\.rule) == ["refund", "silent"])
    #expect(report.actions[0].proposed == 2 && report.actions[0].suppressed == [.init(reason: .cooldown, count: 1)])
    #expect(report.actions[0].examples.map(\.isProposed) == [true, false] && report.actions[1].total == 0)
  }

  @Test func `merges name namespaces and no values`() async throws {
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: Self.configuration())
    var recorder = RunRecorder()
    let mail = Identifier(.email, "dora@example.com")
    var first = Self.said("a", by: "dora", "hello", at: 0)
    first.actor = Party([mail])
    let all = [
      first, Self.said("b", by: "dora", "hello", at: 1), Self.said("c", by: "dora", "it is me", at: 2, also: [mail]),
    ]
    for outcome in try await crm.ingest(all) { recorder.add(outcome) }
    let report = try await recorder.report(on: crm, title: "merge")
    #expect(report.merges.total == 1 && report.merges.peopleByAccounts == [0, 1, 0, 0, 0])
    #expect(report.merges.examples.map(\.joined) == [["weibo.uid"]])
    #expect(report.merges.examples.map { Set($0.evidence) } == [["weibo.uid", "email"]])
    #expect(!report.html.contains("dora"))
  }

  @Test func `display names are shown where the host gives them`() async throws {
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: Self.configuration())
    _ = try await crm.ingest(Self.interactions)
    let pseudonymous = try await RunRecorder().report(on: crm, title: "x")
    let named = try await RunRecorder().report(on: crm, title: "x") { _ in "Anna" }
    #expect(pseudonymous.connected.map(\.name) == [nil] && named.connected.map(\.name) == ["Anna"])
    #expect(!pseudonymous.html.contains("anna") && named.html.contains(">Anna<"))
  }

  @Test func `the page does not depend on batches`() async throws {
    let page = try await report().html
    #expect(try await report(batch: 1).html == page)
    _ = try Markup(page)
  }
}
