import SCRMModel
import Testing

@Suite struct CommitTests {
  @Test func everyRowIsRead() async throws {
    let store = InMemoryStore(workspace: "w")
    let changes = fullChangeSet()
    #expect(try await store.commit(changes) == CommitReceipt(key: "full", head: LogPosition(5)))
    #expect(store.workspace == "w" && changes.rowCount == 5 + 2 + 2 + 1 + 2 + 3 + 2 + 3 + 1)
    #expect(await store.head() == changes.head)
    #expect(await store.log(after: .start, limit: .max) == changes.entries)
    #expect(await store.log(after: LogPosition(2), limit: 2) == Array(changes.entries[2...3]))
    #expect(await store.log(after: LogPosition(4), limit: .max) == Array(changes.entries[4...]))
    #expect(await store.log(after: LogPosition(.max), limit: .max).isEmpty)
    #expect(await store.log(after: .start, limit: -1).isEmpty)
    let keys = [EventKey("s", "2"), EventKey("s", "9"), EventKey("t", "2"), EventKey("s", "2")]
    #expect(await store.entries(for: keys) == [changes.entries[1], nil, nil, changes.entries[1]])
    #expect(
      await store.identities(for: [IdentifierKey(.email, key: "x"), IdentifierKey(.email, key: "b@b.c")])
        == [nil, changes.identities[1].record])
    #expect(await store.people([person(3), person(2)]) == [nil, changes.people[1].record])
    #expect(await store.ties([TieKey(from: account(2), to: account(1))]) == [changes.ties[1].record])
    #expect(await store.ties([TieKey(from: account(1), to: account(1))]) == [nil])
    #expect(await store.merges(after: .start, limit: 5) == changes.merges)
    #expect(await store.merges(after: LogPosition(2), limit: 5).isEmpty)
    #expect(await store.states("k", [.name("loop"), .person(person(1))]) == [nil, changes.states[0].record])
    #expect(await store.states("none", [.name("loop")]) == [nil])
    #expect(
      await store.memberships(of: [person(2), person(1)])
        == [[], [changes.memberships[1].membership, changes.memberships[0].membership]])
    let items = try await store.actions(after: nil, limit: 9)
    #expect(items.map(\.action) == changes.actions)
    #expect(items.map(\.status) == [.pending(notBefore: nil), .suppressed, .pending(notBefore: nil)])
  }

  @Test func aRepeatedCommitAnswersAsTheFirst() async throws {
    let store = InMemoryStore()
    let first = try await store.commit(fullChangeSet())
    _ = try await store.commit(ChangeSet("next", base: 5, events: ["3"]))
    let before = await store.snapshot()
    #expect(try await store.commit(fullChangeSet()) == first)
    #expect(await store.snapshot() == before)
    let reopened = try InMemoryStore(snapshot: before)
    #expect(try await reopened.commit(fullChangeSet()) == first)
    #expect(await reopened.snapshot() == before)
  }

  /// Every change of the body makes another body.
  @Test func anotherBodyUnderTheSameKeyIsRefused() async throws {
    let original = fullChangeSet()
    let edits: [(inout ChangeSet) -> Void] = [
      { $0.base = LogPosition(1) }, { $0.entries.removeLast() }, { $0.entries[0].body = .clock(.epoch) },
      { $0.entries[0].body = .interaction(plainInteraction("1"), .backfill) },
      { $0.entries[0].body = .interaction(plainInteraction("1", actor: "b"), .live) },
      { $0.entries[4].body = .configuration("abd") }, { $0.identities.removeLast() },
      { $0.identities[0].record.account = account(9) }, { $0.identities[0].record.person = person(9) },
      { $0.identities[0].record.key = IdentifierKey(.phone, key: "a@b.c") }, { $0.identities[0].isRemoval = true },
      { $0.people[0].record.mergedInto = person(3) }, { $0.people[0].replaces = LogPosition(1) },
      { $0.people[1].record.consents.add(consent) }, { $0.merges[0].accounts = [] },
      { $0.merges[0].absorbed = person(3) },
      { $0.merges.append($0.merges[0]) }, { $0.ties[0].record.bytes = [8] }, { $0.ties[0].record.key.to = account(4) },
      { $0.states[0].record.bytes = [2] }, { $0.states[0].record.due = nil }, { $0.states[0].record.schema = 2 },
      { $0.states[0].record.kind = "l" }, { $0.states[1].record.key = .event(EventKey("t", "1")) },
      { $0.states[2].isRemoval = true }, { $0.memberships[0].isEntry = false },
      { $0.memberships[0].membership.person = person(4) }, { $0.memberships.swapAt(0, 1) },
      { $0.actions[0].parameters["text"] = "bye" }, { $0.actions[0].disposition = .suppressed(.late) },
      { $0.actions[0].kind = "call" }, { $0.actions[0].expires = .testNow }, { $0.actions.swapAt(0, 2) },
      { $0.cancellations[0].action = ActionID(high: 1, low: 1) }, { $0.cancellations[0].reason = "other" },
      { $0.cancellations = [] },
    ]
    let store = InMemoryStore()
    _ = try await store.commit(original)
    let before = await store.snapshot()
    for (index, edit) in edits.enumerated() {
      var other = original
      edit(&other)
      #expect(other != original && other.fingerprint != original.fingerprint, "edit \(index)")
      #expect(await storageRefusal { _ = try await store.commit(other) } == "keyReused", "edit \(index)")
    }
    #expect(await store.snapshot() == before)
  }

  private var consent: ConsentRecord {
    ConsentRecord(
      statement: ConsentStatement(.denied, .marketing), account: account(1), time: .testNow, event: EventKey("s", "1"))
  }

  /// A change set whose last row conflicts writes nothing, whatever the row is.
  @Test func aConflictAnywhereWritesNothing() async throws {
    let store = InMemoryStore()
    _ = try await store.commit(fullChangeSet())
    let before = await store.snapshot()
    let wrong = LogPosition(4)
    func next(_ edit: (inout ChangeSet) -> Void) -> ChangeSet {
      var changes = ChangeSet("next", base: 5, events: ["7", "8"])
      changes.identities = [Change(identity("new", 5), replaces: nil)]
      changes.people = [Change(PersonRecord(id: person(5), version: LogPosition(6)), replaces: nil)]
      changes.ties = [Change(tie(5, 6), replaces: nil)]
      changes.states = [Change(state("k", .name("new")), replaces: nil)]
      changes.memberships = [MembershipChange(membership("vip", 5), isEntry: true)]
      changes.actions = [action(5)]
      edit(&changes)
      return changes
    }
    let conflicts: [(String, (inout ChangeSet) -> Void)] = [
      ("conflict", { $0.base = LogPosition(4) }), ("conflict", { $0.base = LogPosition(6) }),
      ("malformed", { $0.entries[1].position = LogPosition(8) }),
      ("malformed", { $0.entries[0].position = LogPosition(5) }),
      ("duplicateEvent", { $0.entries[1].body = .interaction(plainInteraction("2"), .live) }),
      ("duplicateEvent", { $0.entries[1].body = .interaction(plainInteraction("7"), .live) }),
      (
        "duplicateEvent",
        { $0.entries[1].body = .tombstone(Tombstone(key: EventKey("s", "1"), digest: "", reason: .compacted)) }
      ),
      ("conflict", { $0.identities.append(Change(identity("a@b.c", 1), replaces: nil)) }),
      ("conflict", { $0.identities.append(Change(identity("a@b.c", 1), replaces: wrong)) }),
      ("conflict", { $0.identities.append(Change(identity("none", 1), replaces: LogPosition(1))) }),
      ("conflict", { $0.people.append(Change(PersonRecord(id: person(1)), replaces: wrong)) }),
      ("conflict", { $0.people.append(Change(PersonRecord(id: person(1)), replaces: nil)) }),
      ("conflict", { $0.people.append(Change(PersonRecord(id: person(8)), replaces: wrong)) }),
      ("conflict", { $0.ties.append(Change(tie(1, 2), replaces: nil)) }),
      ("conflict", { $0.ties.append(Change(tie(1, 2), replaces: wrong, isRemoval: true)) }),
      ("conflict", { $0.states.append(Change(state("other", .name("loop")), replaces: nil)) }),
      ("conflict", { $0.states.append(Change(state("other", .name("loop")), replaces: wrong)) }),
      ("conflict", { $0.states.append(Change(state("absent", .name("loop")), replaces: wrong)) }),
      ("malformed", { $0.states.append($0.states[0]) }), ("malformed", { $0.people.append($0.people[0]) }),
      ("malformed", { $0.identities.append($0.identities[0]) }), ("malformed", { $0.ties.append($0.ties[0]) }),
      ("malformed", { $0.actions.append($0.actions[0]) }), ("malformed", { $0.actions.append(action(1)) }),
    ]
    for (index, (code, edit)) in conflicts.enumerated() {
      #expect(await storageRefusal { _ = try await store.commit(next(edit)) } == code, "case \(index)")
      #expect(await store.snapshot() == before, "case \(index)")
    }
    #expect(try await store.commit(next { _ in }).head == LogPosition(7))
  }

  @Test func versionsMoveAndRecordsGo() async throws {
    let store = InMemoryStore()
    _ = try await store.commit(fullChangeSet())
    var changes = ChangeSet(key: "b", base: LogPosition(5))
    changes.identities = [Change(identity("a@b.c", 1, version: 6), replaces: LogPosition(1))]
    changes.people = [
      Change(PersonRecord(id: person(2), version: LogPosition(6)), replaces: LogPosition(2), isRemoval: true)
    ]
    changes.ties = [Change(tie(1, 2, version: 6), replaces: LogPosition(1), isRemoval: true)]
    changes.states = [
      Change(state("k", .person(person(1)), version: 6, due: nil), replaces: LogPosition(1)),
      Change(state("other", .name("loop"), version: 6), replaces: LogPosition(1), isRemoval: true),
    ]
    changes.memberships = [
      MembershipChange(membership("vip", 1), isEntry: false), MembershipChange(membership("vip", 3), isEntry: true),
      MembershipChange(membership("new", 3), isEntry: true), MembershipChange(membership("new", 3), isEntry: false),
    ]
    _ = try await store.commit(changes)
    #expect(await store.people([person(2)]) == [nil])
    #expect(await store.ties(after: nil, limit: 9).map(\.key) == [tie(2, 1).key])
    #expect(await store.states("other", after: nil, limit: 9).isEmpty)
    #expect(await store.dueStates("k", through: .distantFuture, after: nil, limit: 9).isEmpty)
    #expect(await store.members(of: "vip", after: nil, limit: 9).map(\.person) == [person(3)])
    #expect(await store.members(of: "new", after: nil, limit: 9).isEmpty)
    #expect(await store.memberships(of: [person(1)]) == [[membership("fan", 1)]])
  }

  @Test func ofEightCommitsOnOneBaseOneWins() async throws {
    let store = InMemoryStore()
    for round in 0..<UInt64(10) {
      let answers = await withTaskGroup(of: String?.self, returning: [String?].self) { group in
        for worker in 0..<8 {
          group.addTask {
            await storageRefusal {
              _ = try await store.commit(ChangeSet("\(round)-\(worker)", base: round, events: ["\(round)-\(worker)"]))
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count { $0 == nil } == 1 && answers.count { $0 == "conflict" } == 7)
    }
    #expect(await store.head() == LogPosition(10))
  }

  @Test func oneKeyCommittedByManyIsOneCommit() async throws {
    let store = InMemoryStore()
    let heads = try await withThrowingTaskGroup(of: CommitReceipt.self, returning: [CommitReceipt].self) { group in
      for _ in 0..<8 { group.addTask { try await store.commit(fullChangeSet()) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(heads) == [CommitReceipt(key: "full", head: LogPosition(5))])
    #expect(await store.head() == LogPosition(5))
  }

  @Test func aCancelledCommitIsDoneOrNotBegun() async throws {
    for _ in 0..<50 {
      let store = InMemoryStore()
      let task = Task { try await store.commit(fullChangeSet()) }
      task.cancel()
      let head = await store.head()
      switch await task.result {
      case .success: #expect(await store.head() == LogPosition(5))
      case .failure(let error):
        #expect(error is CancellationError && head == .start)
        #expect(await store.snapshot() == InMemoryStore().snapshot())
      }
    }
  }

  @Test func commitKeysAndSegmentNamesCompareByBytes() async throws {
    let store = InMemoryStore()
    let names = ["caf\u{E9}", "cafe\u{301}"]
    for (index, name) in names.enumerated() {
      var changes = ChangeSet(name, base: UInt64(index), events: [name])
      changes.memberships = [MembershipChange(membership(name, UInt64(index)), isEntry: true)]
      #expect(try await store.commit(changes).head == LogPosition(UInt64(index + 1)))
    }
    let reopened = try InMemoryStore(snapshot: await store.snapshot())
    for store in [store, reopened] {
      for (index, name) in names.enumerated() {
        #expect(await store.members(of: name, after: nil, limit: 9).map(\.person) == [person(UInt64(index))])
      }
    }
  }

  @Test func receiptsOfTheLatestThousandCommitsAreKept() async throws {
    let store = InMemoryStore()
    for index in 0..<UInt64(2_100) {
      _ = try await store.commit(ChangeSet("c\(index)", base: index, events: ["\(index)"]))
    }
    for index in [UInt64(1_101), 1_500, 2_099] {
      #expect(
        try await store.commit(ChangeSet("c\(index)", base: index, events: ["\(index)"])).head == LogPosition(index + 1)
      )
    }
    #expect(await storageRefusal { _ = try await store.commit(ChangeSet("c0", base: 0, events: ["0"])) } == "conflict")
    let bytes = await store.snapshot()
    #expect(await (try InMemoryStore(snapshot: bytes)).snapshot() == bytes)
  }
}
