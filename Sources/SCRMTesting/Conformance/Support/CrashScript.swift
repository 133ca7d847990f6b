import SocialCRM

/// A sequence of calls of every writing kind, between any two of which a process may end.
///
/// A claim is made anew from the stored item, as a worker does that was started again.
enum CrashScript {
  static let first = ChangeSet.full("first", count: 4)
  static let second = ChangeSet.full("second", count: 2, first: 50, on: first.head)
  static let known = KnownKeys(first, second)

  static let steps: [@Sendable (any SCRMStore) async throws -> Void] = [
    { _ = try await $0.commit(first) },
    { _ = try await $0.claim(limit: 2, worker: "w", at: Sample.now, lease: .seconds(60)) },
    { try await $0.acknowledge(try await held($0, 1)) },
    { _ = try await $0.commit(second) },
    { try await $0.retry(try await held($0, 3), at: Sample.time(30), reason: "busy") },
    { _ = try await $0.claim(limit: 9, worker: "v", at: Sample.time(40), lease: .seconds(60)) },
    { try await $0.deadLetter(try await held($0, 3), reason: "bounced") },
    { store in
      var changes = ChangeSet("third", on: second.head, events: ["third"])
      changes.people = [Change(Sample.personRecord(1, version: 90), replaces: LogPosition(1))]
      changes.states = [
        Change(Sample.state(.person(Sample.person(2))), replaces: LogPosition(1), isRemoval: true)
      ]
      changes.memberships = [MembershipChange(Sample.membership("vip", 3), isEntry: false)]
      changes.actions = [Sample.action(70)]
      changes.cancellations = [70, 51].map {
        Cancellation(action: Sample.actionID($0), reason: "late", position: changes.head)
      }
      _ = try await store.commit(changes)
    },
    { _ = try await $0.compact(before: Sample.time(1)) },
    { store in
      _ = try await store.erase(
        ErasureRequest(
          people: [Sample.person(1)], accounts: [Sample.account(1)], keys: [IdentifierKey(.email, key: "k1")]))
    },
    { _ = try await $0.commit(ChangeSet("fourth", on: second.head.next.next, events: ["fourth"])) },
  ]

  private static func held(_ store: any SCRMStore, _ number: UInt64) async throws -> ActionClaim {
    let item = try required(try await store.actions([Sample.actionID(number)]).first ?? nil, "action \(number)")
    guard case .claimed(let worker, let until) = item.status else {
      throw LawFailure("action \(number) is not claimed any more")
    }
    return ActionClaim(action: item.action, worker: worker, fence: item.fence, until: until, attempt: item.attempts)
  }
}
