import SocialCRM

extension StoreLaw {
  /// Keys that a database may take for each other.
  private static let trickyKeys: [IdentifierKey] = [
    IdentifierKey(.email, key: "ann@example.com"), IdentifierKey(.email, key: "Ann@example.com"),
    IdentifierKey(.email, key: "caf\u{E9}"), IdentifierKey(.email, key: "cafe\u{301}"),
    IdentifierKey(.email, key: "\u{FF21}"), IdentifierKey(.email, key: "A"), IdentifierKey(.email, key: "a"),
    IdentifierKey(.email, key: "\u{1F600}"), IdentifierKey(.email, key: "\u{1F469}\u{200D}\u{1F4BB}"),
    IdentifierKey(.email, key: "\u{1F469}"), IdentifierKey(.email, key: "stra\u{DF}e"),
    IdentifierKey(.email, key: "strasse"), IdentifierKey(.email, key: "\u{130}"),
    IdentifierKey(.email, key: "i\u{307}"),
    IdentifierKey(.email, key: "x"), IdentifierKey(.email, key: "x "), IdentifierKey(.email, key: " x"),
    IdentifierKey(.email, key: "007"), IdentifierKey(.email, key: "7"), IdentifierKey(.email, key: "7.0"),
    IdentifierKey(.email, key: "\u{2126}"), IdentifierKey(.email, key: "\u{3A9}"), IdentifierKey(.email, key: "%"),
    IdentifierKey(.email, key: "_"), IdentifierKey(.email, key: "'"), IdentifierKey(.email, key: "\""),
    IdentifierKey(.email, key: "\\"), IdentifierKey(.email, key: "NULL"), IdentifierKey(.email, key: ""),
  ]

  static let identities: [StoreLaw] = [
    StoreLaw("identities.by-key", "Answers stand in the order of the keys, nil where there is none.") { run in
      var changes = ChangeSet("a")
      changes.create(identities: (1...3).map { Sample.identity("k\($0)", $0, version: 40 + $0) })
      let store = try await run.fresh(holding: changes)
      let keys = ["k3", "none", "k1", "k3"].map { IdentifierKey(.email, key: $0) }
      let found = try await store.identities(for: keys)
      let numbers: [UInt64?] = [3, nil, 1, 3]
      let expected = numbers.map { number in number.map { Sample.identity("k\($0)", $0, version: 40 + $0) } }
      try requireSame(found, expected, "the identities")
    },
    StoreLaw(
      "identities.keys-are-bytes",
      "Keys that differ in a byte lead to different people: case, width, NFC and NFD, emoji."
    ) {
      run in
      var changes = ChangeSet("a")
      let records = trickyKeys.enumerated().map { Sample.identity($1, UInt64($0 + 1)) }
      changes.create(identities: records)
      let store = try await run.fresh(holding: changes)
      let found = try await store.identities(for: trickyKeys)
      try requireSame(found.count, records.count, "the number of answers")
      for (record, expected) in zip(found, records) {
        let text = expected.key.key.debugDescription
        try require(record?.person == expected.person, "the key \(text) leads to another person or to nobody")
        try require(record?.key == expected.key, "the key \(text) came back changed")
      }
    },
    StoreLaw("identities.normalisation", "A key is not found in another normal form or case than it was written in.") {
      run in
      var changes = ChangeSet("a")
      changes.create(identities: [Sample.identity("caf\u{E9}", 1), Sample.identity("\u{AC00}", 2)])
      let store = try await run.fresh(holding: changes)
      let others = ["cafe\u{301}", "CAF\u{E9}", "Caf\u{E9}", "\u{1100}\u{1161}", "caf\u{E9} ", "cafe"]
      let found = try await store.identities(for: others.map { IdentifierKey(.email, key: $0) })
      for (record, text) in zip(found, others) {
        try require(record == nil, "\(text.debugDescription) finds a record that was written under another text")
      }
    },
    StoreLaw(
      "identities.namespaces",
      "Kind, scope and key are three texts: an empty scope is one, and none runs into the next."
    ) {
      run in
      let keys = [
        IdentifierKey(.init("a"), key: "bc"), IdentifierKey(.init("a", scope: "b"), key: "c"),
        IdentifierKey(.init("ab"), key: "c"), IdentifierKey(.init("a", scope: "bc"), key: ""),
        IdentifierKey(.init("a", scope: "b:c"), key: "d"), IdentifierKey(.init("a", scope: "b"), key: "c:d"),
        IdentifierKey(.init("a", scope: ""), key: "c"), IdentifierKey(.init("", scope: ""), key: "c"),
        IdentifierKey(.init("", scope: "a"), key: "c"), IdentifierKey(.init("a", scope: "\u{E9}"), key: "c"),
        IdentifierKey(.init("a", scope: "e\u{301}"), key: "c"), IdentifierKey(.init("A"), key: "c"),
        IdentifierKey(.init("a/b", scope: "c"), key: "d"), IdentifierKey(.init("a", scope: "b/c"), key: "d"),
      ]
      var changes = ChangeSet("a")
      let records = keys.enumerated().map { Sample.identity($1, UInt64($0 + 1)) }
      changes.create(identities: records)
      let store = try await run.fresh(holding: changes)
      let found = try await store.identities(for: keys)
      for (index, expected) in records.enumerated() {
        let record = index < found.count ? found[index] : nil
        try require(
          record == expected, "key \(index), \(expected.key.namespace), leads to another record or to nothing")
      }
    },
    StoreLaw(
      "identities.long", "Keys of 1,024 bytes that differ in the last one are different, and 100,000 bytes are kept."
    ) {
      run in
      let stem = String(repeating: "界", count: 341)
      var changes = ChangeSet("a")
      let texts = [stem + "a", stem + "b", String(repeating: "x", count: 100_000)]
      changes.create(identities: texts.enumerated().map { Sample.identity($1, UInt64($0 + 1)) })
      let store = try await run.fresh(holding: changes)
      let found = try await store.identities(for: texts.map { IdentifierKey(.email, key: $0) })
      try requireSame(found.map { $0?.person }, [1, 2, 3].map { Sample.person($0) }, "the people found")
      try require(found.last??.key.key.utf8.count == 100_000, "a key of 100,000 bytes came back shorter")
    },
    StoreLaw("identities.change", "An identity is replaced, removed and created again.") { run in
      var changes = ChangeSet("a")
      changes.create(identities: [Sample.identity("k", 1), Sample.identity("l", 2)])
      let store = try await run.fresh(holding: changes)
      var moved = Sample.identity("k", 1, version: 2)
      moved.person = Sample.person(9)
      var second = ChangeSet("b")
      second.identities = [
        Change(moved, replaces: LogPosition(1)),
        Change(Sample.identity("l", 2), replaces: LogPosition(1), isRemoval: true),
      ]
      _ = try await store.commit(second)
      let keys = ["k", "l"].map { IdentifierKey(.email, key: $0) }
      try requireSame(try await store.identities(for: keys), [moved, nil], "after a change and a removal")
      var third = ChangeSet("c")
      third.create(identities: [Sample.identity("l", 3, version: 7)])
      _ = try await store.commit(third)
      let expected = [moved, Sample.identity("l", 3, version: 7)]
      try requireSame(try await store.identities(for: keys), expected, "after it was created again")
    },
  ]
}
