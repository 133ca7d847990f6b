import SocialCRM
import Testing

@Suite struct ConvergenceTests {
  private func picture(of history: [Interaction], batchSize: Int) async throws -> Picture {
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: try historyConfiguration(batchSize: batchSize))
    _ = try await crm.ingest(history)
    _ = try await crm.advance(to: RandomHistory.start.advanced(by: .days(100)))
    return await Picture(of: store)
  }

  @Test(arguments: historySeeds) func `any order of delivery gives the same people and segments`(seed: UInt64)
    async throws
  {
    let history = RandomHistory(seed: seed, count: 240)
    let first = try await picture(of: history.delivered(seed: seed), batchSize: 1_000)
    #expect(first.accepted.count == 240)
    #expect(first.partition.count > 3)
    for (delivery, batchSize) in [(seed &+ 500, 1_000), (seed &+ 900, 3)] {
      let other = try await picture(of: history.delivered(seed: delivery), batchSize: batchSize)
      first.expectSame(other, "seed \(seed), delivery \(delivery)")
    }
  }

  @Test(arguments: historySeeds) func `the partition is that of a brute-force union of identifiers`(seed: UInt64)
    async throws
  {
    let history = RandomHistory(seed: seed, count: 200)
    let found = try await picture(of: history.delivered(seed: seed), batchSize: 50)
    var sets: [Set<IdentifierKey>] = []
    let resolver = DeterministicResolver()
    for interaction in history.interactions {
      for party in [interaction.actor, interaction.target].compactMap({ $0 }) where party.role == .customer {
        var joined = Set(resolver.keys(of: party).entries.map(\.key))
        sets.removeAll { set in
          guard !set.isDisjoint(with: joined) else { return false }
          joined.formUnion(set)
          return true
        }
        sets.append(joined)
      }
    }
    #expect(Set(found.partition.values.map(Set.init)) == Set(sets))
  }
}
