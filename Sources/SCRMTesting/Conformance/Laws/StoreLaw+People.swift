import SocialCRM

extension StoreLaw {
  /// Ids at the places where signed, text and reversed orders differ from that of the bits.
  private static let edgeIDs: [PersonID] = {
    let words: [UInt64] = [0, 1, 0x0F, 0xFF, 0x100, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max]
    return words.flatMap { high in words.map { PersonID(high: high, low: $0) } }
  }()

  static let people: [StoreLaw] = [
    StoreLaw("people.content", "Every part of a person comes back: accounts, traits, consents, redirect, version.") {
      run in
      var merged = Sample.personRecord(2, version: 9)
      merged.mergedInto = Sample.person(1)
      let records = [Sample.fullPerson(1, "caf\u{E9} \u{0}\u{1F600}", by: Sample.event("1"), version: 8), merged]
      var changes = ChangeSet("a")
      changes.create(people: records)
      let store = try await run.fresh(holding: changes)
      let found = try await store.people([Sample.person(2), Sample.person(5), Sample.person(1), Sample.person(2)])
      let expected = [merged, nil, records[0], merged]
      try requireSame(found.map { $0?.jsonText }, expected.map { $0?.jsonText }, "the people")
    },
    StoreLaw(
      "people.order",
      "Pages are in the order of the 128 bits, ids with the highest bit last; merged people are included."
    ) {
      run in
      var changes = ChangeSet("a")
      changes.create(
        people: edgeIDs.reversed().enumerated().map { index, id in
          PersonRecord(id: id, mergedInto: index % 3 == 0 ? Sample.person(1) : nil, version: LogPosition(1))
        })
      let store = try await run.fresh(holding: changes)
      for limit in [1, 7, 64] {
        try requireSame(try await store.everyPerson(limit).map(\.id), edgeIDs, "the ids by pages of \(limit)")
      }
      let start = edgeIDs[20]
      let page = try await store.people(after: start, limit: 5).map(\.id)
      try requireSame(page, Array(edgeIDs[21..<26]), "the page after the 21st id")
    },
    StoreLaw("people.change", "A person is replaced, removed and created again; pages follow.") { run in
      var changes = ChangeSet("a")
      changes.create(people: (1...4).map { Sample.personRecord($0) })
      let store = try await run.fresh(holding: changes)
      try requireSame(try await store.everyPerson().count, 4, "the people before")
      var second = ChangeSet("b")
      second.people = [
        Change(Sample.fullPerson(2, "new", by: Sample.event("1"), version: 5), replaces: LogPosition(1)),
        Change(Sample.personRecord(3), replaces: LogPosition(1), isRemoval: true),
        Change(Sample.personRecord(6), replaces: nil),
      ]
      _ = try await store.commit(second)
      let ids = [1, 2, 4, 6].map { Sample.person($0) }.sorted()
      try requireSame(try await store.everyPerson(2).map(\.id), ids, "the ids after a change")
      let found = try await store.people([Sample.person(2), Sample.person(3)])
      try requireSame(found.map { $0?.version.rawValue }, [5, nil], "the versions")
      var third = ChangeSet("c")
      third.create(people: [Sample.personRecord(3, version: 8)])
      _ = try await store.commit(third)
      try requireSame(try await store.everyPerson(2).count, 5, "the people after one was created again")
    },
  ]

  static let merges: [StoreLaw] = [
    StoreLaw("merges.order", "Merges come in the order of decision, complete, after a position.") { run in
      var first = ChangeSet("a", events: ["1", "2", "3"])
      first.merges = [
        Sample.merge(5, 6, cause: Sample.event("1"), at: 1), Sample.merge(3, 4, cause: Sample.event("3"), at: 3),
      ]
      var second = ChangeSet("b", on: first.head, events: ["4"])
      second.merges = [Sample.merge(1, 2, cause: Sample.event("4"), at: 4)]
      let store = try await run.fresh(holding: first, second)
      let all = first.merges + second.merges
      try requireSame(try await store.merges(after: .start, limit: 9), all, "all merges")
      try requireSame(try await store.merges(after: LogPosition(1), limit: 9), Array(all[1...]), "merges after 1")
      try requireSame(try await store.merges(after: LogPosition(2), limit: 1), [all[1]], "one merge after 2")
      try requireSame(try await store.merges(after: LogPosition(4), limit: 9), [], "merges after the last")
    },
    StoreLaw("merges.whole-positions", "A page of merges does not end within a position, so that no merge is skipped.")
    {
      run in
      var changes = ChangeSet("a", events: ["1", "2", "3"])
      changes.merges =
        (0..<3).map { Sample.merge(1, 10 + $0, cause: Sample.event("1"), at: 1) }
        + (0..<4).map { Sample.merge(2, 20 + $0, cause: Sample.event("2"), at: 2) }
        + [Sample.merge(3, 30, cause: Sample.event("3"), at: 3)]
      let store = try await run.fresh(holding: changes)
      for limit in 1...9 {
        try requireSame(try await store.everyMerge(limit), changes.merges, "the merges by pages of \(limit)")
      }
    },
  ]
}
