import SCRMTesting
import SocialCRM
import Testing

@Suite struct EvidenceConvergenceTests {
  private func store(of history: [Interaction], batchSize: Int) async throws -> InMemoryStore {
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: try identityConfiguration(batchSize: batchSize))
    _ = try await crm.ingest(history)
    _ = try await crm.advance(to: RandomHistory.start.advanced(by: .days(100)))
    return store
  }

  @Test(arguments: historySeeds) func `any order of delivery gives the same people with evidence`(seed: UInt64)
    async throws
  {
    let history = IdentityHistory(seed: seed, count: 240)
    let first = try await Picture(of: store(of: history.delivered(seed: seed), batchSize: 1_000))
    #expect(first.accepted.count == 240)
    for (delivery, batchSize) in [(seed &+ 500, 1_000), (seed &+ 900, 3)] {
      let other = try await Picture(of: store(of: history.delivered(seed: delivery), batchSize: batchSize))
      first.expectSame(other, "seed \(seed), delivery \(delivery)")
    }
  }

  @Test(arguments: historySeeds) func `the people are those of the evidence graph`(seed: UInt64) async throws {
    let history = IdentityHistory(seed: seed, count: 240).delivered(seed: seed)
    let configuration = try identityConfiguration()
    let found = try await Picture(of: store(of: history, batchSize: 40))
    let resolver = try #require(configuration.identity as? EvidenceResolver)
    var graph = EvidenceGraph(policy: resolver.policy)
    var seen = Set<EventKey>()
    for interaction in history where seen.insert(interaction.key).inserted {
      for statement in resolver.statements(of: interaction) {
        try graph.add(statement)
      }
    }
    let expected = Dictionary(uniqueKeysWithValues: graph.people().map { ($0.id, $0.identifiers) })
    let joined = found.partition.filter { expected[$0.key] != nil || $0.value.count > 1 }
    #expect(joined == expected, "seed \(seed)")
  }

  @Test(arguments: historySeeds) func `a replay gives the same bytes`(seed: UInt64) async throws {
    let history = IdentityHistory(seed: seed, count: 160).delivered(seed: seed)
    let configuration = try identityConfiguration(batchSize: 50)
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: configuration)
    _ = try await crm.ingest(Array(history[..<120]))
    if let merge = await store.merges(after: .start, limit: 1).first {
      _ = try? await crm.unmerge(.revert(merge), reason: "asked")
    }
    _ = try await crm.ingest(Array(history[120...]))
    _ = try await crm.advance(to: RandomHistory.start.advanced(by: .days(100)))
    for batchSize in [1_000, 7] {
      let copy = InMemoryStore()
      try await SocialCRM.replay(store, into: copy, configuration: configuration, batchSize: batchSize)
      let (one, two) = (await store.snapshot(includesDelivery: false), await copy.snapshot(includesDelivery: false))
      #expect((one == two) as Bool, "seed \(seed), batch \(batchSize)")
    }
  }
}
