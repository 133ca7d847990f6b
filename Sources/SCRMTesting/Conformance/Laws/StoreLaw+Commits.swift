import SocialCRM

extension StoreLaw {
  static let commits: [StoreLaw] = [
    StoreLaw("commit.everything", "A commit of every kind of row is readable in full when it returns.") { run in
      let first = ChangeSet.full()
      let second = ChangeSet.full("second", count: 4, first: 50, on: first.head)
      let reference = InMemoryStore(workspace: "kit")
      for changes in [first, second] { _ = try await reference.commit(changes) }
      let store = try await run.fresh(holding: first, second)
      try await requireSameContent(store, as: reference, KnownKeys(first, second), "after two commits")
    },
    StoreLaw("commit.no-rows", "A change set without rows is accepted, and its key is used up.") { run in
      let store = try await run.fresh(holding: ChangeSet("a", events: ["1"]))
      let empty = ChangeSet("empty", on: LogPosition(1))
      try requireSame(try await store.commit(empty), CommitReceipt(key: "empty", head: LogPosition(1)), "the receipt")
      try requireSame(
        try await store.commit(empty), CommitReceipt(key: "empty", head: LogPosition(1)), "the second one")
      try await requireRefusal(.keyReused, "the key of the empty change set with a row") {
        _ = try await store.commit(ChangeSet("empty", on: LogPosition(1), events: ["2"]))
      }
    },
    StoreLaw("commit.no-entries", "A change set without log entries leaves the head where it is.") { run in
      let store = try await run.fresh(holding: ChangeSet("a", events: ["1"]))
      for part in 0..<3 {
        var changes = ChangeSet("part \(part)", on: LogPosition(1))
        changes.create(states: [Sample.state(.name("\(part)"))])
        try requireSame(try await store.commit(changes).head, LogPosition(1), "the head of the receipt")
      }
      try requireSame(try await store.head(), LogPosition(1), "the head")
      try requireSame(try await store.everyState("kit.a").count, 3, "the states")
    },
    StoreLaw("commit.repeated-key", "The same key with the same body returns the first receipt and changes nothing.") {
      run in
      let first = ChangeSet.full()
      let store = try await run.fresh()
      let known = KnownKeys(first)
      let receipt = try await store.commit(first)
      let view = try await StoreView(store, known)
      for _ in 0..<3 { try requireSame(try await store.commit(first), receipt, "the receipt of a repeated commit") }
      try await requireUnchanged(store, since: view, known, "a repeated commit")
    },
    StoreLaw("commit.repeated-later", "A commit is recognised after many others, with its own receipt.") { run in
      let store = try await run.fresh()
      let first = ChangeSet("first", events: ["first"])
      let receipt = try await store.commit(first)
      for part in 0..<max(run.settings.laterCommits, 1) {
        _ = try await store.commit(ChangeSet("part \(part)", on: try await store.head(), events: ["\(part)"]))
      }
      let head = try await store.head()
      try requireSame(try await store.commit(first), receipt, "the receipt of the first commit, \(head) entries later")
      try requireSame(try await store.head(), head, "the head")
    },
    StoreLaw("commit.repeated-once", "Actions of a repeated commit are not proposed again, nor are settled ones reset.")
    { run in
      var changes = ChangeSet("a", events: ["1"])
      changes.actions = [Sample.action(1), Sample.action(2)]
      let store = try await run.fresh(holding: changes)
      let claims = try await store.claim(limit: 1, worker: "w", at: Sample.now, lease: .seconds(60))
      for claim in claims { try await store.acknowledge(claim) }
      _ = try await store.commit(changes)
      let items = try await store.everyAction()
      try requireSame(items.map(\.action.id), [Sample.actionID(1), Sample.actionID(2)], "the actions")
      try requireSame(items.map(\.status), [.done, .pending(notBefore: nil)], "how they stand")
    },
    StoreLaw("commit.key-reused", "The same key with another body is refused, whatever differs, and writes nothing.") {
      run in
      let first = ChangeSet.full()
      let known = KnownKeys(first)
      let store = try await run.fresh(holding: first)
      let view = try await StoreView(store, known)
      for (what, changes) in variants(of: first) {
        try await requireRefusal(.keyReused, "another body: \(what)") { _ = try await store.commit(changes) }
      }
      try await requireUnchanged(store, since: view, known, "a reused key")
    },
    StoreLaw("commit.keys-are-bytes", "Commit keys that differ in a byte are different keys.") { run in
      let store = try await run.fresh()
      let keys = ["caf\u{E9}", "cafe\u{301}", "CAF\u{E9}", "caf\u{E9} ", "k\u{0}", "k", "\u{1F600}", ""]
      for key in keys {
        let changes = ChangeSet(key, on: try await store.head(), events: ["e-\(Array(key.utf8))"])
        let receipt = try await store.commit(changes)
        try requireSame(receipt.head, changes.head, "the head after the key \(key.debugDescription)")
        try requireSame(Array(receipt.key.utf8), Array(key.utf8), "the key of the receipt, as bytes")
      }
      try requireSame(try await store.head().rawValue, UInt64(keys.count), "the head")
    },
    StoreLaw("commit.refused-key-is-free", "The key of a refused commit can be used again, with another body.") { run in
      let store = try await run.fresh(holding: ChangeSet("a", events: ["1"]))
      try await requireRefusal(.conflict, "a stale base") { _ = try await store.commit(ChangeSet("b", events: ["2"])) }
      let again = ChangeSet("b", on: LogPosition(1), events: ["3"])
      try requireSame(try await store.commit(again).head, LogPosition(2), "the head after the key was used again")
    },
    StoreLaw(
      "commit.version-as-given",
      "A record is stored with its own version, which need not be the position of the commit."
    ) {
      run in
      var changes = ChangeSet("a", events: ["1"])
      let version = UInt64(1) << 62
      changes.create(
        identities: [Sample.identity("k", 1, version: version)], people: [Sample.personRecord(1, version: version)],
        ties: [Sample.tie(1, 2, version: version)], states: [Sample.state(.name("x"), version: version)])
      changes.enter([Sample.membership("vip", 1, version: version)])
      let store = try await run.fresh(holding: changes)
      let expected = LogPosition(version)
      let identity = try await store.identities(for: [IdentifierKey(.email, key: "k")])
      try requireSame(identity.map { $0?.version }, [expected], "the version of the identity")
      try requireSame(try await store.people([Sample.person(1)]).map { $0?.version }, [expected], "that of the person")
      try requireSame(try await store.ties([Sample.tie(1, 2).key]).map { $0?.version }, [expected], "that of the tie")
      try requireSame(try await store.everyState("kit.a").map(\.version), [expected], "that of the state")
      try requireSame(try await store.everyMember(of: "vip").map(\.version), [expected], "that of the membership")
    },
    StoreLaw("commit.actions-before-cancellations", "A commit can cancel an action that it proposes itself.") { run in
      var changes = ChangeSet("a", events: ["1"])
      changes.actions = [Sample.action(2), Sample.action(1)]
      changes.cancellations = [Cancellation(action: Sample.actionID(1), reason: "late", position: LogPosition(1))]
      let store = try await run.fresh(holding: changes)
      let items = try await store.everyAction()
      try requireSame(items.map(\.action.id), [2, 1].map { Sample.actionID($0) }, "the actions in the order given")
      try requireSame(items.map(\.status), [.pending(notBefore: nil), .cancelled(reason: "late")], "how they stand")
    },
  ]

  /// Change sets with the key and base of another one that differ from it in one table each.
  private static func variants(of changes: ChangeSet) -> [(String, ChangeSet)] {
    func with(_ change: (inout ChangeSet) -> Void) -> ChangeSet {
      var copy = changes
      change(&copy)
      return copy
    }
    return [
      ("no rows", ChangeSet(key: changes.key, base: changes.base)), ("another base", with { $0.base = LogPosition(1) }),
      ("one entry less", with { _ = $0.entries.popLast() }),
      ("one identity less", with { _ = $0.identities.popLast() }),
      ("one person less", with { _ = $0.people.popLast() }), ("one merge less", with { _ = $0.merges.popLast() }),
      ("one tie less", with { _ = $0.ties.popLast() }), ("one state less", with { _ = $0.states.popLast() }),
      ("one membership less", with { _ = $0.memberships.popLast() }),
      ("one action less", with { _ = $0.actions.popLast() }),
      ("no cancellation", with { $0.cancellations = [] }),
      ("other bytes of a state", with { $0.states[0].record.bytes = [9] }),
      ("a removal", with { $0.ties[0].isRemoval = true }),
      (
        "another event id", with { $0.entries[0] = Sample.entry($0.base.next, Sample.interaction(Sample.event("new"))) }
      ),
    ]
  }
}
