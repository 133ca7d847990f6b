import SocialCRM

/// Real documents of every JSON form that Documentation/JSON.md describes, by the heading they stand under.
enum JSONDocuments {
  private static let start = Fixtures.now
  private static let anna = Identifier(.email, "Anna@example.com")
  private static let handle = Identifier(.handle("twitter"), "@anna", .verified)

  private static let configuration: Result<SocialCRM.Configuration, SCRMError> = Result {
    () throws(SCRMError) in
    try SocialCRM.Configuration(
      segments: [SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 }],
      rules: [
        Rule("refund-request", version: 1, on: [.comment], keywords: KeywordTrigger(any: ["refund"])) { _ in
          Proposal("open-case", parameters: ["priority": "high"], validity: .hours(48))
        }
      ])
  }

  static func purchase() throws -> Interaction {
    Interaction(
      key: EventKey("shop", "o-1001"), kind: .purchase, actor: Party([anna], displayName: "Anna"),
      object: ObjectReference(type: "product", id: "p-104", name: "Running shoes"),
      amount: try Money("119.90", currency: "EUR"),
      properties: ["quantity": .int(1), "weight": .double(0.8), "delivery": .timestamp(start.advanced(by: .days(2)))],
      traits: ["city": "Berlin"],
      consents: [ConsentStatement(.granted, .marketing, channel: "email", evidence: "form-2")],
      context: InteractionContext(
        brand: "shoes", channel: "online_shop", campaign: CampaignReference(name: "spring", source: "newsletter"),
        timeZone: "Europe/Berlin"), at: try Instant(rfc3339: "2024-05-01T10:00:00+02:00"),
      received: start.advanced(by: .seconds(2)), trust: 0.9)
  }

  static func comment() -> Interaction {
    Interaction(
      key: EventKey("twitter", "c-7"), kind: .comment, actor: Party([handle, anna]),
      target: Party([Identifier(.handle("twitter"), "@shoes", .verified)], role: .brand),
      text: LocalizedText("They broke, I want a refund", language: "en"), at: start.advanced(by: .hours(1)),
      received: start.advanced(by: .hours(1)))
  }

  static func values() throws -> ValueMap {
    [
      "truth": .bool(true), "text": "red", "whole": .int(3), "fraction": .double(0.5), "wholeDouble": .double(5),
      "large": .int(9_007_199_254_740_993), "unsigned": .uint(5), "bytes": .bytes([1, 2]), "none": .null,
      "list": .list([.int(1), "two"]), "time": .timestamp(start), "span": .duration(.milliseconds(1_500)),
      "money": .opaque(try Money("12.50", currency: "EUR")), "map": .map([.int(1): "one"]),
    ]
  }

  /// The document under each heading.
  static func condition() throws -> ConditionTree {
    let text =
      "event.type == 'comment' && (profile.influence > 20.5 || 'vip' in profile.tags) && !has(profile.email)"
      + " && event.channel in ['weibo', 'wechat'] && event.text.contains('退款') && size(event.text) > 10"
    return ConditionTree(try ExpressionTree(parsing: text))
  }

  static func all() async throws -> [(heading: String, json: [UInt8])] {
    let store = InMemoryStore(workspace: "demo")
    let crm = try await SocialCRM(store: store, configuration: try configuration.get())
    let outcomes = try await crm.ingest([try purchase(), comment()])
    let other = Interaction(
      key: EventKey("web", "v-1"), kind: .view, actor: Party(.anonymous("web"), "v1"), at: start, received: start)
    let visitor = try await crm.ingest([other], mode: .backfill)
    guard let person = outcomes[1].person, let erased = visitor[0].person else { return [] }
    try await crm.publish(
      PublishedSnapshot(name: "influence", asOf: start, scores: [.init(person: person, value: 62.5)]))
    _ = try await crm.advance(to: start.advanced(by: .days(1)))
    let backfilled = await store.log(after: LogPosition(3), limit: 1)
    _ = try await crm.erase(erased)
    let log = await store.log(after: .start, limit: 10)
    let record = await store.people([person])[0]
    let small = InMemoryStore(workspace: "demo")
    let minimal = try await SocialCRM(store: small, configuration: try SocialCRM.Configuration())
    _ = try await minimal.ingest([other])
    return [
      ("Interaction", try purchase().jsonBytes), ("Values", Value.map(try values()).jsonBytes),
      ("Condition", try condition().jsonBytes),
      ("Configuration entry", log[0].jsonBytes), ("Interaction entry", backfilled[0].jsonBytes),
      ("Snapshot entry", log[4].jsonBytes), ("Clock entry", log[5].jsonBytes), ("Tombstone entry", log[3].jsonBytes),
      ("Erasure entry", log[6].jsonBytes),
      ("PersonRecord", record?.jsonBytes ?? []), ("ProposedAction", outcomes[1].actions.first?.jsonBytes ?? []),
      ("Snapshot of a store", await small.snapshot()),
    ]
  }
}
