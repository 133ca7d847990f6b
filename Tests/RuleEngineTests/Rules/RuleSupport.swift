import RuleEngine
import SCRMModel

/// A minute of the first of May 2024.
func minute(_ minute: Int) -> Instant { Instant(secondsSinceEpoch: 1_714_521_600 + Int64(minute) * 60) ?? .epoch }

let anna = PersonID(high: 1, low: 1)
let berta = PersonID(high: 2, low: 2)

/// Something said or done by Anna at a minute.
func said(
  _ text: String? = nil, _ kind: InteractionKind = .comment, id: String = "e1", at time: Int = 0,
  role: ActorRole = .customer, cause: InteractionContext.Cause? = nil
) -> Interaction {
  var interaction = Interaction(
    key: EventKey("test", id), kind: kind, actor: Party(.email, "anna@example.com", role: role), at: minute(time),
    received: minute(time))
  interaction.text = text.map { LocalizedText($0) }
  interaction.context.cause = cause
  return interaction
}

/// What is known of a person at a minute.
func facts(
  _ person: PersonID = anna, at time: Int = 0, consents: [ConsentStatement] = [], influence: Double = 0
) -> PersonFacts {
  var record = PersonRecord(id: person)
  for (index, statement) in consents.enumerated() {
    record.consents.add(
      ConsentRecord(
        statement: statement, account: AccountID(high: 1, low: 1), time: minute(-100 + index),
        event: EventKey("form", "\(index)")))
  }
  return PersonFacts(record: record, scores: ["influence": influence], now: minute(time))
}

func entry(_ segment: String, isEntry: Bool = true) -> SegmentChange {
  SegmentChange(
    segment: segment, version: 1, person: anna, isEntry: isEntry, time: minute(0), judgement: Judgement(isEntry),
    counts: CountedFacts(facts()))
}

func rule(
  _ name: String, on kinds: Set<InteractionKind> = [], keywords: KeywordTrigger? = nil, entering: Set<String> = [],
  purpose: Purpose = .service, channel: String? = nil, cooldown: Duration? = nil, validity: Duration? = nil,
  version: Int = 1, when condition: @escaping @Sendable (RuleContext) -> Bool = { _ in true }
) -> Rule {
  Rule(
    name, version: version, on: kinds, keywords: keywords, entering: entering, purpose: purpose, channel: channel,
    cooldown: cooldown, when: condition
  ) { _ in Proposal("reply", validity: validity) }
}

/// A rule session with its stored states and positions.
struct RuleDesk {
  var set: RuleSet
  var session: any RuleSession
  var stored: [StateRecord] = []
  var position = LogPosition.start

  init(_ rules: Rule..., consentPolicy: ConsentPolicy = ConsentPolicy()) throws(SCRMError) {
    set = try RuleSet(rules, consentPolicy: consentPolicy)
    session = try set.begin([])
  }

  @discardableResult
  mutating func take(
    _ interaction: Interaction, _ person: PersonFacts? = nil, changes: [SegmentChange] = [],
    suppression: ProposedAction.Suppression? = nil
  ) -> [ProposedAction] {
    position = position.next
    var person = person ?? facts()
    person.now = max(person.now, interaction.received)
    return session.evaluate(
      RuleInput(interaction: interaction, person: person, changes: changes, suppression: suppression), at: position)
  }

  mutating func reconsider(
    _ person: PersonFacts, triggers: [Interaction] = [], retracted: Set<EventKey> = []
  ) -> [Cancellation] {
    position = position.next
    var known: [EventKey: Interaction] = [:]
    for trigger in triggers { known[trigger.key] = trigger }
    return session.reconsider(
      person, triggers: known, retracted: retracted, cause: EventKey("test", "cause"), at: position)
  }

  /// Writes the states and opens them again, under other rules if given.
  mutating func reopen(under other: RuleSet? = nil) throws(SCRMError) {
    for change in session.changes() {
      stored.removeAll { $0.key == change.record.key }
      if !change.isRemoval { stored.append(change.record) }
    }
    set = other ?? set
    session = try set.begin(stored)
  }
}

extension [ProposedAction] {
  var rules: [String] { map(\.rule) }
  var suppressions: [ProposedAction.Suppression?] {
    map { action in if case .suppressed(let reason) = action.disposition { reason } else { nil } }
  }
}
