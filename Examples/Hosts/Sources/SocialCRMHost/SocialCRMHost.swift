import SocialCRM

/// A small service: takes interactions in, lets time pass, hands out what the rules proposed, keeps a snapshot.
@main struct SocialCRMHost {
  static func main() async throws {
    let configuration = try SocialCRM.Configuration(
      segments: [SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 }],
      rules: [
        Rule("complaint", version: 1, on: [.comment], keywords: KeywordTrigger(any: ["refund"])) { context in
          Proposal("reply", parameters: ["buyer": .bool(context.person.isIn("buyers"))], validity: .hours(12))
        }
      ])
    let store = InMemoryStore(workspace: "demo")
    let crm = try await SocialCRM(store: store, configuration: configuration)
    let start = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    let email = Identifier(.email, "anna@example.com")
    let handle = Identifier(.handle("twitter"), "@anna")
    func interaction(_ id: String, _ kind: InteractionKind, _ by: [Identifier], _ text: String? = nil) -> Interaction {
      Interaction(
        key: EventKey("demo", id), kind: kind, actor: Party(by), text: text.map { LocalizedText($0) }, at: start,
        received: start)
    }
    let outcomes = try await crm.ingest([
      interaction("1", .purchase, [email]), interaction("2", .identify, [email, handle]),
      interaction("3", .comment, [handle], "Refund, please"), interaction("3", .comment, [handle], "Refund, please"),
    ])
    for outcome in outcomes { print(outcome) }
    for claim in try await store.claim(limit: 10, worker: "desk", at: start, lease: .minutes(5)) {
      print("to do: \(claim.action.kind) \(Value.map(claim.action.parameters).jsonText)")
      print("  " + claim.action.explanation.text.replacing("\n", with: "\n  "))
      try await store.acknowledge(claim)
    }
    let later = try await crm.advance(to: start.advanced(by: .days(31)))
    for change in later.segments { print("later: " + change.explanation.conclusion) }
    let reopened = try InMemoryStore(snapshot: await store.snapshot())
    let again = try await SocialCRM(store: reopened, configuration: configuration)
    let person = try await again.person(with: handle)
    print("after reopening: \(person?.description ?? "nobody"), log ends at \(await reopened.head())")
  }
}
