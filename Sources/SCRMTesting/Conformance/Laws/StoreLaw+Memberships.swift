import SocialCRM

extension StoreLaw {
  static let memberships: [StoreLaw] = [
    StoreLaw(
      "memberships.order", "Members come in id order, the memberships of a person in byte order of the segments."
    ) {
      run in
      let segments = ["b", "a", "B", "\u{E9}", "e\u{301}", "z", "", "\u{1F600}", "a\u{0}", "\u{4E2D}"]
      var changes = ChangeSet("a")
      changes.enter(segments.map { Sample.membership($0, 1) })
      changes.enter((2...9).map { Sample.membership("b", $0) })
      let store = try await run.fresh(holding: changes)
      let people = (1...9).map { Sample.person($0) }.sorted()
      for limit in [1, 4, 100] {
        let members = try await store.everyMember(of: "b", limit)
        try requireSame(members.map(\.person), people, "the members by pages of \(limit)")
      }
      let own = try await store.memberships(of: [Sample.person(1)])
      let found = own.first?.map { Array($0.segment.utf8) } ?? []
      let ordered = segments.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
      try requireSame(found, ordered, "the segments of a person, as bytes")
    },
    StoreLaw("memberships.aligned", "The answers stand in the order of the people, empty where there is none.") { run in
      var changes = ChangeSet("a")
      changes.enter([Sample.membership("vip", 1, version: 3), Sample.membership("vip", 2), Sample.membership("fan", 2)])
      let store = try await run.fresh(holding: changes)
      let found = try await store.memberships(of: [2, 7, 1, 2].map { Sample.person($0) })
      let two = [Sample.membership("fan", 2), Sample.membership("vip", 2)]
      try requireSame(found, [two, [], [Sample.membership("vip", 1, version: 3)], two], "the memberships")
    },
    StoreLaw("memberships.names-are-bytes", "Segments whose names differ in a byte are different: case, NFC and NFD.") {
      run in
      let segments = ["caf\u{E9}", "cafe\u{301}", "CAF\u{E9}", "cafe", "caf\u{E9} "]
      var changes = ChangeSet("a")
      changes.enter(segments.enumerated().map { Sample.membership($1, UInt64($0 + 1)) })
      let store = try await run.fresh(holding: changes)
      for (index, segment) in segments.enumerated() {
        let members = try await store.everyMember(of: segment)
        let text = segment.debugDescription
        try requireSame(members.map(\.person), [Sample.person(UInt64(index + 1))], "the members of \(text)")
        try requireSame(members.map { Array($0.segment.utf8) }, [Array(segment.utf8)], "the name of \(text), as bytes")
      }
    },
    StoreLaw(
      "memberships.in-order",
      "Entries and departures of one commit are applied in order; who enters again has the new time."
    ) {
      run in
      var changes = ChangeSet("a")
      var again = Sample.membership("vip", 1, version: 2)
      again.since = Sample.time(60)
      changes.memberships = [
        MembershipChange(Sample.membership("vip", 1), isEntry: true),
        MembershipChange(Sample.membership("vip", 1), isEntry: false), MembershipChange(again, isEntry: true),
        MembershipChange(Sample.membership("vip", 2), isEntry: true),
        MembershipChange(Sample.membership("vip", 2), isEntry: false),
        MembershipChange(Sample.membership("vip", 3), isEntry: false),
      ]
      let store = try await run.fresh(holding: changes)
      try requireSame(try await store.everyMember(of: "vip"), [again], "the members")
      var later = again
      later.since = Sample.time(90)
      later.version = LogPosition(5)
      var second = ChangeSet("b")
      second.memberships = [MembershipChange(later, isEntry: true)]
      _ = try await store.commit(second)
      try requireSame(try await store.memberships(of: [Sample.person(1)]), [[later]], "after another entry")
      second = ChangeSet("c")
      second.memberships = [MembershipChange(later, isEntry: false)]
      _ = try await store.commit(second)
      try requireSame(try await store.everyMember(of: "vip"), [], "after the departure")
      try requireSame(try await store.memberships(of: [Sample.person(1)]), [[]], "the memberships after the departure")
    },
  ]
}
