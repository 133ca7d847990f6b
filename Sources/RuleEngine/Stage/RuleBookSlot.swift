import SCRMExpressions
import SCRMModel

/// One person in a batch: what is remembered of them, where it came from, and whether it changed.
struct RuleBookSlot: Sendable {
  let person: PersonID
  let loaded: StateRecord?
  private(set) var memory: RuleMemory
  /// When the memory has to be looked at without an interaction.
  private(set) var due: Instant?
  private(set) var version: LogPosition
  private(set) var isChanged = false

  /// A person of whom nothing is remembered.
  init(_ person: PersonID) {
    self.person = person
    loaded = nil
    memory = RuleMemory()
    version = .start
  }

  /// A person with stored state.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  init(_ person: PersonID, _ record: StateRecord) throws(SCRMError) {
    self.person = person
    loaded = record
    memory = try RuleMemory(record)
    due = record.due
    version = record.version
  }

  /// The latest event time among the triggers of open actions.
  var latestTrigger: Instant? { memory.open.isEmpty ? nil : memory.latestTrigger }

  /// Gives the memory out to be changed; ``put(_:due:at:)`` takes it back.
  mutating func take() -> RuleMemory {
    let taken = memory
    memory = RuleMemory()
    return taken
  }

  /// Takes a memory back; it counts as changed when it or the time at which it is due differs from `before`.
  mutating func put(_ changed: RuleMemory, wasChanged: Bool, due: Instant?, at position: LogPosition) {
    memory = changed
    guard wasChanged || due != self.due else { return }
    self.due = due
    isChanged = true
    version = position
  }

  /// The state as it is to be stored; `nil` when there is nothing to store or to remove.
  func change(kind: StateKind) -> Change<StateRecord>? {
    guard isChanged else { return nil }
    if memory.isEmpty, due == nil { return loaded.map { Change($0, replaces: $0.version, isRemoval: true) } }
    let record = StateRecord(
      kind: kind, key: .person(person), version: version, schema: RuleMemory.schema, due: due, bytes: memory.bytes)
    return Change(record, replaces: loaded?.version)
  }
}
