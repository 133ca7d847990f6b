import DenseData
import Foundation
import SCRMModel
import Testing

@Suite struct SnapshotTests {
  private func fullStore() async throws -> InMemoryStore {
    let store = InMemoryStore(workspace: "w")
    _ = try await store.commit(fullChangeSet())
    var more = ChangeSet(key: "more", base: LogPosition(5))
    more.add([try fullInteraction(id: "77")], actor: account(1), addressee: account(2))
    var record = PersonRecord(id: person(1), version: LogPosition(6))
    record.accounts = [
      AccountLink(
        account: account(1), key: IdentifierKey(.email, key: "a@b.c"), rawValue: "A@b.c", normaliserVersion: 1,
        assertion: .verified, firstSeen: .testNow, firstEvent: EventKey("s", "1"))
    ]
    record.traits.record(
      "city",
      TraitValue(
        "Ulm", source: "s", account: account(1), observed: .testNow, confidence: 0.5, event: EventKey("s", "1")))
    record.consents.add(
      ConsentRecord(
        statement: ConsentStatement(.granted, .marketing, evidence: "form"), account: account(1), time: .testNow,
        event: EventKey("s", "1")))
    more.people = [Change(record, replaces: LogPosition(1))]
    _ = try await store.commit(more)
    return store
  }

  @Test func aReopenedStoreIsTheSame() async throws {
    let store = try await fullStore()
    for compacts in [false, true] {
      if compacts { #expect(try await store.compact(before: Instant.testNow.advanced(by: .nanoseconds(1))) == 2) }
      let bytes = await store.snapshot()
      let reopened = try InMemoryStore(snapshot: bytes)
      #expect(await reopened.snapshot() == bytes && reopened.workspace == "w")
      #expect(await reopened.snapshot(includesDelivery: false) == store.snapshot(includesDelivery: false))
      #expect(await reopened.log(after: .start, limit: .max) == store.log(after: .start, limit: .max))
      #expect(await reopened.people([person(1)]) == store.people([person(1)]))
      #expect(await reopened.merges(after: .start, limit: 9) == store.merges(after: .start, limit: 9))
      #expect(await reopened.entries(for: [EventKey("s", "1")]) == store.entries(for: [EventKey("s", "1")]))
      #expect(await reopened.replayStart().snapshot() == store.replayStart().snapshot())
    }
    let empty = InMemoryStore()
    #expect(await (try InMemoryStore(snapshot: empty.snapshot())).snapshot() == empty.snapshot())
  }

  @Test func withoutDeliveryOnlyDecisionsAreWritten() async throws {
    let (one, other) = (try await fullStore(), try await fullStore())
    for claim in try await one.claim(limit: 9, worker: "w", at: .epoch, lease: .days(1)) {
      try await one.acknowledge(claim)
    }
    #expect(await one.snapshot() != other.snapshot())
    #expect(await one.snapshot(includesDelivery: false) == other.snapshot(includesDelivery: false))
  }

  private func refusal(_ bytes: [UInt8]) -> (code: String, reason: String)? {
    do {
      _ = try InMemoryStore(snapshot: bytes)
      return nil
    } catch { return (error.code.description, error.reason) }
  }

  @Test func otherSchemasAreRefused() async throws {
    let text = String(decoding: try await fullStore().snapshot(), as: UTF8.self)
    for schema in ["0", "2", "-1", "9223372036854775807", "\"1\"", "null"] {
      let other = text.replacing("{\"schema\":1,", with: "{\"schema\":\(schema),")
      #expect(refusal(Array(other.utf8))?.code == "unsupportedSchema", "\(schema)")
    }
    #expect(refusal(Array("{}".utf8))?.code == "unsupportedSchema")
  }

  @Test func damagedSnapshotsAreRefusedWithoutData() async throws {
    let bytes = try await fullStore().snapshot()
    let text = String(decoding: bytes, as: UTF8.self)
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(refusal(Array(bytes[..<length]))?.code == "malformed", "\(length)")
    }
    let damages = [
      (#""position":2"#, #""position":3"#), (#""outbox":["#, #""outbox":[7,"#), (#""states":["#, #""states":[{},"#),
      (#""key":"n:loop""#, #""key":"q:marker""#), (#""key":"n:loop""#, #""key":"e:9223372036854775807:marker""#),
      (#""memberships":["#, #""memberships":["marker","#), (#""survivor":"#, #""survivor":"marker","x":"#),
      (#""ties":["#, #""ties":{},"t":["#), (#""workspace":"w""#, #""workspace":7"#),
      (#""suppressed":"consent""#, #""suppressed":"marker""#), (#""assertion":"verified""#, #""assertion":"marker""#),
      (#""receipts":["#, #""receipts":["marker","#),
    ]
    for (sound, damaged) in damages {
      let other = text.replacing(sound, with: damaged, maxReplacements: 1)
      #expect(other != text, "\(sound)")
      let error = refusal(Array(other.utf8))
      #expect(error?.code == "malformed", "\(damaged)")
      #expect(!(error?.reason.contains("marker") ?? true), "\(error?.reason ?? "")")
    }
  }

  @Test func countersOfASnapshotCannotOverflow() async throws {
    let store = InMemoryStore()
    var changes = ChangeSet("a", base: 0, events: [])
    changes.actions = [action(1)]
    _ = try await store.commit(changes)
    _ = try await store.claim(limit: 1, worker: "w", at: .epoch, lease: .zero)
    let text = String(decoding: await store.snapshot(), as: UTF8.self)
    for counter in ["attempts", "fence"] {
      let negative = text.replacing("\"\(counter)\":1", with: "\"\(counter)\":-1")
      #expect(refusal(Array(negative.utf8))?.code == "malformed")
      let full = text.replacing("\"\(counter)\":1", with: "\"\(counter)\":\(Int64.max)")
      let reopened = try InMemoryStore(snapshot: Array(full.utf8))
      #expect(try await reopened.claim(limit: 1, worker: "w", at: .testNow, lease: .zero).count == 1)
      _ = await reopened.snapshot()
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func randomDamageNeverCrashes(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let bytes = try await fullStore().snapshot()
    var opened = 0
    for _ in 0..<60 {
      var damaged = bytes
      for _ in 0...random.below(2) { damaged[random.below(damaged.count)] = UInt8(0x20 + random.below(0x5F)) }
      guard let store = try? InMemoryStore(snapshot: damaged) else { continue }
      opened += 1
      let again = await store.snapshot()
      #expect(await (try InMemoryStore(snapshot: again)).snapshot() == again)
    }
    #expect(opened > 0)
  }
}
