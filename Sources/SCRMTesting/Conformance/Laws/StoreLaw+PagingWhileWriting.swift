import SocialCRM

extension StoreLaw {
  /// Pages through a table while rows come and go between the pages.
  ///
  /// After each page the rows of it are removed and new ones are put before, between and behind the others.
  private static func pagingLaw<Key: Hashable & Comparable & Sendable>(
    _ name: String, _ what: String, key: @escaping @Sendable (UInt64) -> Key,
    page: @escaping @Sendable (any SCRMStore, Key?) async throws -> [Key],
    change: @escaping @Sendable (inout ChangeSet, _ removed: [Key], _ added: [UInt64]) -> Void
  ) -> StoreLaw {
    StoreLaw(
      "paging.\(name)", "Paging \(what) while rows come and go gives each row that stays exactly once, in order."
    ) {
      run in
      let store = try await run.fresh()
      var first = ChangeSet("first")
      change(&first, [], Array(1...30))
      _ = try await store.commit(first)
      let staying = (1...30).map { key($0) }.sorted()
      var seen: [Key] = []
      var last: Key?
      for round in 0..<60 {
        let rows = try await page(store, last)
        if rows.isEmpty { break }
        for row in rows {
          try require(seen.last.map { $0 < row } ?? true, "row \(seen.count) is not after the one before it")
          seen.append(row)
        }
        last = rows.last
        var next = ChangeSet("round \(round)", on: try await store.head())
        // What was removed before a place moves the rows behind it up, which an offset does not see.
        change(&next, round < 8 ? rows : [], round < 8 ? [UInt64(1_000 + round * 2), UInt64(1_001 + round * 2)] : [])
        _ = try await store.commit(next)
      }
      let missing = staying.filter { !seen.contains($0) }.count
      try requireSame(missing, 0, "the rows that were there all the time and not seen")
    }
  }

  static let pagingWhileWriting: [StoreLaw] = [
    pagingLaw("people", "people", key: { Sample.person($0) }) { store, last in
      try await store.people(after: last, limit: 4).map(\.id)
    } change: { changes, removed, added in
      changes.people = removed.map { Change(PersonRecord(id: $0), replaces: LogPosition(1), isRemoval: true) }
      changes.create(people: added.map { Sample.personRecord($0) })
    },
    pagingLaw("ties", "ties", key: { Sample.tie($0, $0 + 1).key }) { store, last in
      try await store.ties(after: last, limit: 4).map(\.key)
    } change: { changes, removed, added in
      changes.ties = removed.map {
        Change(
          TieRecord(key: $0, version: LogPosition(1), schema: 1, bytes: []), replaces: LogPosition(1), isRemoval: true)
      }
      changes.create(ties: added.map { Sample.tie($0, $0 + 1) })
    },
    pagingLaw("states", "states", key: { StateKey.event(Sample.event($0)) }) { store, last in
      try await store.states("kit.a", after: last, limit: 4).map(\.key)
    } change: { changes, removed, added in
      changes.states = removed.map { Change(Sample.state($0), replaces: LogPosition(1), isRemoval: true) }
      changes.create(states: added.map { Sample.state(.event(Sample.event($0))) })
    },
    pagingLaw("due", "due states", key: { StateDue(due: Sample.time(Int64($0 % 7)), key: .event(Sample.event($0))) }) {
      store, last in
      try await store.dueStates("kit.a", through: Sample.time(100), after: last, limit: 4).map {
        StateDue(due: $0.due ?? .distantFuture, key: $0.key)
      }
    } change: { changes, removed, added in
      changes.states = removed.map { Change(Sample.state($0.key), replaces: LogPosition(1), isRemoval: true) }
      changes.create(
        states: added.map { Sample.state(.event(Sample.event($0)), due: Sample.time(Int64($0 % 7))) })
    },
    pagingLaw("members", "members", key: { Sample.person($0) }) { store, last in
      try await store.members(of: "vip", after: last, limit: 4).map(\.person)
    } change: { changes, removed, added in
      changes.memberships = removed.map {
        MembershipChange(
          Membership(segment: "vip", person: $0, since: Sample.now, version: LogPosition(1)), isEntry: false)
      }
      changes.enter(added.map { Sample.membership("vip", $0) })
    },
    StoreLaw("paging.log", "Paging the log while it grows gives every entry once, those added meanwhile at the end.") {
      run in
      let store = try await run.fresh(holding: ChangeSet("first", events: (0..<20).map { "\($0)" }))
      var seen: [LogPosition] = []
      for round in 0..<60 {
        let page = try await store.log(after: seen.last ?? .start, limit: 4)
        if page.isEmpty { break }
        seen += page.map(\.position)
        if round < 5 {
          _ = try await store.commit(
            ChangeSet("round \(round)", on: try await store.head(), events: ["\(round)-a", "\(round)-b"]))
        }
      }
      try requireSame(seen, (1...30).map { LogPosition($0) }, "the positions seen")
    },
    StoreLaw("paging.outbox", "Paging the outbox while actions are added and settled gives each once, in order.") {
      run in
      var first = ChangeSet("first", events: ["1"])
      first.actions = (1...20).map { Sample.action($0) }
      let store = try await run.fresh(holding: first)
      var seen: [ActionID] = []
      for round in 0..<60 {
        let page = try await store.actions(after: seen.last, limit: 4)
        if page.isEmpty { break }
        seen += page.map(\.action.id)
        guard round < 5 else { continue }
        for claim in try await store.claim(limit: 3, worker: "w", at: Sample.now, lease: .seconds(60)) {
          try await store.acknowledge(claim)
        }
        var more = ChangeSet("round \(round)", on: try await store.head())
        more.actions = [Sample.action(UInt64(100 + round))]
        _ = try await store.commit(more)
      }
      let expected = (Array(1...20) + Array(100..<105)).map { Sample.actionID($0) }
      try requireSame(seen, expected, "the actions seen")
    },
    StoreLaw(
      "paging.concurrent", "Scans that run while others write give every row that stays exactly once.",
      needs: [.concurrentCalls]
    ) {
      run in
      var first = ChangeSet("first")
      first.create(
        people: (1...60).map { Sample.personRecord($0) },
        states: (1...60).map { Sample.state(.event(Sample.event($0))) })
      let store = try await run.fresh(holding: first)
      let people = Set((1...60).map { Sample.person($0) })
      let states = Set((1...60).map { StateKey.event(Sample.event($0)) })
      let handles = [store, try await run.handle(on: store), try await run.handle(on: store)]
      _ = try await inParallel(3) { task in
        let handle = handles[task]
        if task == 0 {
          for round in 0..<20 {
            var changes = ChangeSet("round \(round)", on: try await handle.head())
            changes.create(
              people: [Sample.personRecord(UInt64(1_000 + round))],
              states: [Sample.state(.event(Sample.event(1_000 + round)))])
            _ = try await handle.commit(changes)
          }
        } else {
          for _ in 0..<6 {
            let ids = try await handle.everyPerson(5).map(\.id)
            try require(ids == ids.sorted(), "people out of order")
            try require(people.isSubset(of: ids), "a scan of people missed one that was there all the time")
            let keys = try await handle.everyState("kit.a", 5).map(\.key)
            try require(keys == keys.sorted(), "states out of order")
            try require(states.isSubset(of: keys), "a scan of states missed one that was there all the time")
          }
        }
      }
    },
  ]
}
