import SocialCRM

extension StoreLaw {
  static let ties: [StoreLaw] = [
    StoreLaw("ties.content", "A tie is found by both ends in their direction, with schema and bytes.") { run in
      let bytes = (0...255).map { UInt8($0) }
      var tie = Sample.tie(1, 2, version: 3, bytes: bytes)
      tie.schema = 7
      var changes = ChangeSet("a")
      changes.create(ties: [tie, Sample.tie(2, 1, bytes: []), Sample.tie(1, 1)])
      let store = try await run.fresh(holding: changes)
      let keys = [tie.key, Sample.tie(1, 3).key, Sample.tie(2, 1).key, Sample.tie(1, 1).key, tie.key]
      let expected = [tie, nil, Sample.tie(2, 1, bytes: []), Sample.tie(1, 1), tie]
      try requireSame(try await store.ties(keys).map { $0?.jsonText }, expected.map { $0?.jsonText }, "the ties")
    },
    StoreLaw("ties.order", "Pages are in the order of the acting account, then the other, both by their bits.") { run in
      let words: [UInt64] = [0, 1, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max]
      let accounts = words.flatMap { high in words.map { AccountID(high: high, low: $0) } }
      var keys: [TieKey] = []
      for (index, from) in accounts.enumerated() {
        for to in [accounts[(index * 7 + 3) % accounts.count], accounts[(index * 11 + 5) % accounts.count]] {
          keys.append(TieKey(from: from, to: to))
        }
      }
      keys = Array(Set(keys)).sorted()
      var changes = ChangeSet("a")
      changes.create(
        ties: keys.reversed().map { TieRecord(key: $0, version: LogPosition(1), schema: 1, bytes: [1]) })
      let store = try await run.fresh(holding: changes)
      for limit in [1, 4, keys.count] {
        try requireSame(try await store.everyTie(limit).map(\.key), keys, "the keys by pages of \(limit)")
      }
    },
    StoreLaw("ties.change", "A tie is replaced, removed and created again; pages follow.") { run in
      var changes = ChangeSet("a")
      changes.create(ties: [Sample.tie(1, 2), Sample.tie(2, 1), Sample.tie(3, 1)])
      let store = try await run.fresh(holding: changes)
      try requireSame(try await store.everyTie().count, 3, "the ties before")
      var second = ChangeSet("b")
      second.ties = [
        Change(Sample.tie(1, 2, version: 4, bytes: [1, 2]), replaces: LogPosition(1)),
        Change(Sample.tie(2, 1), replaces: LogPosition(1), isRemoval: true),
      ]
      _ = try await store.commit(second)
      let expected = [Sample.tie(1, 2, version: 4, bytes: [1, 2]), Sample.tie(3, 1)].sorted { $0.key < $1.key }
      try requireSame(try await store.everyTie(1), expected, "the ties after a change and a removal")
      var third = ChangeSet("c")
      third.create(ties: [Sample.tie(2, 1, version: 6)])
      _ = try await store.commit(third)
      let found = try await store.ties([Sample.tie(2, 1).key])
      try requireSame(found, [Sample.tie(2, 1, version: 6)], "the tie that was created again")
    },
  ]
}
