import DenseData
import SCRMModel
import Testing

/// Scans page by page against a sorted copy, while rows come, change and go.
@Suite struct ScanTests {
  private struct Oracle {
    var people: [PersonID: PersonRecord] = [:]
    var ties: [TieKey: TieRecord] = [:]
    var states: [StateKey: StateRecord] = [:]
    var members: [PersonID: Membership] = [:]

    /// A random change set, of which the copy takes note.
    mutating func step(_ base: UInt64, _ random: inout SeededGenerator) -> ChangeSet {
      var changes = ChangeSet("\(base)", base: base, events: ["\(base)"])
      let version = base + 1
      for number in Set((0..<random.below(12)).map { _ in UInt64(random.below(40)) }).sorted() {
        let (id, removes) = (person(number), random.chance(25))
        let known = people[id]
        if !removes || known != nil {
          let record = PersonRecord(id: id, version: LogPosition(version))
          changes.people.append(Change(record, replaces: known?.version, isRemoval: removes))
          people[id] = removes ? nil : record
        }
        let record = tie(number % 7, number, version: version)
        let old = ties[record.key]
        if !removes || old != nil {
          changes.ties.append(Change(record, replaces: old?.version, isRemoval: removes))
          ties[record.key] = removes ? nil : record
        }
        let member = membership("vip", number, version: version)
        changes.memberships.append(MembershipChange(member, isEntry: !removes))
        members[id] = removes ? nil : member
        let keys: [StateKey] = [.person(id), .event(EventKey("s", "\(number)")), .name("\(number)")]
        let due = random.chance(60) ? Instant.testNow.advanced(by: .hours(random.below(12) * 17 - 100)) : nil
        let place = keys[Int(number % 3)]
        let held = states[place]
        if !removes || held != nil {
          let record = state("k", place, version: version, due: due)
          changes.states.append(Change(record, replaces: held?.version, isRemoval: removes))
          states[place] = removes ? nil : record
        }
      }
      return changes
    }
  }

  private func pages<Row, Place>(
    _ limit: Int, place: (Row) -> Place, _ page: (Place?, Int) async throws -> [Row]
  ) async throws -> [Row] {
    var rows: [Row] = []
    while true {
      let next = try await page(rows.last.map(place), limit)
      #expect(next.count <= limit)
      rows += next
      if next.count < limit { return rows }
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func scansAgreeWithASortedCopy(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let store = InMemoryStore()
    var oracle = Oracle()
    for base in 0..<UInt64(12) {
      let changes = oracle.step(base, &random)
      _ = try await store.commit(changes)
      let limit = 1 + random.below(7)
      let people = try await pages(limit, place: \.id) { await store.people(after: $0, limit: $1) }
      #expect(people == oracle.people.values.sorted { $0.id < $1.id }, "seed \(seed)")
      let ties = try await pages(limit, place: \.key) { await store.ties(after: $0, limit: $1) }
      #expect(ties == oracle.ties.values.sorted { $0.key < $1.key }, "seed \(seed)")
      let states = try await pages(limit, place: \.key) { await store.states("k", after: $0, limit: $1) }
      #expect(states == oracle.states.values.sorted { $0.key < $1.key }, "seed \(seed)")
      let members = try await pages(limit, place: \.person) { await store.members(of: "vip", after: $0, limit: $1) }
      #expect(members == oracle.members.values.sorted { $0.person < $1.person }, "seed \(seed)")
      let time = Instant.testNow.advanced(by: .hours(random.below(200) - 100))
      let due = try await pages(limit, place: { StateDue(due: $0.due ?? .epoch, key: $0.key) }) {
        await store.dueStates("k", through: time, after: $0, limit: $1)
      }
      let expected = oracle.states.values.filter { $0.due.map { $0 <= time } ?? false }
        .sorted { StateDue(due: $0.due ?? .epoch, key: $0.key) < StateDue(due: $1.due ?? .epoch, key: $1.key) }
      #expect(due == expected, "seed \(seed)")
    }
    let reopened = try InMemoryStore(snapshot: await store.snapshot())
    #expect(
      await reopened.dueStates("k", through: .distantFuture, after: nil, limit: .max)
        == store.dueStates("k", through: .distantFuture, after: nil, limit: .max))
  }

  @Test func aScanGoesOnWhileRowsAreWritten() async throws {
    let store = InMemoryStore()
    var first = ChangeSet("0", base: 0, events: ["0"])
    first.people = (1...20).map { Change(PersonRecord(id: PersonID(high: $0 * 10, low: 0)), replaces: nil) }
    _ = try await store.commit(first)
    let page = await store.people(after: nil, limit: 5)
    var second = ChangeSet("1", base: 1, events: ["1"])
    second.people = [
      Change(PersonRecord(id: PersonID(high: 5, low: 0)), replaces: nil),
      Change(PersonRecord(id: PersonID(high: 55, low: 0)), replaces: nil),
      Change(PersonRecord(id: PersonID(high: 60, low: 0)), replaces: .start, isRemoval: true),
      Change(PersonRecord(id: PersonID(high: 50, low: 0)), replaces: .start, isRemoval: true),
    ]
    _ = try await store.commit(second)
    let rest = await store.people(after: page.last?.id, limit: .max)
    #expect(page.map(\.id.high) == [10, 20, 30, 40, 50])
    #expect(rest.map(\.id.high) == [55] + stride(from: UInt64(70), through: 200, by: 10))
  }

  @Test func aPageOfMergesEndsWithAPosition() async throws {
    let store = InMemoryStore()
    var changes = ChangeSet("0", base: 0, events: ["1", "2"])
    changes.merges = [1, 1, 1, 2].map { position in
      MergeRecord(
        survivor: person(1), absorbed: person(position), accounts: [], cause: EventKey("s", "1"), evidence: [],
        time: .testNow, position: LogPosition(position))
    }
    _ = try await store.commit(changes)
    for (limit, count) in [(0, 0), (1, 3), (2, 3), (3, 3), (4, 4), (9, 4)] {
      #expect(await store.merges(after: .start, limit: limit).count == count)
    }
    #expect(await store.merges(after: LogPosition(1), limit: 1).count == 1)
  }

  @Test func limitsOfNothingAndEverything() async throws {
    let store = InMemoryStore()
    _ = try await store.commit(fullChangeSet())
    for limit in [Int.min, -1, 0] {
      #expect(await store.people(after: nil, limit: limit).isEmpty)
      #expect(await store.ties(after: nil, limit: limit).isEmpty)
      #expect(await store.states("k", after: nil, limit: limit).isEmpty)
      #expect(await store.dueStates("k", through: .distantFuture, after: nil, limit: limit).isEmpty)
      #expect(await store.members(of: "vip", after: nil, limit: limit).isEmpty)
      #expect(await store.merges(after: .start, limit: limit).isEmpty)
      #expect(try await store.actions(after: nil, limit: limit).isEmpty)
      #expect(try await store.claim(limit: limit, worker: "w", at: .testNow, lease: .seconds(1)).isEmpty)
    }
    let first = try #require(await store.people(after: nil, limit: 1).first)
    #expect(await store.people(after: first.id, limit: .max).count == 1)
    #expect(await store.log(after: LogPosition(1), limit: .max).count == 4)
    #expect(await store.members(of: "none", after: nil, limit: 5).isEmpty)
    #expect(try await store.actions(after: action(1).id, limit: .max).count == 2)
    #expect(await storageRefusal { _ = try await store.actions(after: action(77).id, limit: 1) } == "notFound")
  }

  @Test func whatAccountsDidIsFoundHoweverTheLogGrew() async throws {
    // By the protocol: on the type itself the protocol's own way, by an export, would be taken.
    let store: any SCRMStore = InMemoryStore()
    var random = SeededGenerator(seed: 7)
    var done: [(actor: UInt64, id: String)] = []
    // Asked after each commit, of few and of thousands of entries.
    for size in [1, 2_500, 3, 1_024, 700] {
      var changes = ChangeSet(key: "\(done.count)", base: LogPosition(UInt64(done.count)))
      for _ in 0..<size {
        let (actor, id) = (UInt64(random.below(300)), "\(done.count)")
        changes.add([plainInteraction(id)], actor: actor == 0 ? nil : account(actor))
        done.append((actor, id))
      }
      _ = try await store.commit(changes)
      for actors: Set<UInt64> in [[1], [2, 77, 140], [999]] {
        let found = try await store.interactions(actedBy: actors.map { account($0) })
        #expect(found.map(\.key.id) == done.filter { actors.contains($0.actor) }.map(\.id))
      }
    }
  }

  @Test func workspacesAreApart() async throws {
    let database = InMemoryDatabase()
    let (one, other) = (await database.open("one"), await database.open("other"))
    _ = try await one.commit(fullChangeSet())
    #expect(await other.head() == .start && other.workspace == "other")
    #expect(await other.snapshot() == InMemoryStore(workspace: "other").snapshot())
    #expect(await database.open("one") === one)
    #expect(await database.open("caf\u{E9}") !== database.open("cafe\u{301}"))
  }
}
