import DenseData
import Foundation
import SCRMModel
import Testing

@Suite struct UpkeepTests {
  private static let secret = "MARKER7f3a"

  private var secretBytes: [UInt8] { Array(Self.secret.utf8) }

  private func holds(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
    Data(bytes).range(of: Data(needle)) != nil
  }

  // The secret as it may stand in a document: in clear, and at each of the three offsets of base64.
  private func leaks(_ document: [UInt8]) -> [String] {
    var found = holds(document, secretBytes) ? ["clear"] : []
    for offset in 0..<3 {
      let padded = Data(repeating: 0, count: offset) + Data(secretBytes)
      let coded = Array(padded.base64EncodedString().utf8)
      let inner = Array(coded[(offset == 0 ? 0 : offset + 1)..<(coded.count - 4)])
      if holds(document, inner) { found.append("base64 at \(offset)") }
    }
    return found
  }

  /// Person 1, with accounts 1 and 2 and the redirect 2, is the one to erase; 3 is another person who had to do with
  /// them.
  private func store() async throws -> InMemoryStore {
    let store = InMemoryStore()
    let secret = Self.secret
    let own = EventKey("weibo", secret + "-event")
    var changes = ChangeSet(key: "1", base: .start)
    changes.add([try fullInteraction(secret, id: own.id)], actor: account(1), addressee: account(3))
    changes.add([plainInteraction(secret, actor: secret)], actor: account(2))
    var answer = try fullInteraction("public", id: "answer")
    answer.target = Party(.email, secret, role: .customer, displayName: secret)
    answer.raw = RawPayload(mediaType: "text/plain", bytes: secretBytes)
    answer.context.inReplyTo = own
    answer.revision = .replaces(own.id)
    changes.add([answer], actor: account(3), addressee: account(1))
    changes.add([plainInteraction("unrelated")], actor: account(3))
    changes.entries.append(
      LogEntry(
        position: changes.head.next,
        body: .snapshot(
          PublishedSnapshot(
            name: "influence", asOf: .testNow,
            scores: [.init(person: person(1), value: 77.5), .init(person: person(3), value: 3)]))))
    changes.identities = [Change(identity(secret, 1), replaces: nil), Change(identity(secret + "2", 2), replaces: nil)]
    changes.identities.append(Change(identity("public", 3), replaces: nil))
    changes.people = [
      Change(record(1, named: secret, by: own), replaces: nil),
      Change(PersonRecord(id: person(2), mergedInto: person(1), version: LogPosition(2)), replaces: nil),
      Change(record(3, named: "public", by: own), replaces: nil),
    ]
    changes.merges = [merge(1, 2, own), merge(3, 4, own)]
    changes.ties = [tie(1, 3), tie(3, 2), tie(3, 4)].map { Change($0, replaces: nil) }
    changes.states = [
      state("k", .person(person(1)), due: .testNow, bytes: secretBytes), state("k", .event(own), bytes: secretBytes),
      state("l", .person(person(2)), bytes: secretBytes), state("k", .person(person(3))), state("k", .name("loop")),
    ].map { Change($0, replaces: nil) }
    changes.memberships = [1, 3].map { MembershipChange(membership("vip", $0), isEntry: true) }
    var personal = action(1)
    personal.parameters = ["name": .string(secret)]
    var foreign = action(2, person: person(3))
    foreign.trigger = own
    foreign.explanation.evidence[0].event = own
    changes.actions = [personal, foreign]
    _ = try await store.commit(changes)
    return store
  }

  private func merge(_ survivor: UInt64, _ absorbed: UInt64, _ cause: EventKey) -> MergeRecord {
    MergeRecord(
      survivor: person(survivor), absorbed: person(absorbed), accounts: [account(absorbed)], cause: cause,
      evidence: [account(survivor), account(absorbed)], time: .testNow, position: LogPosition(1))
  }

  private func record(_ number: UInt64, named name: String, by event: EventKey) -> PersonRecord {
    var record = PersonRecord(id: person(number), version: LogPosition(1))
    record.accounts = [
      AccountLink(
        account: account(number), key: IdentifierKey(.email, key: name), rawValue: name, normaliserVersion: 1,
        assertion: .claimed, firstSeen: .testNow, firstEvent: event)
    ]
    record.traits.record(
      "name",
      TraitValue(
        .string(name), source: "s", account: account(number), observed: .testNow, confidence: 1, event: event))
    record.consents.add(
      ConsentRecord(
        statement: ConsentStatement(.denied, .marketing, evidence: name), account: account(number), time: .testNow,
        event: event))
    return record
  }

  private var request: ErasureRequest {
    ErasureRequest(
      people: [person(1), person(2)], accounts: [account(1), account(2)],
      keys: [IdentifierKey(.email, key: Self.secret), IdentifierKey(.email, key: Self.secret + "2")])
  }

  @Test(arguments: [false, true]) func anErasureLeavesNoByte(compacted: Bool) async throws {
    let store = try await store()
    if compacted { #expect(try await store.compact(before: .distantFuture) == 4) }
    #expect(!leaks(await store.snapshot()).isEmpty)
    let receipt = try await store.erase(request)
    #expect(receipt.interactions == 2 && receipt.redactedInteractions == 1 && receipt.identities == 2)
    #expect(receipt.people == 2 && receipt.merges == 1 && receipt.ties == 2 && receipt.states == 3)
    #expect(receipt.memberships == 1 && receipt.actions == 1 && receipt.scores == 1)
    let after = await store.snapshot()
    #expect(leaks(after) == [])
    #expect(leaks(await store.replayStart().snapshot()) == [])
    #expect(!holds(after, Array(person(1).description.utf8)))
    #expect(try await store.erase(request) == ErasureReceipt())
    #expect(await store.snapshot() == after)
    let reopened = try InMemoryStore(snapshot: after)
    #expect(await reopened.snapshot() == after)
    for store in [store, reopened] { try await checkTheRest(store, compacted: compacted) }
  }

  /// What others own stays, duplicates stay recognisable, and scans no longer name what is gone.
  private func checkTheRest(_ store: InMemoryStore, compacted: Bool) async throws {
    let own = EventKey("weibo", Self.secret + "-event")
    let erased = EventKey("weibo", Tombstone.erasedID(own))
    let found = try #require(await store.entries(for: [own])[0])
    #expect(found.body == .tombstone(Tombstone(key: erased, digest: "", reason: .erased)))
    #expect(found.actor == nil && found.addressee == nil && found.position == LogPosition(1))
    #expect(await store.entries(for: [erased, EventKey("s", Self.secret)]).allSatisfy { $0 != nil })
    var again = ChangeSet(key: "again", base: await store.head())
    again.add([try fullInteraction(Self.secret, id: own.id)], actor: account(1))
    #expect(await storageRefusal { _ = try await store.commit(again) } == "duplicateEvent")
    if !compacted {
      let answers = await store.entries(for: [EventKey("weibo", "answer")])
      guard case .interaction(let answer, .live)? = answers[0]?.body else {
        Issue.record("the answer of another person is gone")
        return
      }
      #expect(answer.target == Party([]) && answer.raw == nil && answer.text?.text.hasPrefix("public") ?? false)
      #expect(answer.context.inReplyTo == erased && answer.revision == .replaces(erased.id))
      #expect(answers[0]?.addressee == nil && answers[0]?.actor == account(3))
      var delivered = answer
      delivered.target = Party(.email, Self.secret)
      delivered.raw = RawPayload(mediaType: "text/plain", bytes: secretBytes)
      #expect(delivered.isSameFact(as: answer))
      delivered.text = nil
      #expect(!delivered.isSameFact(as: answer))
    }
    let other = try #require(await store.people([person(3)])[0])
    #expect(other.accounts[0].firstEvent == erased && other.accounts[0].rawValue == "public")
    #expect(other.traits["name"] == "public" && other.traits.best("name")?.event == erased)
    #expect(other.consents.records.map(\.event) == [erased])
    #expect(await store.people(after: nil, limit: 9).map(\.id) == [person(3)])
    #expect(await store.ties(after: nil, limit: 9).map(\.key) == [tie(3, 4).key])
    #expect(await store.merges(after: .start, limit: 9).map(\.cause) == [erased])
    #expect(await store.states("k", after: nil, limit: 9).count == 2)
    #expect(await store.dueStates("k", through: .distantFuture, after: nil, limit: 9).isEmpty)
    #expect(await store.members(of: "vip", after: nil, limit: 9).map(\.person) == [person(3)])
    let left = try await store.actions(after: nil, limit: 9)
    #expect(left.map(\.action.id) == [action(2).id] && left[0].action.trigger == erased)
    #expect(left[0].action.explanation.evidence.map(\.event) == [erased])
  }

  @Test func accountsAreEnoughToFindIdentities() async throws {
    let store = try await store()
    let receipt = try await store.erase(
      ErasureRequest(people: [person(1), person(2)], accounts: [account(1), account(2)], keys: []))
    #expect(receipt.identities == 2)
    #expect(leaks(await store.snapshot()) == [])
  }

  @Test func aReplayedTombstoneStillRecognisesItsEvent() async throws {
    let store = try await store()
    _ = try await store.erase(request)
    let copy = InMemoryStore()
    var changes = ChangeSet(key: "copy", base: .start)
    changes.entries = await store.log(after: .start, limit: .max)
    _ = try await copy.commit(changes)
    #expect(await copy.entries(for: [EventKey("weibo", Self.secret + "-event")])[0] == changes.entries[0])
  }

  @Test func aClaimOnAnErasedActionIsLost() async throws {
    let store = try await store()
    let claims = try await store.claim(limit: 9, worker: "w", at: .testNow, lease: .days(1))
    _ = try await store.erase(request)
    #expect(await storageRefusal { try await store.acknowledge(claims[0]) } == "claimLost")
    #expect(await storageRefusal { try await store.acknowledge(claims[1]) } == nil)
    #expect(try await store.claim(limit: 9, worker: "w", at: .distantFuture, lease: .zero).isEmpty)
  }

  @Test func compactedContentLeavesItsDigest() async throws {
    let store = InMemoryStore()
    let times = (0..<4).map { Instant.testNow.advanced(by: .days($0)) }
    var changes = ChangeSet(key: "1", base: .start)
    changes.add(
      times.enumerated().map { plainInteraction("\($0)", received: $1) }, actor: account(1), addressee: account(2))
    changes.states = [Change(state("k", .name("x")), replaces: nil)]
    _ = try await store.commit(changes)
    #expect(try await store.compact(before: times[2]) == 2)
    let log = await store.log(after: .start, limit: 9)
    for (index, entry) in log.enumerated() {
      let original = plainInteraction("\(index)", received: times[index])
      #expect(entry.actor == account(1) && entry.addressee == account(2))
      let tombstone = Tombstone(key: original.key, digest: original.contentDigest, reason: .compacted)
      #expect(entry.body == (index < 2 ? .tombstone(tombstone) : .interaction(original, .live)))
      #expect(await store.entries(for: [original.key]) == [entry])
    }
    let start = await store.replayStart()
    #expect(await start.head() == LogPosition(4))
    #expect(await start.states("k", after: nil, limit: 9) == [state("k", .name("x"))])
    #expect(
      await storageRefusal { _ = try await store.commit(ChangeSet("2", base: 4, events: ["0"])) } == "duplicateEvent")
    #expect(try await store.compact(before: times[2]) == 0)
    #expect(
      try await store.erase(ErasureRequest(people: [], accounts: [account(2)], keys: [])).redactedInteractions == 4)
    guard case .tombstone(let tombstone) = await store.log(after: .start, limit: 1)[0].body else { return }
    #expect(tombstone.digest.isEmpty && tombstone.reason == .compacted && tombstone.key == EventKey("s", "0"))
  }

  @Test func anExportHoldsWhatIsTheirs() async throws {
    let store = try await store()
    let export = await store.export(request)
    #expect(export.people.map(\.id) == [person(1), person(2)].sorted())
    #expect(export.interactions.map(\.key.id) == [Self.secret + "-event", Self.secret])
    #expect(export.memberships == [membership("vip", 1)])
    #expect(export.actions.map(\.action.id) == [action(1).id])
    #expect(export.states.map(\.kind) == ["k", "l"])
    #expect(export.ties.map(\.key) == [tie(1, 3).key, tie(3, 2).key].sorted())
    _ = try await store.erase(request)
    let nothing = await store.export(request)
    #expect(nothing == PersonExport(people: [], interactions: [], memberships: [], actions: [], states: [], ties: []))
  }
}
