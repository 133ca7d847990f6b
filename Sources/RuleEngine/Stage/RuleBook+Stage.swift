public import SCRMExpressions
public import SCRMModel
import StateCoding

// A book is the rule stage of the loop: what it decides and what it remembers are committed at once.
extension RuleBook: RuleStage {
  static let budgetKey = StateKey.name("budgets")

  /// Rules, journeys, guards and vocabulary, hashed; closures and host functions by name, so raise the version of a rule
  /// whose closure changes.
  public var fingerprint: String {
    var hash = SHA256()
    for rule in rules { hash.update(text: rule.jsonText + "\n") }
    for journey in journeys { hash.update(text: journey.definition.jsonText + "\n") }
    hash.update(text: guards.jsonText + "\n")
    hash.update(text: vocabulary.fingerprint)
    return "book/1;" + ActionID(digest: hash.finish()).description
  }

  /// `rule-book`.
  public var stateKind: StateKind { "rule-book" }

  /// Whether a schedule, a score, a pattern or a journey can set off anything without an interaction.
  public var reactsToTime: Bool {
    !scheduled.isEmpty || !journeys.isEmpty || !patterned.isEmpty || !watchedScores.isEmpty
  }

  /// `true`: a rule may wait for an answer to the person.
  public var asksAddressees: Bool { true }

  /// The budgets that everyone shares, if any.
  public var sharedKeys: [StateKey] { guards.sharedBudgets.isEmpty ? [] : [Self.budgetKey] }

  /// Whether there are budgets of everyone, or patterns or tallies of threads or values.
  public var sharesState: Bool { !keySources.isEmpty || !sharedKeys.isEmpty }

  /// The thread and the values for which patterns and tallies are kept.
  public func sharedKeys(for interaction: Interaction) -> [StateKey] {
    if keySources.isEmpty { return [] }
    return keys(of: interaction).map { Self.stateKey($0.hash) }
  }

  /// The threads and values of which a person waits for what comes of them.
  public func sharedKeys(awaitedIn record: StateRecord) throws(SCRMError) -> [StateKey] {
    try RuleMemory(record).waits.map { Self.stateKey($0.key) }
  }

  static func stateKey(_ key: UInt64) -> StateKey { .name("key-" + String(key, radix: 16)) }

  /// The hash of a thread or value in a key; `nil` for other keys.
  static func keyHash(_ key: StateKey) -> UInt64? {
    guard case .name(let name) = key, name.hasPrefix("key-") else { return nil }
    return UInt64(name.dropFirst(4), radix: 16)
  }

  /// Opens loaded states.
  public func begin(_ records: [StateRecord]) throws(SCRMError) -> any RuleSession {
    try RuleBookSession(self, records)
  }

  /// Notes that a score changed, for the rules that look at it.
  public func noting(
    _ change: ScoreChange, of person: PersonID, in record: StateRecord?, now: Instant, at position: LogPosition
  ) throws(SCRMError) -> StateRecord? {
    guard triggerNumbers[.score(change.name)] != nil else { return nil }
    var memory = try record.map { record throws(SCRMError) in try RuleMemory(record) } ?? RuleMemory()
    memory.scores.removeAll { $0.name.sameBytes(as: change.name) }
    memory.scores.append(.init(name: change.name, before: change.before, after: change.after))
    memory.scores = Array(memory.scores.suffix(RuleMemory.maximumScores))
    return StateRecord(
      kind: stateKind, key: .person(person), version: position, schema: RuleMemory.schema, due: now,
      bytes: memory.bytes)
  }
}
