import SocialCRM

// `SocialCRM`
func loopSnippet(segments: [SegmentDefinition], rules: [Rule], interaction: Interaction) async throws {
  let crm = try await SocialCRM(store: InMemoryStore(), configuration: try .init(segments: segments, rules: rules))
  let outcomes = try await crm.ingest([interaction])
  print(outcomes[0].actions.map(\.kind))
}

// `SocialCRM.ingest(_:mode:receiving:)`
func handedOutcomesSnippet(crm: SocialCRM, interactions: [Interaction]) async throws {
  try await crm.ingest(interactions) { outcomes in
    for outcome in outcomes where !outcome.actions.isEmpty { print(outcome.key, outcome.actions.map(\.kind)) }
  }
}

// The catalogue.
func operationsSnippet(crm: SocialCRM, now: Instant) async throws {
  _ = try await crm.refreshInfluence(asOf: now)
  _ = try await crm.advance(to: now)
  let audience = try await crm.audience(of: "buyers", purpose: .marketing, channel: "email")
  print(audience.members.count, "may be addressed,", audience.refused.count, "may not")
}

// The catalogue.
func rightsSnippet(crm: SocialCRM) async throws {
  guard let person = try await crm.person(with: Identifier(.email, "anna@example.com")) else { return }
  let everything = try await crm.export(person.id)
  print(everything?.interactions.count ?? 0)
  let receipt = try await crm.erase(person.id)
  print(receipt?.interactions ?? 0)
}

// Documentation/Rules.md
func ruleFileSnippet(
  _ text: String, on store: any SCRMStore, segments: SegmentSet, shanghai: ZoneRules
) async throws -> SocialCRM {
  let document = try RuleDocument(jsonText: text)
  let configuration = SocialCRM.Configuration(segments: segments, rules: try document.book(zones: [shanghai]))
  let crm = try await SocialCRM(store: store, configuration: configuration)
  return crm
}

// Documentation/Rules.md
func undeliveredSnippet(_ crm: SocialCRM, after previous: ActionID?, at now: Instant) async throws -> ActionID? {
  let (reported, last) = try await crm.reportUndelivered(after: previous, at: now)
  print(reported, "actions ran out or were given up")
  return last
}

// `EvidenceResolver`
func evidenceStageSnippet(_ configuration: inout SocialCRM.Configuration) {
  var settings = EvidenceResolver.Settings()
  settings.policy.namespaces["loyalty"] = NamespacePolicy(.account, priority: 90, maximumPerPerson: 1)
  configuration.identity = EvidenceResolver(settings)
}

// Documentation/Identity.md: in the loop
func unmergeSnippet(_ crm: SocialCRM, _ merge: MergeRecord) async throws {
  let preview = try await crm.preview(.revert(merge))
  print(preview.before.count, "people become", preview.after.count)
  let done = try await crm.unmerge(.revert(merge), reason: "asked at the counter: two people")
  for move in done.moves { print(move.accounts.count, "accounts go from", move.from, "to", move.to) }
}

// Documentation/Identity.md: a new policy, review
func reconsiderSnippet(_ crm: SocialCRM) async throws {
  let planned = try await crm.previewReconsideration()
  print(planned.merges.count, "merges,", planned.moves.count, "moves")
  try await crm.reconsider(reason: "devices join fewer people")

  let victim = Identifier(.email, "anna@example.com")
  let review = try await crm.review([victim])
  for join in review.preventedJoins { print(join) }
}
