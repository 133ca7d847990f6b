import SocialCRM

extension StoreLaw {
  /// State keys in their order: people, events, names, each by bytes.
  private static let orderedKeys: [StateKey] = {
    let people = [PersonID(high: 0, low: 0), PersonID(high: 1, low: 0), PersonID(high: 1 << 63, low: 1)]
    let events = [
      EventKey("", "a"), EventKey("a", ""), EventKey("a", "bc"), EventKey("ab", "c"), EventKey("b", "\u{1F600}"),
      EventKey("b", "\u{E9}"), EventKey("b", "e\u{301}"), EventKey("bb", "0"),
    ]
    let names = [
      "", "\u{0}", "\u{0}a", " ", "A", "Z", "a", "a\u{0}", "a\u{0}b", "aa", "e", "e\u{301}", "p:1", "z", "\u{E9}",
      "\u{4E2D}", "\u{FFFD}", "\u{1F600}",
    ]
    return people.map { StateKey.person($0) } + events.map { .event($0) }.sorted() + names.map { .name($0) }
  }()

  static let states: [StoreLaw] = [
    StoreLaw("states.content", "Schema, version, due time and every byte of the state come back.") { run in
      let all = (0...255).map { UInt8($0) }
      var first = Sample.state(.name("x"), version: 9, due: Sample.now.advanced(by: .nanoseconds(7)), bytes: all)
      first.schema = 1_000_000
      let records = [first, Sample.state(.name("y"), bytes: []), Sample.state(.person(Sample.person(1)), bytes: [0])]
      var changes = ChangeSet("a")
      changes.create(states: records)
      let store = try await run.fresh(holding: changes)
      let keys: [StateKey] = [.name("y"), .name("none"), .name("x"), .person(Sample.person(1)), .name("x")]
      let found = try await store.states("kit.a", keys)
      try requireSame(found, [records[1], nil, first, records[2], first], "the states")
    },
    StoreLaw("states.order", "Pages are in key order: people, events, names, each by bytes; names may hold NUL.") {
      run in
      var changes = ChangeSet("a")
      changes.create(states: orderedKeys.reversed().map { Sample.state($0) })
      let store = try await run.fresh(holding: changes)
      for limit in [1, 3, 100] {
        let found = try await store.everyState("kit.a", limit)
        try requireSame(found.map(\.key), orderedKeys, "the keys by pages of \(limit)")
      }
      let found = try await store.states("kit.a", orderedKeys)
      try requireSame(found.map { $0?.key }, orderedKeys, "the keys one by one")
    },
    StoreLaw("states.kinds", "Kinds are apart, by bytes: the same key may be in several.") { run in
      let kinds: [StateKind] = ["kit.a", "kit.A", "kit.a ", "kit.\u{E9}", "kit.e\u{301}", "kit"]
      var changes = ChangeSet("a")
      changes.create(
        states: kinds.enumerated().map { Sample.state(.name("x"), $1, due: Sample.now, bytes: [UInt8($0)]) })
      let store = try await run.fresh(holding: changes)
      for (index, kind) in kinds.enumerated() {
        let expected = [UInt8(index)]
        try requireSame(try await store.states(kind, [.name("x")]).map { $0?.bytes }, [expected], "kind \(kind) by key")
        try requireSame(try await store.everyState(kind).map(\.bytes), [expected], "kind \(kind) by pages")
        let due = try await store.everyDueState(kind, through: Sample.now)
        try requireSame(due.map(\.bytes), [expected], "kind \(kind), due")
      }
      try require(
        try await store.states("kit.none", [.name("x")]) == [nil], "a kind that was never written has a state")
    },
    StoreLaw("states.large", "A state of 1 MiB comes back whole.") { run in
      let bytes = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      var changes = ChangeSet("a")
      changes.create(states: [Sample.state(.name("large"), bytes: bytes)])
      let store = try await run.fresh(holding: changes)
      let found = try await store.states("kit.a", [.name("large")]).first ?? nil
      try require(found?.bytes == bytes, "the state came back with \(found?.bytes.count ?? 0) bytes or other ones")
    },
    StoreLaw("states.change", "A state is replaced, removed and created again; pages follow.") { run in
      var changes = ChangeSet("a")
      changes.create(states: ["a", "b", "c"].map { Sample.state(.name($0)) })
      let store = try await run.fresh(holding: changes)
      try requireSame(try await store.everyState("kit.a").count, 3, "the states before")
      var second = ChangeSet("b")
      second.states = [
        Change(Sample.state(.name("a"), version: 2, bytes: [9]), replaces: LogPosition(1)),
        Change(Sample.state(.name("b")), replaces: LogPosition(1), isRemoval: true),
        Change(Sample.state(.name("bb")), replaces: nil),
      ]
      _ = try await store.commit(second)
      let found = try await store.everyState("kit.a", 1)
      try requireSame(found.map(\.key), ["a", "bb", "c"].map { .name($0) }, "the keys after a change")
      try requireSame(found.first?.bytes, [9], "the bytes of the changed state")
      var third = ChangeSet("c")
      third.create(states: [Sample.state(.name("b"), version: 5)])
      _ = try await store.commit(third)
      let again = try await store.states("kit.a", [.name("b")])
      try requireSame(again, [Sample.state(.name("b"), version: 5)], "the state that was created again")
    },
  ]

  static let dueStates: [StoreLaw] = [
    StoreLaw("due.order", "Due states come in the order of time, then key; a time is due at itself.") { run in
      let second = Sample.now
      let times: [Instant?] = [
        second.advanced(by: .nanoseconds(1)), second, nil, second.advanced(by: .nanoseconds(-1)), second,
        second.advanced(by: .days(400)), .epoch.advanced(by: .seconds(-1)), .distantPast,
      ]
      var changes = ChangeSet("a")
      changes.create(states: times.enumerated().map { Sample.state(.name("k\(9 - $0)"), due: $1) })
      let store = try await run.fresh(holding: changes)
      for limit in [1, 2, 9] {
        let due = try await store.everyDueState("kit.a", through: second, limit)
        let names = ["k2", "k3", "k6", "k5", "k8"]
        try requireSame(due.map(\.key), names.map { .name($0) }, "what is due, by pages of \(limit)")
      }
      let later = try await store.everyDueState("kit.a", through: second.advanced(by: .nanoseconds(1)), 3)
      try requireSame(later.last?.key, .name("k9"), "what is due a nanosecond later")
    },
    StoreLaw("due.change", "A record that gets another due time, or none, is no longer due at the old one.") { run in
      var changes = ChangeSet("a")
      changes.create(states: ["a", "b", "c", "d"].map { Sample.state(.name($0), due: Sample.time(10)) })
      let store = try await run.fresh(holding: changes)
      var second = ChangeSet("b")
      second.states = [
        Change(Sample.state(.name("a"), version: 2, due: Sample.time(100_000)), replaces: LogPosition(1)),
        Change(Sample.state(.name("b"), version: 2), replaces: LogPosition(1)),
        Change(Sample.state(.name("c"), version: 2, due: Sample.time(5)), replaces: LogPosition(1)),
        Change(Sample.state(.name("d")), replaces: LogPosition(1), isRemoval: true),
      ]
      _ = try await store.commit(second)
      let due = try await store.everyDueState("kit.a", through: Sample.time(50))
      try requireSame(due.map(\.key), [.name("c")], "what is due after the change")
      let later = try await store.everyDueState("kit.a", through: .distantFuture)
      try requireSame(later.map(\.key), [.name("c"), .name("a")], "what is due in the end")
    },
    StoreLaw("due.moving", "Each due record is seen once while the records of earlier pages get later due times.") {
      run in
      var changes = ChangeSet("a")
      changes.create(
        states: (0..<20).map { Sample.state(.name("k\($0)"), due: Sample.time(Int64($0 % 4))) })
      let store = try await run.fresh(holding: changes)
      var seen: [StateKey] = []
      var last: StateDue?
      for page in 0..<40 {
        let records = try await store.dueStates("kit.a", through: Sample.time(10), after: last, limit: 3)
        guard let final = records.last else { break }
        last = StateDue(due: final.due ?? .distantFuture, key: final.key)
        seen += records.map(\.key)
        var move = ChangeSet("move \(page)")
        move.states = records.map { record in
          var moved = record
          moved.version = LogPosition(2)
          moved.due = Sample.time(1_000 + Int64(page))
          return Change(moved, replaces: record.version)
        }
        _ = try await store.commit(move)
      }
      try requireSame(seen.count, 20, "the records seen")
      try requireSame(Set(seen).count, 20, "the different records seen")
    },
  ]
}
