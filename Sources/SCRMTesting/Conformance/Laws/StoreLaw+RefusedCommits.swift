import SocialCRM

extension StoreLaw {
  /// Fails unless a store with some content refuses the change sets with the code and stays as it is.
  private static func requireAllRefused(
    _ run: LawRun, _ code: StorageError.Code, _ make: (LogPosition) -> [(String, ChangeSet)]
  ) async throws {
    let content = ChangeSet.full()
    let store = try await run.fresh(holding: content)
    var known = KnownKeys(content)
    let refused = make(content.head)
    for (_, changes) in refused { known.add(changes) }
    let view = try await StoreView(store, known)
    for (what, changes) in refused {
      try await requireRefusal(code, what) { _ = try await store.commit(changes) }
      try await requireUnchanged(store, since: view, known, "the refused commit (\(what))")
    }
  }

  static let refusedCommits: [StoreLaw] = [
    StoreLaw("refusal.base", "A change set is refused with conflict unless its base is the end of the log.") { run in
      try await requireAllRefused(run, .conflict) { head in
        [
          ("a base before the end", ChangeSet("b", on: LogPosition(head.rawValue - 1), events: ["new"])),
          ("the start as base", ChangeSet("c", events: ["new"])),
          ("a base beyond the end", ChangeSet("d", on: head.next)),
          ("a base far beyond", ChangeSet("e", on: LogPosition(head.rawValue + 1_000), events: ["new"])),
        ]
      }
    },
    StoreLaw("refusal.gap", "Positions that do not follow the base one by one are malformed.") { run in
      try await requireAllRefused(run, .malformed) { head in
        func moved(_ what: String, _ positions: [UInt64]) -> (String, ChangeSet) {
          var changes = ChangeSet(what, on: head, events: positions.map { "new \($0)" })
          for (index, position) in positions.enumerated() {
            changes.entries[index].position = LogPosition(head.rawValue + position)
          }
          return (what, changes)
        }
        return [
          moved("a gap before the first", [2, 3]), moved("a gap between two", [1, 3]),
          moved("a position twice", [1, 1]), moved("positions in reverse", [2, 1]), moved("the base itself", [0, 1]),
        ]
      }
    },
    StoreLaw("refusal.known-event", "An event key that is in the log is refused with duplicateEvent.") { run in
      try await requireAllRefused(run, .duplicateEvent) { head in
        var tombstone = ChangeSet("b", on: head, events: ["new"])
        tombstone.add(.tombstone(Tombstone(key: Sample.event(UInt64(1)), digest: "", reason: .compacted)))
        return [
          ("a known event alone", ChangeSet("a", on: head, events: ["e1"])),
          ("a tombstone of a known event", tombstone),
          ("a known event among others", ChangeSet("c", on: head, events: ["x", "y", "e2", "z"])),
        ]
      }
    },
    StoreLaw("refusal.repeated-event", "An event key that is twice in a change set is refused with duplicateEvent.") {
      run in
      try await requireAllRefused(run, .duplicateEvent) { head in
        var mixed = ChangeSet("b", on: head, events: ["x"])
        mixed.add(.tombstone(Tombstone(key: Sample.event("x"), digest: "", reason: .compacted)))
        return [
          ("an event twice", ChangeSet("a", on: head, events: ["x", "y", "x"])), ("an event and its tombstone", mixed),
        ]
      }
    },
    StoreLaw(
      "refusal.repeated-record",
      "A change set that names a record twice is malformed, also when the second follows the first."
    ) {
      run in
      try await requireAllRefused(run, .malformed) { head in
        func with(_ what: String, _ change: (inout ChangeSet) -> Void) -> (String, ChangeSet) {
          var changes = ChangeSet(what, on: head, events: ["new"])
          change(&changes)
          return (what, changes)
        }
        return [
          with("an identity twice") { $0.create(identities: [Sample.identity("n", 1), Sample.identity("n", 2)]) },
          with("a person twice") { $0.create(people: [Sample.personRecord(90), Sample.personRecord(90)]) },
          with("a tie twice") { $0.create(ties: [Sample.tie(90, 91), Sample.tie(90, 91)]) },
          with("a state twice") { $0.create(states: [Sample.state(.name("n")), Sample.state(.name("n"))]) },
          with("an action twice") { $0.actions = [Sample.action(90), Sample.action(91), Sample.action(90)] },
        ]
      }
    },
    StoreLaw("refusal.known-action", "An action id that is in the outbox is malformed, however it stands there.") {
      run in
      try await requireAllRefused(run, .malformed) { head in
        [UInt64(1), 2, 3].map { number in
          var changes = ChangeSet("action \(number)", on: head, events: ["new"])
          changes.actions = [Sample.action(90), Sample.action(number)]
          return ("action \(number)", changes)
        }
      }
    },
  ]

  /// The three ways in which a change can disagree with what is stored, for one kind of record.
  private static func versionLaw(
    _ name: String, _ what: String,
    _ add: @escaping @Sendable (inout ChangeSet, _ isKnown: Bool, LogPosition?, Bool) -> Void
  ) -> StoreLaw {
    StoreLaw("version.\(name)", "A change of \(what) is refused unless it replaces the version that is stored.") {
      run in
      try await requireAllRefused(run, .conflict) { head in
        func with(_ what: String, known: Bool, _ replaces: UInt64?, removes: Bool = false) -> (String, ChangeSet) {
          var changes = ChangeSet(what, on: head, events: ["new"])
          add(&changes, known, replaces.map { LogPosition($0) }, removes)
          return (what, changes)
        }
        return [
          with("a new record where there is one", known: true, nil), with("a later version", known: true, 2),
          with("an earlier version", known: true, 0), with("a version of an absent record", known: false, 1),
          with("the removal of another version", known: true, 2, removes: true),
          with("the removal of an absent record", known: false, 1, removes: true),
        ]
      }
    }
  }

  static let versions: [StoreLaw] = [
    versionLaw("identities", "an identity") { changes, isKnown, replaces, removes in
      let record = Sample.identity(isKnown ? "k1" : "none", 1, version: 9)
      changes.identities = [Change(record, replaces: replaces, isRemoval: removes)]
    },
    versionLaw("people", "a person") { changes, isKnown, replaces, removes in
      let record = Sample.personRecord(isKnown ? 1 : 800, version: 9)
      changes.people = [Change(record, replaces: replaces, isRemoval: removes)]
    },
    versionLaw("ties", "a tie") { changes, isKnown, replaces, removes in
      let record = isKnown ? Sample.tie(1, 2, version: 9) : Sample.tie(800, 1, version: 9)
      changes.ties = [Change(record, replaces: replaces, isRemoval: removes)]
    },
    versionLaw("states", "a state") { changes, isKnown, replaces, removes in
      let key = StateKey.person(Sample.person(isKnown ? 1 : 800))
      changes.states = [Change(Sample.state(key, version: 9), replaces: replaces, isRemoval: removes)]
    },
  ]
}
