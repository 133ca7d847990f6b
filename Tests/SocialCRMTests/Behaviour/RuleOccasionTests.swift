import SocialCRM
import Testing

/// Rules that time and published scores set off, shown with a stage of a host's own.
@Suite struct RuleOccasionTests {
  private func configuration(batchSize: Int = 2) throws -> SocialCRM.Configuration {
    var configuration = SocialCRM.Configuration(segments: try SegmentSet([]), rules: ReminderStage())
    configuration.batchSize = batchSize
    return configuration
  }

  private func open(_ store: any SCRMStore = InMemoryStore(), batchSize: Int = 2) async throws -> SocialCRM {
    try await SocialCRM(store: store, configuration: configuration(batchSize: batchSize))
  }

  private func crowd(_ count: Int) -> [Interaction] {
    (0..<count).map { done(.comment, "hello", id: "c\($0)", by: "w\($0)") }
  }

  @Test func `time sets off rules, once, and what they propose is in the outbox`() async throws {
    let store = InMemoryStore()
    let crm = try await open(store)
    let outcomes = try await crm.ingest(crowd(5))
    #expect(outcomes.allSatisfy { $0.actions.isEmpty })
    #expect(try await crm.advance(to: hour(1)).actions.isEmpty)
    let due = try await crm.advance(to: hour(2))
    #expect(due.actions.map(\.kind) == Array(repeating: "remind", count: 5))
    #expect(Set(due.actions.map(\.person)) == Set(outcomes.compactMap(\.person)))
    #expect(try await store.actions(after: nil, limit: 9).map(\.action) == due.actions)
    #expect(try await crm.advance(to: hour(9)).actions.isEmpty)
  }

  @Test func `a published score sets off the rules that watch it at once`() async throws {
    let crm = try await open()
    let people = try await crm.ingest(crowd(3)).compactMap(\.person)
    let scores = zip(people, [0.9, 0.2, 0.8]).map { PublishedSnapshot.Score(person: $0, value: $1) }
    let first = try await crm.publish(PublishedSnapshot(name: "influence", asOf: hour(0), scores: scores))
    #expect(first.actions.map(\.kind) == ["thank", "thank"])
    #expect(Set(first.actions.map(\.person)) == [people[0], people[2]])
    // The same scores again change nothing, others are not watched.
    #expect(
      try await crm.publish(PublishedSnapshot(name: "influence", asOf: hour(1), scores: scores)).actions.isEmpty)
    #expect(try await crm.publish(PublishedSnapshot(name: "other", asOf: hour(1), scores: scores)).actions.isEmpty)
  }

  @Test(arguments: [(1, FaultyStore.Fault.lost), (1, .answerLost), (2, .lost), (2, .answerLost), (3, .answerLost)])
  func `what was interrupted is finished at the next opening, and a replay gives the same`(
    after: Int, fault: FaultyStore.Fault
  ) async throws {
    let expected = InMemoryStore()
    let whole = try await open(expected)
    let people = try await whole.ingest(crowd(7)).compactMap(\.person)
    let snapshot = PublishedSnapshot(
      name: "influence", asOf: hour(0), scores: people.map { PublishedSnapshot.Score(person: $0, value: 1) })
    #expect(try await whole.publish(snapshot).actions.count == 7)
    #expect(try await whole.advance(to: hour(2)).actions.count == 7)

    let base = InMemoryStore()
    let faulty = FaultyStore(base)
    let crm = try await open(faulty)
    _ = try await crm.ingest(crowd(7))
    await faulty.fail(after: after, fault)
    await #expect(throws: (any Error).self) { try await crm.publish(snapshot) }
    let again = try await open(faulty)
    await faulty.fail(after: after, fault)
    await #expect(throws: (any Error).self) { try await again.advance(to: hour(2)) }
    _ = try await open(base)
    #expect(await base.snapshot(includesDelivery: false) == expected.snapshot(includesDelivery: false))

    let replayed = InMemoryStore()
    try await SocialCRM.replay(base, into: replayed, configuration: configuration(batchSize: 3), batchSize: 4)
    #expect(await replayed.snapshot(includesDelivery: false) == expected.snapshot(includesDelivery: false))
  }
}

/// Reminds whoever was silent for two hours after an interaction, and thanks whoever becomes influential.
///
/// The state is one byte: bit 0 waits for the reminder, bit 1 for the thanks.
private struct ReminderStage: RuleStage {
  let fingerprint = "reminders/1"
  let stateKind: StateKind = "reminders"
  let reactsToTime = true
  let watchedScores: Set<String> = ["influence"]

  func begin(_ records: [StateRecord]) throws(SCRMError) -> any RuleSession { ReminderSession(records) }

  func noting(
    _ change: ScoreChange, of person: PersonID, in record: StateRecord?, now: Instant, at position: LogPosition
  ) throws(SCRMError) -> StateRecord? {
    guard let after = change.after, after > 0.5, (change.before ?? 0) <= 0.5 else { return nil }
    var noted = record ?? StateRecord(kind: stateKind, key: .person(person), version: position, schema: 1, bytes: [0])
    noted.bytes[0] |= 2
    noted.version = position
    // The reminder stays for its own time.
    noted.due = now
    return noted
  }
}

private struct ReminderSession: RuleSession {
  private var records: [StateRecord]
  private var loaded: [StateKey: LogPosition] = [:]
  private var changed: [StateKey] = []

  init(_ records: [StateRecord]) {
    self.records = records
    for record in records { loaded[record.key] = record.version }
  }

  private mutating func set(_ record: StateRecord) {
    records.removeAll { $0.key == record.key }
    records.append(record)
    if !changed.contains(record.key) { changed.append(record.key) }
  }

  mutating func evaluate(_ input: RuleInput, at position: LogPosition) -> [ProposedAction] {
    set(
      StateRecord(
        kind: "reminders", key: .person(input.person.id), version: position, schema: 1,
        due: input.interaction.occurred.advanced(by: .hours(2)), bytes: [1]))
    return []
  }

  mutating func evaluate(_ occasion: RuleOccasion, at position: LogPosition) -> [ProposedAction] {
    let key = StateKey.person(occasion.person.id)
    guard var record = records.first(where: { $0.key == key }), let due = record.due, due <= occasion.person.now else {
      return []
    }
    let isThanks = record.bytes[0] & 2 != 0
    record.bytes[0] = isThanks ? record.bytes[0] & 1 : 0
    record.due = record.bytes[0] == 0 ? nil : hour(2)
    record.version = position
    set(record)
    let kind = isThanks ? "thank" : "remind"
    let trigger = EventKey.logEntry(position)
    let name = EventKey(trigger.source, "\(kind)/\(occasion.person.id)/\(trigger.id)")
    return [
      ProposedAction(
        id: ActionID(digest: digest(name)), rule: kind, ruleVersion: 1, person: occasion.person.id, kind: kind,
        purpose: .service, trigger: trigger, decided: occasion.person.now, position: position,
        disposition: .proposed, explanation: Explanation("time went on"))
    ]
  }

  private func digest(_ key: EventKey) -> [UInt8] {
    let bytes = Array(key.id.utf8)
    return (0..<32).map { place in
      bytes.enumerated().reduce(UInt8(place)) { $0 &* 31 &+ $1.element &+ UInt8(truncatingIfNeeded: $1.offset) }
    }
  }

  func latestOpenTrigger(of person: PersonID) -> Instant? { nil }
  func openTriggers(of person: PersonID) -> [OpenAction] { [] }
  mutating func reconsider(
    _ person: PersonFacts, triggers: [EventKey: Interaction], retracted: Set<EventKey>, cause: EventKey,
    at position: LogPosition
  ) -> [Cancellation] { [] }
  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) {}

  func changes() -> [Change<StateRecord>] {
    changed.compactMap { key in records.first { $0.key == key }.map { Change($0, replaces: loaded[key]) } }
  }
}
