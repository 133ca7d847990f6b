import SocialCRM

/// What the people of a store are like: how deeply they take part, and who is most connected.
struct PeopleSurvey {
  private(set) var people = 0
  private(set) var accounts = 0
  private(set) var byAccounts = [Int](repeating: 0, count: 5)
  private var tiers: [ParticipationTier: (people: Int, interactions: Int)] = [:]
  private var connected: [PersonID: ConnectedPerson] = [:]
  private let order: [PersonID]

  static let mostConnected = 10

  /// - Parameters:
  ///   - scores: what is known about connections.
  ///   - published: the influence that the loop knows.
  init(scores: [InfluenceScore], published: PublishedSnapshot?) {
    let best = scores.filter { $0.audience > 0 }
      .sorted { ($1.audience, $1.value, $0.person) < ($0.audience, $0.value, $1.person) }.prefix(Self.mostConnected)
    order = best.map(\.person)
    let values = Dictionary(
      (published?.scores ?? []).map { ($0.person, $0.value) }, uniquingKeysWith: { first, _ in first })
    for score in best {
      connected[score.person] = ConnectedPerson(
        id: score.person, audience: score.audience, influence: values[score.person])
    }
  }

  /// Looks at everyone, as of a moment.
  mutating func read(
    _ crm: SocialCRM, now: Instant, influence: PublishedSnapshot?, displayName: (PersonRecord) -> String?,
    _ body: (PersonRecord) -> Void
  ) async throws {
    let segments = crm.configuration.segments
    let scores = Dictionary(
      (influence?.scores ?? []).map { ($0.person, $0.value) }, uniquingKeysWith: { first, _ in first })
    var last: PersonID?
    while true {
      let page = try await crm.store.people(after: last, limit: 1_000)
      guard let final = page.last else { return }
      last = final.id
      let records = page.filter { $0.mergedInto == nil }
      let states = try await crm.store.states(segments.stateKind, records.map { .person($0.id) }).compactMap { $0 }
      var session = try segments.begin(states)
      for record in records {
        body(record)
        let published = scores[record.id].map { ["influence": $0] } ?? [:]
        add(session.evaluate(record, scores: published, now: now, at: .start).facts)
        connected[record.id]?.name = displayName(record)
      }
    }
  }

  private mutating func add(_ facts: PersonFacts) {
    let count = facts.record.accounts.count
    people += 1
    accounts += count
    byAccounts[min(max(count, 1), 5) - 1] += 1
    tiers[facts.tier, default: (0, 0)].people += 1
    tiers[facts.tier, default: (0, 0)].interactions += Int(clamping: max(facts.activity.total, 0))
    connected[facts.id]?.tier = facts.tier
    connected[facts.id]?.accounts = count
  }

  /// The tiers, deepest first.
  var tierFigures: [TierFigures] {
    ParticipationTier.allCases.sorted(by: >).map { tier in
      TierFigures(tier: tier, people: tiers[tier]?.people ?? 0, interactions: tiers[tier]?.interactions ?? 0)
    }
  }

  /// The most connected people, most connected first.
  var connectedPeople: [ConnectedPerson] { order.compactMap { connected[$0] } }
}
