import SocialCRM
import Testing

@Suite struct ConvergenceTests {
  /// What must not depend on the order of delivery, in a comparable form.
  private struct Picture: Equatable {
    /// The identifier keys of each person, under the canonical id.
    var partition: [PersonID: [IdentifierKey]] = [:]
    var traits: [PersonID: TraitLedger] = [:]
    var consents: [PersonID: ConsentLedger] = [:]
    /// Activity with tier and memberships, and ties, as their canonical bytes.
    var activity: [StateKey: [UInt8]] = [:]
    var ties: [TieKey: [UInt8]] = [:]
    var revisions: [StateKey: [UInt8]] = [:]
    var members: [String: [PersonID]] = [:]
    var accepted: Set<EventKey> = []
  }

  private func picture(of history: [Interaction], batchSize: Int) async throws -> Picture {
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: try historyConfiguration(batchSize: batchSize))
    _ = try await crm.ingest(history)
    _ = try await crm.advance(to: RandomHistory.start.advanced(by: .days(100)))
    var picture = Picture()
    for person in await store.people(after: nil, limit: .max) where person.mergedInto == nil {
      picture.partition[person.id] = person.accounts.map(\.key).sorted()
      picture.traits[person.id] = person.traits
      picture.consents[person.id] = person.consents
    }
    for record in await store.states("activity", after: nil, limit: .max) {
      picture.activity[record.key] = record.bytes
    }
    for record in await store.states("revision", after: nil, limit: .max) {
      picture.revisions[record.key] = record.bytes
    }
    for tie in await store.ties(after: nil, limit: .max) { picture.ties[tie.key] = tie.bytes }
    for segment in ["active", "buyers", "warm", "deep", "big-spenders"] {
      picture.members[segment] = await store.members(of: segment, after: nil, limit: .max).map(\.person)
    }
    for entry in await store.log(after: .start, limit: .max) {
      if case .interaction(let interaction, _) = entry.body { picture.accepted.insert(interaction.key) }
    }
    return picture
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
      #expect(other.partition == first.partition, "seed \(seed), delivery \(delivery)")
      #expect(other.traits == first.traits, "seed \(seed), delivery \(delivery)")
      #expect(other.consents == first.consents, "seed \(seed), delivery \(delivery)")
      #expect(other.activity == first.activity, "seed \(seed), delivery \(delivery)")
      #expect(other.ties == first.ties, "seed \(seed), delivery \(delivery)")
      #expect(other.revisions == first.revisions, "seed \(seed), delivery \(delivery)")
      #expect(other.members == first.members, "seed \(seed), delivery \(delivery)")
      #expect(other.accepted == first.accepted, "seed \(seed), delivery \(delivery)")
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
