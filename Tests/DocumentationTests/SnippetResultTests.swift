import SCRMTesting
import SocialCRM
import Testing
import TextMatching

/// What the snippets are said to print is what they print.
@Suite struct SnippetResultTests {
  private let now = Fixtures.now

  @Test func `instants and values`() async throws {
    #expect(
      try await Printed.lines { try instantSnippet() } == ["2024-05-01T08:30:00+08:00", "1714523400"])
    #expect(
      try await Printed.lines { try valuesSnippet() } == [
        "3", #"{"colour":"red","gift":true,"quantity":3}"#, #"{"$double":"5.0"}"#, "false true",
      ])
  }

  @Test func conditions() async throws {
    let text = #"event.type == "comment" && profile.influence > 20.5"#
    #expect(try await Printed.lines { try expressionTreeSnippet() } == [text])
    #expect(await Printed.lines { expressionTermSnippet() } == [text])
    #expect(try await Printed.lines { try expressionProgramSnippet() } == ["match"])
    #expect(try expressionEnvironmentSnippet().resultType == .bool)
    #expect(expressionFunctionSnippet().name == "isVIP")
    #expect(
      try await Printed.lines { try conditionsSnippet() } == [
        #"undecided(missing: ["profile.influence"])"#, "match",
        #"event.text.contains('退款') is true (event.text = "我要退款")"#,
        "profile.influence > 20.5 is true (profile.influence = 42.5)",
      ])
  }

  @Test func `folding and keywords`() throws {
    #expect(foldingSnippet() == "cafe lodz パソコン 1")
    let hits = try automatonSnippet()
    #expect(hits.map(\.keyword) == [0, 1])
    #expect(hits.map(\.range) == [0..<6, 14..<20])
  }

  @Test func `the model`() async throws {
    #expect(interactionSnippet(sent: now, now: now).key == EventKey("weibo", "4812"))
    let channels = channelsSnippet()
    #expect(channels["xuebang"]?.platformClass == .partner)
    #expect(channels["weibo"]?.platformClass == .promotion)
    let june1 = try Instant(rfc3339: "2024-06-01T00:00:00Z")
    let july1 = try Instant(rfc3339: "2024-07-01T00:00:00Z")
    #expect(await Printed.lines { interestSnippet(june1: june1, july1: july1) } == ["1.5"])
    #expect(await Printed.lines { _ = collectionSnippet() } == ["false", "true"])
    #expect(!collectionSnippet().usability(of: "income", for: .sharing).isUsable)
    #expect(try await Printed.lines { try moneySnippet() } == ["399.80 CNY"])
    let answer = await Printed.lines { consentSnippet(account: AccountID(high: 0, low: 1), morning: now) }
    #expect(answer == ["false consent for marketing was refused at 2024-05-01T08:00:00Z by web/consent-2"])
  }

  @Test func `documents, envelopes, requests and consent`() async throws {
    let status = #"{"id":"1","created_at":"2024-05-01T08:00:00Z","content":"x","account":{"acct":"a@s.example"}}"#
    let post = try #require(documentLinesSnippet(bytes: Array(status.utf8), now: now).first?.interaction)
    #expect(post.kind == .post)
    let defaults = InterchangeDefaults(source: "s", received: now)
    #expect(try cloudEventsSnippet(interaction: post, defaults: defaults) == [post])
    let like = #"{"type":"Like","actor":"https://a.example/ann","object":"https://b.example/1"}"#
    #expect(try activityStreamsSnippet(document: Array(like.utf8), now: now).interactions.first?.kind == .like)
    let scan =
      #"{"ToUserName":"g","FromUserName":"o","CreateTime":"1","MsgType":"event","Event":"SCAN","EventKey":"k"}"#
    #expect(try weChatSnippet(dictionary: Array(scan.utf8), now: now).interactions.first?.context.campaign?.name == "k")
    #expect(cloudEventMappingSnippet().matches("com.example.ticket.opened"))
    #expect(mastodonSnippet(now: now).server == "social.example")
    let event = try Array(CloudEvent(post).jsonText.utf8)
    #expect(
      try await Printed.lines { try cloudEventSnippet(body: event) } == [
        "socialcrm.interaction.v1 /socialcrm/sources/mastodon"
      ])
    #expect(try await Printed.lines { try consentStringSnippet() } == ["2 EN"])
    let request =
      #"{"regulation":"gdpr","subject_request_id":"1","subject_request_type":"access","#
      + #""submitted_time":"2026-10-02T15:00:00Z","subject_identities":[{"identity_type":"email","#
      + #""identity_value":"p@example.com","identity_format":"raw"}]}"#
    #expect(try subjectRequestSnippet(body: Array(request.utf8), people: []).people.isEmpty)
  }

  @Test func interchange() async throws {
    let printed = try await Printed.lines { try segmentSpecSnippet(now: now) }
    #expect(printed.first == "purchase 25.0 USD")
    let message = try JSON(text: printed[1]).objectValue()
    #expect(message["event"] == .string("Order Completed"))
    #expect(message["userId"] == .string("7"))
    #expect(message.count == 4)
    let lines = splitterSnippet().compactMap { line in (try? line.content.get()).map { (line.number, Array($0)) } }
    #expect(lines.map(\.0) == [1, 2])
    #expect(lines.map(\.1) == [Array("a".utf8), Array("b".utf8)])

    var table = try CSVInteractionParser(mapping: csvMappingSnippet(), received: now)
    let row = "order_no,member,paid_at,total\n7,C1,2024-05-01 16:00:00,12.50\n"
    let order = try #require(table.parse(Array(row.utf8)).first?.interaction)
    #expect(order.occurred == now)
    #expect(order.amount?.description == "12.50 CNY")

    let messages = """
      {"type":"track","event":"A","userId":"7","timestamp":"2024-05-01T08:00:00Z"}
      {"type":"track","event":"A","userId":7}

      """
    var kept: [Interaction] = []
    var refused: [InputError] = []
    let bytes = Array(messages.utf8)
    let last = interchangeSnippet(
      chunks: [Array(bytes[..<20]), Array(bytes[20...])], now: now, keep: { kept.append($0) },
      log: { refused.append($0) })
    #expect(kept.count == 1)
    #expect(last.isEmpty)
    #expect(refused.map(\.description) == ["line 2, column userId: expected a string, found a number"])

    let input = """
      {"source":"weibo","id":"c-9","kind":"comment","at":"2024-05-02T08:30:00Z","actor":{"ids":[]}}
      {"source":"weibo","id":"c-10","kind":"comment","at":"yesterday","actor":{"ids":[]}}
      """
    #expect(
      await Printed.lines { parsingSnippet(bytes: Array(input.utf8)) } == [
        "comment weibo/c-9", "line 2, column at: not an RFC 3339 date-time such as 2024-05-01T08:30:00Z",
      ])
  }

  @Test func identity() async throws {
    #expect(try phoneSnippet() == ["+8613800138000", "+861088886666", "+861088886666;ext=801", "+442079460958"])
    #expect(try handleSnippet() == ["happymomo224", "1234567890"])
    let phone = Identifier(.phone, "138-0013-8000")
    let history = [
      Fixtures.interaction("1", .identify, [Fixtures.email]),
      Fixtures.interaction("2", .identify, [phone], at: now.advanced(by: .days(1))),
      Fixtures.interaction("3", .identify, [phone, Fixtures.email], at: now.advanced(by: .days(2))),
    ]
    #expect(resolverSnippet().resolve(history).merges.isEmpty)  // no country code, so the number is not used
    #expect(await Printed.lines { resolvingSnippet(history) } == ["1 0"])
    let printed = await Printed.lines { identitySnippet(history) }
    #expect(printed.count == 2)
    #expect(printed[0] == "person 77aa9e5e37b5ae27e72ad1a018c628e5 with 2 accounts")
    #expect(printed[1].hasSuffix(" joined by crm/3"))
  }

  @Test func segments() async throws {
    let purchase = Fixtures.interaction("p-1", .purchase, [Fixtures.email])
    let record = PersonRecord(id: PersonID(high: 1, low: 1))
    let segments = try segmentSetSnippet()
    let printed = try await Printed.lines {
      try evaluatingSnippet(segments: segments, purchase: purchase, person: record, now: now)
    }
    #expect(printed.first?.hasPrefix(#"["buyers"] ["enters buyers version 1: the condition holds"#) == true)
    #expect(
      try await Printed.lines { try segmentationSnippet(history: [purchase], person: record, now: now) } == [
        #"["buyers", "regulars"]"#, "enters buyers version 1: the condition holds",
      ])
    let other = try SegmentSet([definitionSnippet(), judgementSnippet()])
    let outcome = try other.evaluate([purchase], of: record, at: now)
    #expect(outcome.facts.segments == ["recent-buyers"])
    #expect(other.explain("window-shoppers", outcome.facts)?.otherwise == "fewer than 5 views")
  }

  @Test func segmentsAsData() async throws {
    let ada = PersonID(high: 1, low: 1)
    let changes = try await Printed.lines { _ = try liveTutorial(ada: ada, noon: now) }
    #expect(changes == ["0 buyers entered", "7 sleepers entered", "30 buyers left", "30 sleepers left"])
    let live = try liveTutorial(ada: ada, noon: now)
    let explained = try await Printed.lines { try explanationTutorial(live: live, person: 0) }
    #expect(explained.first == "false 0")
    #expect(explained.dropFirst().first?.hasPrefix("2 more purchase at ") == true)
    #expect(explained.last == "true")
    #expect(try explainerSnippet(catalogue: live.catalogue, live: live, person: 0)?.isMember == false)
    #expect(try readyTutorial().segments.count == 10)
    #expect(try liveStageSnippet().catalogue.segments.count == 1)
    let purchase = Fixtures.interaction("p-1", .purchase, [Fixtures.email])
    let told = try await Printed.lines {
      try await loopTutorial(interaction: purchase, later: now.advanced(by: .days(60)))
    }
    #expect(told.first == #"["buyers"] [false]"#)
    #expect(told.last == "false 1")
  }

  @Test func influence() async throws {
    let ids = (1...3).map { PersonID(high: 0, low: $0) }
    let printed = await Printed.lines { influenceSnippet(ada: ids[0], ben: ids[1], cora: ids[2]) }
    #expect(printed == ["influence 75 of 100", "influence 20 of 100", "influence 0 of 100"])
    let follows = [("ben", "ada"), ("cora", "ada"), ("ada", "ben")].map { (fan: $0.0, star: $0.1) }
    let lines = try await Printed.lines { try socialGraphSnippet(follows: follows) }
    #expect(lines.map { $0.prefix { $0 != " " } } == ["ada", "ben", "cora", "1"])
    let graph = InteractionGraph([.init(from: ids[1], to: ids[0])])
    #expect(snapshotSnippet(graph: graph, now: now).scores.map(\.person) == [ids[0]])
  }

  @Test func rules() async throws {
    let complaint = Fixtures.complaint()
    #expect(
      try await Printed.lines { try rulesSnippet(comment: complaint, person: Fixtures.facts) } == [
        "refund-request version 1 proposes open-case"
      ])
    let rules = try RuleSet([Rule("any", version: 1) { _ in Proposal("note") }])
    let printed = try await Printed.lines {
      try ruleEvaluatingSnippet(rules: rules, complaint: complaint, facts: Fixtures.facts)
    }
    #expect(printed.first?.hasPrefix(#"["any version 1 proposes note"#) == true)
    #expect(try RuleSet([ruleSnippet()]).evaluate(RuleInput(interaction: complaint, person: Fixtures.facts)).isEmpty)

    var question = complaint
    question.context.brand = "brand"
    let answer = Interaction(
      key: EventKey("crm", "a-1"), kind: .comment, actor: Party(.user(), "7", role: .staff),
      context: InteractionContext(brand: "brand", inReplyTo: question.key), at: now.advanced(by: .minutes(2)),
      received: now.advanced(by: .minutes(2)))
    #expect(await Printed.lines { conversationSnippet([answer, question]) } == ["120.0"])
  }

  @Test func `the loop`() async throws {
    let rule = Rule("any", version: 1) { _ in Proposal("note") }
    #expect(
      try await Printed.lines {
        try await loopSnippet(segments: [definitionSnippet()], rules: [rule], interaction: Fixtures.complaint())
      } == [#"["note"]"#])

    let store = InMemoryStore()
    let purchase = Fixtures.interaction("p-1", .purchase, [Fixtures.email])
    let printed = try await Printed.lines {
      try await serve([purchase, Fixtures.complaint()], on: store, now: now)
    }
    #expect(printed.first == "enters buyers version 1: the condition holds")
    #expect(printed.contains { $0.hasPrefix("open-case refund-request version 1 proposes open-case") })
    #expect(try await store.actions(after: nil, limit: 10).map(\.status) == [.done])
  }

  @Test func `what a host may ask of the loop`() async throws {
    let configuration = try SocialCRM.Configuration(
      segments: [SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 }])
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
    _ = try await crm.ingest([Fixtures.interaction("p-1", .purchase, [Fixtures.email])])
    #expect(
      try await Printed.lines { try await operationsSnippet(crm: crm, now: now) } == ["0 may be addressed, 1 may not"])
    #expect(try await Printed.lines { try await rightsSnippet(crm: crm) } == ["1", "1"])
    #expect(try await crm.person(with: Fixtures.email) == nil)
  }

  @Test func testing() async throws {
    let configuration = try SocialCRM.Configuration(
      segments: [SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 }],
      rules: [ruleSnippet()])
    #expect(try await Printed.lines { try await scenarioSnippet(configuration: configuration) } == ["true"])
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
    let outcomes = try await audienceSnippet(crm: crm)
    #expect(outcomes.count == 5_000)
    let copy = InMemoryStore()
    try await SocialCRM.replay(crm.store, into: copy, configuration: configuration)
    #expect(
      try await Printed.lines {
        try await comparisonSnippet(one: crm.store, other: copy, configuration: configuration, end: now)
      } == ["[]"])
  }

  @Test func storage() async throws {
    #expect(await Printed.lines { keySnippet() } == ["true", "false"])
    #expect(await Printed.lines { await conformanceSnippet() } == ["true"])
    let configuration = try SocialCRM.Configuration(
      segments: [SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 }], rules: [ruleSnippet()])
    let adapter = InMemoryStore()
    #expect(try await differences(of: adapter, configuration: configuration).isEmpty)
    #expect(try await logIsComplete(of: adapter, configuration: configuration))
    let replayed = try await replaySnippet(store: adapter, configuration: configuration)
    #expect(await replayed == adapter.snapshot(includesDelivery: false))
  }
}
