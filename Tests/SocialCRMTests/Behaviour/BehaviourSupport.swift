import SocialCRM

/// An hour of the first of May 2024 and the days after it.
func hour(_ hour: Int) -> Instant { RandomHistory.start.advanced(by: .hours(hour)) }

/// Something done by a person with a Weibo account.
func done(
  _ kind: InteractionKind = .comment, _ text: String? = nil, id: String, by person: String = "anna", at time: Int = 0,
  received: Int? = nil, with change: (inout Interaction) -> Void = { _ in }
) -> Interaction {
  var interaction = Interaction(
    key: EventKey("test", id), kind: kind, actor: Party(.weibo, person), at: hour(time),
    received: hour(received ?? time))
  interaction.text = text.map { LocalizedText($0) }
  change(&interaction)
  return interaction
}

/// Segments and rules whose every decision can be followed by hand.
func plainConfiguration(
  batchSize: Int = 1_000, with change: (inout SocialCRM.Configuration) -> Void = { _ in }
) throws -> SocialCRM.Configuration {
  var configuration = try SocialCRM.Configuration(
    segments: [
      SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 },
      SegmentDefinition("loud", version: 1) { $0.influence >= 50 },
    ],
    rules: [
      Rule("refund", version: 1, on: [.comment], keywords: KeywordTrigger(any: ["refund"])) { _ in Proposal("reply") },
      Rule("first-order", version: 1, on: [.purchase]) {
        $0.person.count(.purchase, days: 60) < 2
      } propose: { _ in
        Proposal("thank")
      },
      Rule("offer", version: 1, on: [.view], purpose: .marketing) { _ in Proposal("coupon") },
      Rule("welcome", version: 1, entering: ["buyers"]) { _ in Proposal("welcome") },
    ])
  configuration.batchSize = batchSize
  configuration.conflictRetries = 1_000
  change(&configuration)
  return configuration
}

/// A loop over a new store.
func openPlain(
  batchSize: Int = 1_000, with change: (inout SocialCRM.Configuration) -> Void = { _ in }
) async throws -> (crm: SocialCRM, store: InMemoryStore) {
  let store = InMemoryStore()
  return (
    try await SocialCRM(store: store, configuration: plainConfiguration(batchSize: batchSize, with: change)), store
  )
}

extension SocialCRM {
  func ingest(one interaction: Interaction, mode: IngestMode = .live) async throws -> InteractionOutcome {
    try await ingest([interaction], mode: mode)[0]
  }
}

extension InMemoryStore {
  /// How the actions of a rule stand, in the order of decision.
  func statuses(of rule: String) throws -> [OutboxItem.Status] {
    try actions(after: nil, limit: .max).filter { $0.action.rule == rule }.map(\.status)
  }

  /// The keys of all interactions in the log.
  var interactionKeys: [EventKey] {
    log(after: .start, limit: .max).compactMap { entry in
      if case .interaction(let interaction, _) = entry.body { interaction.key } else { nil }
    }
  }

  /// How many entries of the log note a configuration.
  var configurationCount: Int {
    log(after: .start, limit: .max).count { entry in if case .configuration = entry.body { true } else { false } }
  }
}

extension InteractionOutcome {
  var proposed: [String] { actions.filter(\.isProposed).map(\.rule) }
}
