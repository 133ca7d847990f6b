import SCRMTesting
import SQLiteStore
import SocialCRM
import Testing

/// The whole loop over the database gives the bytes that it gives over memory.
@Suite struct LoopTests {
  private static func configuration(batchSize: Int = 300) throws -> SocialCRM.Configuration {
    var configuration = try SocialCRM.Configuration(
      segments: [
        SegmentDefinition("buyers", version: 1) { Judgement($0.count(.purchase, days: 10) > 0) },
        SegmentDefinition("leaders", version: 1) { Judgement($0.influence >= 80) },
      ],
      rules: [
        Rule(
          "refund", version: 1, on: [.comment, .message, .post],
          keywords: KeywordTrigger(any: ["refund", "退款"]), cooldown: .hours(24)
        ) { _ in
          Judgement(true)
        } propose: { _ in
          Proposal("open-case", validity: .hours(48))
        },
        Rule("welcome", version: 1, entering: ["buyers"], cooldown: .days(9)) { _ in Proposal("welcome") },
      ])
    configuration.batchSize = batchSize
    return configuration
  }

  private static let audience = SyntheticAudience(.init(people: 80, interactions: 1_600, days: 30, seed: 7))

  private func run(_ store: any SCRMStore) async throws {
    let interactions = Array(Self.audience.interactions())
    let crm = try await SocialCRM(store: store, configuration: try Self.configuration())
    _ = try await crm.ingest(Array(interactions.prefix(800)))
    _ = try await crm.refreshInfluence(asOf: interactions[799].received)
    _ = try await crm.ingest(Array(interactions.dropFirst(750)))
    let end = interactions.map(\.received).max() ?? .epoch
    _ = try await crm.advance(to: end.advanced(by: .days(20)))
  }

  @Test func `a run, an erasure and a compaction give the same bytes as in memory`() async throws {
    let scratch = try Scratch()
    let memory = InMemoryStore()
    let store = try await SQLiteStore(path: scratch.path())
    for target in [memory, store] as [any SCRMStore] { try await run(target) }
    #expect(try await store.snapshot() == memory.snapshot(includesDelivery: false))
    #expect(await memory.merges(after: .start, limit: 1).count == 1)
    #expect(try await memory.actions(after: nil, limit: 1).count == 1)

    let people = try await store.people(after: nil, limit: 1_000).filter { $0.mergedInto == nil }
    let busiest = try #require(people.max { $0.accounts.count < $1.accounts.count })
    var receipts: [ErasureReceipt?] = []
    var exports: [PersonExport?] = []
    for target in [memory, store] as [any SCRMStore] {
      let crm = try await SocialCRM(store: target, configuration: try Self.configuration())
      exports.append(try await crm.export(busiest.id))
      receipts.append(try await crm.erase(busiest.id))
    }
    #expect(receipts[0] != nil && receipts[0] == receipts[1] && exports[0] == exports[1])
    #expect(try await store.snapshot() == memory.snapshot(includesDelivery: false))

    let half = Self.audience.settings.start.advanced(by: .days(15))
    let removed = try await store.compact(before: half)
    #expect(removed > 500)
    #expect(try await memory.compact(before: half) == removed)
    #expect(try await store.snapshot() == memory.snapshot(includesDelivery: false))
    #expect(try await store.replayStart().snapshot() == memory.replayStart().snapshot())
  }

  @Test func `the log of the database, decided again, gives what the database holds`() async throws {
    let scratch = try Scratch()
    let database = try await SQLiteDatabase(path: scratch.path())
    let store = try await database.open("original")
    try await run(store)
    let copy = try await database.open("copy")
    try await SocialCRM.replay(store, into: copy, configuration: try Self.configuration(), batchSize: 77)
    let end = Instant.distantFuture
    let held = try await StoreComparison(store, configuration: try Self.configuration(), at: end)
    let decided = try await StoreComparison(copy, configuration: try Self.configuration(), at: end)
    #expect(decided.differences(from: held) == [] && held.people.count > 30)
    let (one, other) = (try await store.snapshot(), try await copy.snapshot())
    let renamed = String(decoding: other, as: UTF8.self).replacing(
      "\"workspace\":\"copy\"", with: "\"workspace\":\"original\"")
    #expect(Array(renamed.utf8) == one)
  }
}
