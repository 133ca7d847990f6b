import SocialCRM
import Testing

/// Definitions that are new to a loop are filled in from its log.
@Suite struct SegmentBackfillTests {
  private static let names = ["recent-buyers", "ever-3", "ever-bought", "keen", "spender", "locals", "waiting", "path"]

  private func members(_ store: InMemoryStore) async -> [String: [PersonID]] {
    var found: [String: [PersonID]] = [:]
    for name in Self.names { found[name] = await store.members(of: name, after: nil, limit: .max).map(\.person) }
    return found
  }

  /// As if the definitions had been in force from the beginning, also for what comes after.
  @Test(arguments: historySeeds.count > 50 ? Array(historySeeds.prefix(40)) : [1, 22])
  func `a backfill is what the definitions would have decided`(seed: UInt64) async throws {
    let history = RandomHistory(seed: seed, count: 110).delivered(seed: seed)
    let middle = history.count * 2 / 3
    let now = RandomHistory.start.advanced(by: .days(60))
    var stores: [InMemoryStore] = []
    for isFilledIn in [false, true] {
      let store = InMemoryStore()
      var configuration = try LiveSegmentStageTests.configuration()
      if isFilledIn {
        configuration.segments = try SegmentSet([SegmentDefinition("gone", version: 1) { _ in true }])
      }
      var crm = try await SocialCRM(store: store, configuration: configuration)
      _ = try await crm.ingest(Array(history[..<middle]))
      _ = try await crm.advance(to: now)
      if isFilledIn {
        let before = await store.members(of: "gone", after: nil, limit: .max)
        crm = try await SocialCRM(
          store: store, configuration: try LiveSegmentStageTests.configuration(batchSize: 3))
        let filled = try await crm.backfillSegments()
        #expect(filled.incomplete.isEmpty && filled.people >= before.count)
        #expect(filled.counts(of: "gone").left == before.count)
        #expect(await store.members(of: "gone", after: nil, limit: .max).isEmpty)
        for name in Self.names {
          #expect(filled.counts(of: name).entered == (await store.members(of: name, after: nil, limit: .max)).count)
          #expect(filled.counts(of: name).left == 0)
        }
        let again = try await crm.backfillSegments()
        #expect(again.entered.isEmpty && again.left.isEmpty && again.people == filled.people)
      }
      stores.append(store)
    }
    #expect(await members(stores[1]) == members(stores[0]), "seed \(seed)")
    for store in stores {
      let crm = try await SocialCRM(store: store, configuration: try LiveSegmentStageTests.configuration())
      _ = try await crm.ingest(Array(history[middle...]))
      _ = try await crm.advance(to: RandomHistory.start.advanced(by: .days(90)))
    }
    #expect(await members(stores[1]) == members(stores[0]), "seed \(seed), later")
  }

  @Test func `what happened long before the lateness counts, with when it was so`() async throws {
    let store = InMemoryStore()
    let old = try await SocialCRM(store: store, configuration: plainConfiguration())
    for (number, time) in [0, 1, 2].enumerated() {
      _ = try await old.ingest(one: done(.post, id: "\(number)", at: time))
    }
    _ = try await old.advance(to: hour(500))
    var configuration = try plainConfiguration()
    configuration.segments = try LiveSegmentStage(
      SegmentCatalogue([
        Segment("keen", parsing: "count('post', hours(6)) >= 3 || (segment('keen') && count('post', days(60)) >= 1)")
      ]), beside: SegmentSet(), lateness: .hours(1))
    let crm = try await SocialCRM(store: store, configuration: configuration)
    let filled = try await crm.backfillSegments()
    #expect(filled.entered.map(\.segment) == ["keen"])
    #expect(filled.entered.map(\.since) == [hour(2)])
    let later = try await crm.advance(to: hour(3_000))
    #expect(later.segments.map(\.isEntry) == [false])
    #expect(later.segments.map(\.time) == [hour(2 + 60 * 24)])
  }

  @Test func `an empty workspace has nobody to decide`() async throws {
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: plainConfiguration())
    #expect(try await crm.backfillSegments() == SegmentBackfill())
  }
}
