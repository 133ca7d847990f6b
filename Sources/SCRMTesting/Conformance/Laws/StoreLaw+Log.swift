import SocialCRM

extension StoreLaw {
  static let log: [StoreLaw] = [
    StoreLaw("log.order", "Entries stand at positions from 1 without a gap, across commits; the head is the last.") {
      run in
      let store = try await run.fresh()
      for part in 0..<4 {
        let base = try await store.head()
        var changes = ChangeSet("part \(part)", on: base, events: (0..<(part + 1)).map { "\(part)-\($0)" })
        changes.add(.clock(Sample.time(Int64(part))))
        let receipt = try await store.commit(changes)
        try requireSame(receipt, CommitReceipt(key: changes.key, head: changes.head), "the receipt")
        try requireSame(try await store.head(), changes.head, "the head after the commit")
      }
      let entries = try await store.everyEntry(3)
      try requireSame(entries.map(\.position), (1...14).map { LogPosition($0) }, "the positions")
    },
    StoreLaw("log.bodies", "Every kind of entry comes back byte for byte, with actor and addressee.") { run in
      var changes = ChangeSet("bodies")
      changes.add(Sample.fullInteraction(Sample.event("a"), "live"), actor: Sample.account(1))
      changes.add(Sample.fullInteraction(Sample.event("b"), "old"), .backfill, addressee: Sample.account(2))
      changes.add(.clock(Sample.now))
      changes.add(.configuration("0123"))
      changes.add(
        .snapshot(
          PublishedSnapshot(
            name: "influence", asOf: Sample.now,
            scores: [.init(person: Sample.person(1), value: 0.1), .init(person: Sample.person(2), value: -0.0)])))
      let digest = String(repeating: "ab", count: 32)
      changes.add(
        .tombstone(Tombstone(key: Sample.event("c"), digest: digest, reason: .compacted)), actor: Sample.account(3),
        addressee: Sample.account(4))
      let gone = EventKey(Sample.source, Tombstone.erasedID(Sample.event("d")))
      changes.add(.tombstone(Tombstone(key: gone, digest: "", reason: .erased)))
      let store = try await run.fresh(holding: changes)
      let found = try await store.log(after: .start, limit: 100)
      try requireSame(found.count, changes.entries.count, "the number of entries")
      for (entry, expected) in zip(found, changes.entries) {
        try requireSame(entry.jsonBytes, expected.jsonBytes, "entry \(expected.position)")
      }
    },
    StoreLaw("log.times", "Times keep their nanoseconds and the offset they were written in.") { run in
      var changes = ChangeSet("times")
      let times = [Instant.distantPast, .epoch, .epoch.advanced(by: .nanoseconds(-1)), .distantFuture]
      let odd = Instant(secondsSinceEpoch: 1, nanoseconds: 123_456_789, utcOffset: 20_700)
      for (index, time) in (times + [odd].compactMap { $0 }).enumerated() {
        changes.add(Sample.interaction(Sample.event(index), received: time))
        changes.add(.clock(time))
      }
      let store = try await run.fresh(holding: changes)
      let found = try await store.log(after: .start, limit: 100)
      try requireSame(found.map(\.jsonText), changes.entries.map(\.jsonText), "the entries")
    },
    StoreLaw("log.large-entry", "A text of 64 KiB and a raw payload of 1 MiB come back whole.") { run in
      var large = Sample.interaction(Sample.event("large"))
      large.text = LocalizedText(String(repeating: "界", count: 21_845))
      large.raw = RawPayload(
        mediaType: "application/octet-stream", bytes: (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      var changes = ChangeSet("large")
      changes.add(large)
      let store = try await run.fresh(holding: changes)
      guard case .interaction(let found, _)? = try await store.entries(for: [large.key]).first??.body else {
        throw LawFailure("the entry is not found")
      }
      try require(found.raw == large.raw, "the raw payload is another one")
      try require(found.text == large.text, "the text is another one")
    },
    StoreLaw("log.by-key", "Entries are found by key, in the order of the keys, also when a key is asked for twice.") {
      run in
      let store = try await run.fresh(holding: ChangeSet("a", events: ["1", "2", "3"]))
      let keys = ["3", "absent", "1", "3", ""].map { Sample.event($0) } + [EventKey("other", "1")]
      let found = try await store.entries(for: keys)
      try requireSame(found.map { $0?.position.rawValue }, [3, nil, 1, 3, nil, nil], "the positions found")
    },
    StoreLaw(
      "log.keys-are-bytes", "Event keys that differ in a byte are different: case, NFC and NFD, where the source ends."
    ) {
      run in
      let keys = [
        EventKey("s", "caf\u{E9}"), EventKey("s", "cafe\u{301}"), EventKey("s", "CAF\u{E9}"),
        EventKey("s", "\u{1F600}"),
        EventKey("s", " a"), EventKey("s", "a"), EventKey("s", "a "), EventKey("sa", ""), EventKey("", "sa"),
        EventKey("S", "a"), EventKey("e\u{301}", "1"), EventKey("\u{E9}", "1"),
        EventKey("s", String(repeating: "x", count: 1_024)),
        EventKey("s", String(repeating: "x", count: 1_023) + "y"),
      ]
      var changes = ChangeSet("keys")
      for key in keys { changes.add(Sample.interaction(key)) }
      let store = try await run.fresh(holding: changes)
      let found = try await store.entries(for: keys)
      try requireSame(found.map { $0?.position.rawValue }, (1...UInt64(keys.count)).map { $0 }, "the positions found")
      for (entry, key) in zip(found, keys) {
        guard case .interaction(let interaction, _)? = entry?.body else { throw LawFailure("\(key) is not found") }
        try require(interaction.key == key, "asked for \(key), got \(interaction.key)")
      }
    },
    StoreLaw("log.tombstones", "A tombstone is found by its key, that of an erased event also by the event's own key.")
    {
      run in
      let (kept, gone) = (Sample.event("kept"), Sample.event("gone"))
      var changes = ChangeSet("tombstones")
      changes.add(.tombstone(Tombstone(key: kept, digest: "00", reason: .compacted)))
      let erased = EventKey(gone.source, Tombstone.erasedID(gone))
      changes.add(.tombstone(Tombstone(key: erased, digest: "", reason: .erased)))
      let store = try await run.fresh(holding: changes)
      let found = try await store.entries(for: [gone, kept, erased])
      try requireSame(found.map { $0?.position.rawValue }, [2, 1, 2], "the positions found")
    },
  ]
}
