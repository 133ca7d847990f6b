import SocialCRM

/// Takes interactions in and carries out what the rules propose.
func serve(_ interactions: [Interaction], on store: any SCRMStore, now: Instant) async throws {
  let configuration = try SocialCRM.Configuration(
    segments: [SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 365) > 0 }],
    rules: [
      Rule("refund-request", version: 1, on: [.comment], keywords: KeywordTrigger(any: ["refund", "退款"])) { _ in
        Proposal("open-case", validity: .hours(48))
      }
    ])
  let crm = try await SocialCRM(store: store, configuration: configuration)
  for outcome in try await crm.ingest(interactions) {
    if let refusal = outcome.refusal { print(refusal) }
    for change in outcome.segments { print(change.explanation.text) }
  }
  _ = try await crm.advance(to: now)
  for claim in try await store.claim(limit: 100, worker: "worker-1", at: now, lease: .minutes(5)) {
    print(claim.action.kind, claim.action.explanation.text)  // carry it out here
    try await store.acknowledge(claim)
  }
}
