import SocialCRM

/// What the snippets are given.
enum Fixtures {
  static let now = Instant(secondsSinceEpoch: 1_714_550_400) ?? .epoch  // 2024-05-01T08:00:00Z

  static func interaction(
    _ id: String, _ kind: InteractionKind, _ identifiers: [Identifier], text: String? = nil, at time: Instant = now
  ) -> Interaction {
    Interaction(
      key: EventKey("crm", id), kind: kind, actor: Party(identifiers), text: text.map { LocalizedText($0) }, at: time,
      received: time)
  }

  static let email = Identifier(.email, "anna@example.com")

  static func complaint(_ id: String = "c-1") -> Interaction {
    interaction(id, .comment, [email], text: "It broke, I want a refund")
  }

  static let facts = PersonFacts(record: PersonRecord(id: PersonID(high: 1, low: 1)), now: now)
}
