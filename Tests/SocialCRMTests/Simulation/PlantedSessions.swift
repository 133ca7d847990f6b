import SCRMTesting

// MARK: Rules

struct NumbersActions: RuleSessionWrapper {
  var base: any RuleSession
  private var count: UInt64 = 0

  init(base: any RuleSession) { self.base = base }

  mutating func evaluate(_ input: RuleInput, at position: LogPosition) -> [ProposedAction] {
    base.evaluate(input, at: position).map { action in
      var action = action
      action.id = ActionID(high: action.id.high, low: action.id.low &+ count)
      count += 1
      return action
    }
  }
}

struct IgnoresLateFacts: RuleSessionWrapper {
  var base: any RuleSession

  mutating func reconsider(
    _ person: PersonFacts, triggers: [EventKey: Interaction], retracted: Set<EventKey>, cause: EventKey,
    at position: LogPosition
  ) -> [Cancellation] {
    if retracted.isEmpty { return [] }
    return base.reconsider(person, triggers: triggers, retracted: retracted, cause: cause, at: position)
  }
}

struct DropsAbsorbedRules: RuleSessionWrapper {
  var base: any RuleSession

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) {}
}

// MARK: Segments

struct DropsAbsorbedActivity: SegmentSessionWrapper {
  var base: any SegmentSession

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) -> [String] { [] }
}

struct KeepsFacts: SegmentSessionWrapper {
  var base: any SegmentSession
  private var known: [PersonID: PersonFacts] = [:]

  init(base: any SegmentSession) { self.base = base }

  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition
  ) -> SegmentOutcome {
    var outcome = base.evaluate(record, scores: scores, now: now, at: position)
    if let facts = known[record.id] { outcome.facts = facts }
    known[record.id] = outcome.facts
    return outcome
  }
}

struct CountsRetractions: SegmentSessionWrapper {
  var base: any SegmentSession

  mutating func count(_ interaction: Interaction, for person: PersonID, sign: Int32, at position: LogPosition) {
    base.count(interaction, for: person, sign: abs(sign), at: position)
  }
}

struct SkipsOlder: SegmentSessionWrapper {
  var base: any SegmentSession
  private var latest: [PersonID: Instant] = [:]

  init(base: any SegmentSession) { self.base = base }

  mutating func count(_ interaction: Interaction, for person: PersonID, sign: Int32, at position: LogPosition) {
    if let time = latest[person], interaction.occurred < time { return }
    latest[person] = interaction.occurred
    base.count(interaction, for: person, sign: sign, at: position)
  }
}

// MARK: Ties and identity

struct KeepsRetractedTies: TieSession {
  var base: any TieSession

  mutating func count(_ interaction: Interaction, on key: TieKey, sign: Int32, at position: LogPosition) {
    if sign >= 0 { base.count(interaction, on: key, sign: sign, at: position) }
  }

  func changes() -> [Change<TieRecord>] { base.changes() }
}

struct OneIdentifier: IdentityStage {
  let base: any IdentityStage

  var fingerprint: String { base.fingerprint }
  func account(of key: IdentifierKey) -> AccountID { base.account(of: key) }
  func keys(of party: Party) -> NormalisedParty {
    var keys = base.keys(of: party)
    keys.entries = Array(keys.entries.prefix(1))
    return keys
  }
  func resolve(
    _ interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?, at position: LogPosition,
    now: Instant, in draft: inout PeopleDraft
  ) throws(SCRMError) -> Resolution {
    try base.resolve(interaction, actor: actor, target: target, at: position, now: now, in: &draft)
  }
}
