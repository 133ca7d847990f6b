import DenseData
import SCRMModel

/// Everything stored that the decisions about a batch may look at: bulk reads, a fixed number of calls per batch.
struct LoadedBatch: Sendable {
  var base = LogPosition.start
  var loopRecord: StateRecord?
  var draft = PeopleDraft(identities: [], people: [])
  /// The identifiers that the batch names; those of customers were looked up.
  var numbered = NumberedKeys()
  /// Further identifiers that were looked up.
  var keys = FirstSeen<IdentifierKey>(capacity: 0)
  /// The people whom the identity stage asked for.
  var askedPeople = FirstSeen<PersonID>(capacity: 0)
  /// The people whose ids somebody may come to have.
  var heirs = FirstSeen<PersonID>(capacity: 0)
  /// The people whose states were looked up.
  var owners = FirstSeen<PersonID>(capacity: 0)
  /// The states of the owners, in their order.
  var activity: [StateRecord?] = []
  var rules: [StateRecord?] = []
  /// The rule state that people share, by the keys that were looked up, in their order.
  var sharedKeys = FirstSeen<StateKey>(capacity: 0)
  var sharedRules: [StateRecord?] = []
  var scores: [(name: String, records: [StateRecord?])] = []
  /// The ties that were looked up.
  var tieKeys = FirstSeen<TieKey>(capacity: 0)
  var ties: [TieRecord?] = []
  /// Revision states by the original's key.
  var groups: [EventKey: StateRecord] = [:]
  /// Interactions of the log that may have to be taken back or looked at again, with the mode they came in.
  var earlier: [EventKey: Interaction] = [:]
  var rowsRead = 0

  /// Notes an identifier that is looked up.
  /// - Returns: whether it is the first time.
  mutating func note(_ key: IdentifierKey) -> Bool { !numbered.isLookedUp(key) && keys.insert(key) }

  /// All rule states that there are.
  var ruleRecords: [StateRecord] { (rules + sharedRules).compactMap { $0 } }

  /// The loop's time.
  var time: Instant {
    get throws(SCRMError) {
      try loopRecord.map { record throws(SCRMError) in try LoopState(record) }?.clock ?? .distantPast
    }
  }

  /// The scores that there are.
  var scoreRecords: [(name: String, record: StateRecord)] {
    scores.flatMap { score in score.records.compactMap { $0 }.map { (name: score.name, record: $0) } }
  }
}

extension TieKey {
  /// The tie between the accounts of two parties; `nil` without a target or to oneself.
  init?(
    _ actor: NormalisedParty, _ target: NormalisedParty?, _ draft: inout PeopleDraft, _ identity: any IdentityStage
  ) {
    guard let target, !target.entries.isEmpty, !actor.entries.isEmpty,
      actor.entries[0].key != target.entries[0].key
    else { return nil }
    self.init(
      from: draft.account(of: actor.entries, at: 0, mint: { identity.account(of: $0) }),
      to: draft.account(of: target.entries, at: 0, mint: { identity.account(of: $0) }))
  }
}
