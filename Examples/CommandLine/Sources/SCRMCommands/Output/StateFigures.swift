import SocialCRM

/// What was counted while the state of a store was written.
struct StateFigures: Sendable {
  var people = 0
  var accounts = 0
  var merges = 0
  var tiers: [ParticipationTier: Int] = [:]
  var segments: [(name: String, version: Int, members: Int)] = []
  /// By rule, then by disposition: `proposed`, `cancelled`, … or `suppressed:` and the reason.
  var actions: [String: [String: Int]] = [:]
  var topInfluence: [PublishedSnapshot.Score] = []
  /// The accounts of the people of ``topInfluence``.
  var names: [PersonID: [String]] = [:]

  mutating func count(_ facts: PersonFacts) {
    people += 1
    accounts += facts.record.accounts.count
    tiers[facts.tier, default: 0] += 1
  }

  mutating func count(_ item: OutboxItem) {
    var name = item.status.name
    if case .suppressed(let reason) = item.action.disposition { name += ":" + reason.rawValue }
    actions[item.action.rule, default: [:]][name, default: 0] += 1
  }
}
