import DenseData
import SCRMModel
import Testing

func person(_ number: UInt64) -> PersonID { PersonID(high: number &* 0x9e37_79b9_7f4a_7c15, low: number) }
func account(_ number: UInt64) -> AccountID { AccountID(high: number &* 0x9e37_79b9_7f4a_7c15, low: number) }

func plainInteraction(_ id: String, actor: String = "a", received: Instant = .testNow) -> Interaction {
  Interaction(key: EventKey("s", id), kind: .like, actor: Party(.email, actor), at: received, received: received)
}

func action(_ number: UInt64, person owner: PersonID = person(1), expires: Instant? = nil, suppressed: Bool = false)
  -> ProposedAction
{
  ProposedAction(
    id: ActionID(high: number, low: number), rule: "greet", ruleVersion: 1, person: owner, kind: "reply",
    channel: "sms", parameters: ["text": "hello"], purpose: .service, trigger: EventKey("s", "e\(number)"),
    decided: .testNow, expires: expires, position: LogPosition(number),
    disposition: suppressed ? .suppressed(.consent) : .proposed,
    explanation: Explanation("because", evidence: [.init("likes = 3", weight: 0.5, event: EventKey("s", "e\(number)"))])
  )
}

func identity(_ key: String, _ number: UInt64, version: UInt64 = 1) -> IdentityRecord {
  IdentityRecord(
    key: IdentifierKey(.email, key: key), account: account(number), person: person(number),
    version: LogPosition(version))
}

func state(
  _ kind: StateKind = "k", _ key: StateKey, version: UInt64 = 1, due: Instant? = nil, bytes: [UInt8] = [1]
) -> StateRecord {
  StateRecord(kind: kind, key: key, version: LogPosition(version), schema: 1, due: due, bytes: bytes)
}

func tie(_ from: UInt64, _ to: UInt64, version: UInt64 = 1) -> TieRecord {
  TieRecord(key: TieKey(from: account(from), to: account(to)), version: LogPosition(version), schema: 1, bytes: [7])
}

func membership(_ segment: String, _ number: UInt64, version: UInt64 = 1) -> Membership {
  Membership(segment: segment, person: person(number), since: .testNow, version: LogPosition(version))
}

extension ChangeSet {
  /// A change set of interactions on top of `base`.
  init(_ key: String, base: UInt64, events: [String]) {
    self.init(key: key, base: LogPosition(base))
    add(events.map { plainInteraction($0) })
  }

  mutating func add(_ interactions: [Interaction], actor: AccountID? = nil, addressee: AccountID? = nil) {
    for interaction in interactions {
      entries.append(
        LogEntry(position: head.next, body: .interaction(interaction, .live), actor: actor, addressee: addressee))
    }
  }
}

/// A change set that writes one row of every kind on an empty store, with the log positions from 1.
func fullChangeSet(_ key: String = "full") -> ChangeSet {
  var changes = ChangeSet(key, base: 0, events: ["1", "2"])
  changes.entries.append(LogEntry(position: LogPosition(3), body: .clock(.testNow)))
  changes.entries.append(
    LogEntry(
      position: LogPosition(4),
      body: .snapshot(
        PublishedSnapshot(
          name: "influence", asOf: .testNow,
          scores: [.init(person: person(1), value: 12.5), .init(person: person(2), value: 0)]))))
  changes.entries.append(LogEntry(position: LogPosition(5), body: .configuration("abc")))
  changes.identities = [Change(identity("a@b.c", 1), replaces: nil), Change(identity("b@b.c", 2), replaces: nil)]
  changes.people = [
    Change(PersonRecord(id: person(1), version: LogPosition(1)), replaces: nil),
    Change(PersonRecord(id: person(2), mergedInto: person(1), version: LogPosition(2)), replaces: nil),
  ]
  changes.merges = [
    MergeRecord(
      survivor: person(1), absorbed: person(2), accounts: [account(2)], cause: EventKey("s", "2"),
      evidence: [account(1), account(2)], time: .testNow, position: LogPosition(2))
  ]
  changes.ties = [Change(tie(1, 2), replaces: nil), Change(tie(2, 1), replaces: nil)]
  changes.states = [
    Change(state("k", .person(person(1)), due: .testNow), replaces: nil),
    Change(state("k", .event(EventKey("s", "1")), bytes: []), replaces: nil),
    Change(state("other", .name("loop")), replaces: nil),
  ]
  changes.memberships = [
    MembershipChange(membership("vip", 1), isEntry: true), MembershipChange(membership("fan", 1), isEntry: true),
  ]
  changes.actions = [action(1), action(2, suppressed: true), action(3, expires: .testNow)]
  changes.cancellations = [Cancellation(action: ActionID(high: 9, low: 9), reason: "none", position: LogPosition(2))]
  return changes
}

/// The code with which a storage call is refused; `nil` when it is not.
func storageRefusal(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch let error as StorageError {
    return error.code.description
  } catch {
    return "\(error)"
  }
}
