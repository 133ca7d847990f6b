import SCRMModel

/// One person in a batch: the rule state, decoded when a rule needs it, where it came from, and whether it changed.
struct RuleSlot: Sendable {
  let person: PersonID
  let loaded: StateRecord?
  /// The latest event time among the triggers of open actions: all that most interactions ask for.
  private(set) var latestTrigger: Instant?
  private var decoded: RuleState?
  private(set) var version: LogPosition
  private(set) var isChanged = false

  /// A person without state.
  init(_ person: PersonID) {
    self.person = person
    loaded = nil
    decoded = RuleState()
    version = .start
  }

  /// A person with stored state.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  init(_ person: PersonID, _ record: StateRecord) throws(SCRMError) {
    self.person = person
    loaded = record
    version = record.version
    latestTrigger = try RuleState.latestTrigger(in: record)
  }

  /// The state.
  var state: RuleState {
    // What was checked when the slot was made can be decoded.
    decoded ?? loaded.flatMap { try? RuleState($0) } ?? RuleState()
  }

  /// Keeps the state decoded, as it will be asked for again.
  mutating func open() { if decoded == nil { decoded = state } }

  mutating func change(at position: LogPosition, _ body: (inout RuleState) -> Void) {
    var state = state
    decoded = nil
    body(&state)
    latestTrigger = state.open.reduce(nil) { latest, open in latest.map { max($0, open.triggered) } ?? open.triggered }
    decoded = state
    isChanged = true
    version = position
  }

  /// The state as it is to be stored; `nil` when there is nothing to store or to remove.
  func change(kind: StateKind) -> Change<StateRecord>? {
    let state = state
    if state.isEmpty { return loaded.map { Change($0, replaces: $0.version, isRemoval: true) } }
    let record = StateRecord(
      kind: kind, key: .person(person), version: version, schema: RuleState.schema, bytes: state.bytes)
    return Change(record, replaces: loaded?.version)
  }
}
