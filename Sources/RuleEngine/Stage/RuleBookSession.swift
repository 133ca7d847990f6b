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
  private var ledger = BudgetLedger()
  private var ledgerRecord: StateRecord?
  /// Where the ledger last changed; `nil` while it is as it was loaded.
  private var ledgerChanged: LogPosition?

  init(_ book: RuleBook, _ records: [StateRecord]) throws(SCRMError) {
    self.book = book
    scratch = RuleScratch(book)
    index = HashIndex(capacity: records.count + 16)
    slots.reserveCapacity(records.count + 16)
    for record in records {
      switch record.key {
      case .person(let person):
        index.insert(person.indexHash, row: slots.count)
        slots.append(try RuleBookSlot(person, record))
      case RuleBook.budgetKey:
        ledgerRecord = record
        ledger = try record.decoded(schema: BudgetLedger.schema) { reader throws(StateDecodingError) in
          try BudgetLedger(from: &reader)
        }
      default: break
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
    let spent = ledger
    if occurrence.isTime { memory.scores = [] }
    let outcome = book.evaluate(occurrence, memory: &memory, ledger: &ledger, using: &scratch)
    slots[slot].put(
      memory, wasChanged: memory != before, due: book.due(memory, now: occurrence.now), at: occurrence.position)
    if ledger != spent { ledgerChanged = occurrence.position }
    return outcome.actions
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
    memory.forget(Set(cancelled.map(\.action)))
    slots[slot].put(memory, wasChanged: true, due: slots[slot].due, at: position)
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
    if let ledgerChanged {
      let record = StateRecord(
        kind: book.stateKind, key: RuleBook.budgetKey, version: ledgerChanged, schema: BudgetLedger.schema,
        bytes: ledger.bytes)
      changes.append(Change(record, replaces: ledgerRecord?.version))
    }
    return changes
  }
}
