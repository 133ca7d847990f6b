import SocialCRM

extension StoreLaw {
  /// A store with twelve rows in every table, its reference and the keys.
  private static func filled(_ run: LawRun) async throws -> (any SCRMStore, InMemoryStore, KnownKeys) {
    let changes = ChangeSet.full(count: 12)
    let reference = InMemoryStore(workspace: "kit")
    _ = try await reference.commit(changes)
    return (try await run.fresh(holding: changes), reference, KnownKeys(changes))
  }

  static let pages: [StoreLaw] = [
    StoreLaw("pages.every-size", "Pages of any size give the same rows in the same order.") { run in
      let (store, reference, known) = try await filled(run)
      try await requireSameContent(store, as: reference, known, "by pages", pages: [1, 2, 5, 11, 12, 13, 1_000])
    },
    StoreLaw("pages.no-rows", "A limit of zero or less gives an empty page.") { run in
      let (store, _, _) = try await filled(run)
      for limit in [0, -1, Int.min] {
        try require(try await store.log(after: .start, limit: limit).isEmpty, "log with limit \(limit)")
        try require(try await store.people(after: nil, limit: limit).isEmpty, "people with limit \(limit)")
        try require(try await store.merges(after: .start, limit: limit).isEmpty, "merges with limit \(limit)")
        try require(try await store.ties(after: nil, limit: limit).isEmpty, "ties with limit \(limit)")
        try require(try await store.states("kit.a", after: nil, limit: limit).isEmpty, "states with limit \(limit)")
        let due = try await store.dueStates("kit.a", through: .distantFuture, after: nil, limit: limit)
        try require(due.isEmpty, "due states with limit \(limit)")
        try require(try await store.members(of: "vip", after: nil, limit: limit).isEmpty, "members with limit \(limit)")
        try require(try await store.actions(after: nil, limit: limit).isEmpty, "actions with limit \(limit)")
        let claims = try await store.claim(limit: limit, worker: "w", at: Sample.now, lease: .seconds(1))
        try require(claims.isEmpty, "claim with limit \(limit)")
      }
    },
    StoreLaw("pages.all-rows", "The largest limit gives everything.") { run in
      let (store, reference, known) = try await filled(run)
      try await requireSameContent(store, as: reference, known, "with the largest limit", pages: [.max])
    },
    StoreLaw("pages.past-end", "A page after the last row is empty.") { run in
      let (store, _, known) = try await filled(run)
      let head = try await store.head()
      for position in [head, head.next, LogPosition(.max)] {
        try require(try await store.log(after: position, limit: 9).isEmpty, "log after \(position)")
        try require(try await store.merges(after: position, limit: 9).isEmpty, "merges after \(position)")
      }
      let last = PersonID(high: .max, low: .max)
      try require(try await store.people(after: last, limit: 9).isEmpty, "people after the last id")
      try require(try await store.members(of: "vip", after: last, limit: 9).isEmpty, "members after the last id")
      let end = AccountID(high: .max, low: .max)
      try require(try await store.ties(after: TieKey(from: end, to: end), limit: 9).isEmpty, "ties after the last key")
      let name = StateKey.name("\u{10FFFF}")
      for kind in known.kinds {
        try require(try await store.states(kind, after: name, limit: 9).isEmpty, "states after the last key")
      }
      let due = StateDue(due: .distantFuture, key: name)
      let page = try await store.dueStates("kit.a", through: .distantFuture, after: due, limit: 9)
      try require(page.isEmpty, "due states after the last place")
      let items = try await store.actions(after: nil, limit: 99)
      try require(try await store.actions(after: items.last?.action.id, limit: 9).isEmpty, "actions after the last one")
    },
    StoreLaw("pages.absent-cursor", "A cursor that names no row continues with the next row in order.") { run in
      let (store, reference, _) = try await filled(run)
      for number in UInt64(100)..<120 {
        let id = Sample.person(number)
        let people = try await store.people(after: id, limit: 3).map(\.id)
        try requireSame(people, await reference.people(after: id, limit: 3).map(\.id), "people after an absent id")
        let members = try await store.members(of: "vip", after: id, limit: 3)
        try requireSame(members, await reference.members(of: "vip", after: id, limit: 3), "members after an absent id")
        let tie = TieKey(from: Sample.account(number), to: Sample.account(1))
        let ties = try await store.ties(after: tie, limit: 3)
        try requireSame(ties, await reference.ties(after: tie, limit: 3), "ties after an absent key")
        for key in [StateKey.person(id), .event(Sample.event(number)), .name("n\(number)")] {
          let states = try await store.states("kit.a", after: key, limit: 3)
          try requireSame(states, await reference.states("kit.a", after: key, limit: 3), "states after an absent key")
          let place = StateDue(due: Sample.time(4), key: key)
          let due = try await store.dueStates("kit.a", through: .distantFuture, after: place, limit: 3)
          let expected = await reference.dueStates("kit.a", through: .distantFuture, after: place, limit: 3)
          try requireSame(due, expected, "due states after an absent place")
        }
      }
    },
    StoreLaw("pages.unknown-action", "Paging the outbox after an action that is not there is refused with notFound.") {
      run in
      let (store, _, _) = try await filled(run)
      try await requireRefusal(.notFound, "actions after an unknown id") {
        _ = try await store.actions(after: Sample.actionID(77_777), limit: 9)
      }
    },
  ]
}
