import DenseData
import SCRMExpressions
import SCRMModel
import StateCoding

/// A batch's view of what a book remembers.
struct RuleBookSession: RuleSession {
  private let book: RuleBook
  private var scratch: RuleScratch
  private var index: HashIndex
  private var slots: [RuleBookSlot] = []
  private var shared = SharedRuleMemory()
  /// What is shared as it was loaded.
  private var sharedRecords: [StateKey: StateRecord] = [:]
  /// What of it changed, and where last, in the order of the first change.
  private var sharedChanges: [(key: StateKey, position: LogPosition)] = []

  init(_ book: RuleBook, _ records: [StateRecord]) throws(SCRMError) {
    self.book = book
    scratch = RuleScratch(book)
    index = HashIndex(capacity: records.count + 16)
    slots.reserveCapacity(records.count + 16)
    for record in records {
      if case .person(let person) = record.key {
        index.insert(person.indexHash, row: slots.count)
        slots.append(try RuleBookSlot(person, record))
        continue
      }
      sharedRecords[record.key] = record
      if record.key == RuleBook.budgetKey {
        shared.ledger = try record.decoded(schema: BudgetLedger.schema) { reader throws(StateDecodingError) in
          try BudgetLedger(from: &reader)
        }
      } else if let key = RuleBook.keyHash(record.key) {
        shared.keys[key] = try record.decoded(schema: KeyedMemory.schema) { reader throws(StateDecodingError) in
          try KeyedMemory(from: &reader)
        }
      }
    }
  }

  private func find(_ person: PersonID) -> Int? { index.find(person.indexHash) { slots[$0].person == person } }

  private mutating func slot(_ person: PersonID) -> Int {
    if let known = find(person) { return known }
    index.insert(person.indexHash, row: slots.count)
    slots.append(RuleBookSlot(person))
    return slots.count - 1
  }

  // MARK: Deciding

  mutating func evaluate(_ input: RuleInput, at position: LogPosition) -> [ProposedAction] {
    decide(RuleOccurrence(input, at: position))
  }

  mutating func evaluate(_ occasion: RuleOccasion, at position: LogPosition) -> [ProposedAction] {
    let slot = slot(occasion.person.id)
    let noted = slots[slot].memory.scores.map { ScoreChange($0.name, before: $0.before, after: $0.after) }
    let isSetOff = slots[slot].due.map { $0 <= occasion.person.now } ?? false
    guard isSetOff || !occasion.changes.isEmpty else { return [] }
    return decide(RuleOccurrence(occasion, scores: noted, at: position))
  }

  private mutating func decide(_ occurrence: RuleOccurrence) -> [ProposedAction] {
    let slot = slot(occurrence.person.id)
    var memory = slots[slot].take()
    let before = memory
    let spent = shared.ledger
    if occurrence.isTime { memory.scores = [] }
    let outcome = book.evaluate(occurrence, memory: &memory, shared: &shared, using: &scratch)
    slots[slot].put(
      memory, wasChanged: memory != before, due: book.due(memory, now: occurrence.now), at: occurrence.position)
    noteChanges(since: spent, at: occurrence.position)
    return outcome.actions
  }

  mutating func observe(_ interaction: Interaction, at position: LogPosition, now: Instant) {
    guard !book.keySources.isEmpty else { return }
    let nobody = PersonFacts(record: PersonRecord(id: PersonID(high: 0, low: 0), version: position), now: now)
    let occurrence = RuleOccurrence(RuleInput(interaction: interaction, person: nobody), at: position)
    book.observe(occurrence, &shared, using: &scratch)
    noteChanges(since: shared.ledger, at: position)
  }

  /// Notes what of the shared memory changed.
  private mutating func noteChanges(since spent: BudgetLedger, at position: LogPosition) {
    var keys = shared.changed.map { RuleBook.stateKey($0) }
    if !keys.isEmpty { shared.changed = [] }
    if shared.ledger != spent { keys.append(RuleBook.budgetKey) }
    for key in keys {
      if let known = sharedChanges.firstIndex(where: { $0.key == key }) {
        sharedChanges[known].position = position
      } else {
        sharedChanges.append((key, position))
      }
    }
  }

  // MARK: Open actions

  func latestOpenTrigger(of person: PersonID) -> Instant? { find(person).flatMap { slots[$0].latestTrigger } }

  func openTriggers(of person: PersonID) -> [OpenAction] {
    guard let slot = find(person) else { return [] }
    return slots[slot].memory.open.map {
      OpenAction(action: $0.action, trigger: $0.trigger, triggered: $0.triggered)
    }
  }

  mutating func reconsider(
    _ person: PersonFacts, triggers: [EventKey: Interaction], retracted: Set<EventKey>, cause: EventKey,
    at position: LogPosition
  ) -> [Cancellation] {
    guard let slot = find(person.id) else { return [] }
    var cancelled: [Cancellation] = []
    for open in slots[slot].memory.open {
      let reason =
        retracted.contains(open.trigger)
        ? "the interaction that triggered it was taken back or replaced"
        : book.whyWrong(open.rule, triggers[open.trigger], person, using: &scratch)
      if let reason {
        cancelled.append(Cancellation(action: open.action, reason: "\(cause): \(reason)", position: position))
      }
    }
    if cancelled.isEmpty { return [] }
    var memory = slots[slot].take()
    let spent = shared.ledger
    memory.forget(Set(cancelled.map(\.action)), &shared.ledger)
    slots[slot].put(memory, wasChanged: true, due: slots[slot].due, at: position)
    noteChanges(since: spent, at: position)
    return cancelled
  }

  // MARK: People and storage

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) {
    guard let old = find(absorbed) else { return }
    let moved = slots[old].take()
    let due = slots[old].due
    slots[old].put(RuleMemory(), wasChanged: !moved.isEmpty, due: nil, at: position)
    if moved.isEmpty, due == nil { return }
    let slot = slot(survivor)
    var memory = slots[slot].take()
    memory.merge(moved)
    let earliest = [slots[slot].due, due].compactMap { $0 }.min()
    slots[slot].put(memory, wasChanged: true, due: earliest, at: position)
  }

  func changes() -> [Change<StateRecord>] {
    var changes = slots.compactMap { $0.change(kind: book.stateKind) }
    for (key, position) in sharedChanges {
      let loaded = sharedRecords[key]
      let (schema, bytes): (Int, [UInt8]?) =
        if let hash = RuleBook.keyHash(key) {
          (KeyedMemory.schema, shared.keys[hash]?.bytes)
        } else {
          (BudgetLedger.schema, shared.ledger.spendings.isEmpty ? nil : shared.ledger.bytes)
        }
      if let bytes {
        let record = StateRecord(
          kind: book.stateKind, key: key, version: position, schema: schema, bytes: bytes)
        changes.append(Change(record, replaces: loaded?.version))
      } else if let loaded {
        changes.append(Change(loaded, replaces: loaded.version, isRemoval: true))
      }
    }
    return changes
  }
}
