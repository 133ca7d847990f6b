import SCRMTesting
import SocialCRM
import Testing

/// A batch that is decided while the one before it is committed decides what it would have decided afterwards.
@Suite struct OverlapTests {
  private func configuration(batchSize: Int, isOverlapping: Bool) throws -> SocialCRM.Configuration {
    var configuration = try historyConfiguration(batchSize: batchSize)
    configuration.leastOverlapping = isOverlapping ? 1 : .max
    return configuration
  }

  @Test(arguments: historySeeds) func `overlapping batches decide as batches one after the other`(seed: UInt64)
    async throws
  {
    let history = RandomHistory(seed: seed, count: 160).delivered(seed: seed &+ 2_000)
    for batchSize in [1, 4, 30] {
      let stores = [InMemoryStore(), InMemoryStore()]
      var outcomes: [[InteractionOutcome]] = []
      for (store, isOverlapping) in zip(stores, [false, true]) {
        let crm = try await SocialCRM(
          store: store, configuration: try configuration(batchSize: batchSize, isOverlapping: isOverlapping))
        outcomes.append(try await crm.ingest(history))
      }
      #expect(outcomes[0] == outcomes[1], "seed \(seed), batch size \(batchSize)")
      let expected = await stores[0].snapshot(includesDelivery: false)
      #expect(await stores[1].snapshot(includesDelivery: false) == expected, "seed \(seed), batch size \(batchSize)")
    }
  }

  /// Another host commits something of its own just before some of the commits.
  @Test(arguments: historySeeds.prefix(8)) func `what was decided on top of a lost commit is decided again`(
    seed: UInt64
  )
    async throws
  {
    let history = RandomHistory(seed: seed, count: 160).delivered(seed: seed &+ 3_000)
    let foreign = RandomHistory(seed: seed &+ 7, count: 12, people: 12).interactions.map { interaction in
      var copy = interaction
      copy.key = EventKey("other", interaction.key.id)
      copy.revision = nil
      copy.received = history[0].received
      return copy
    }
    let base = InMemoryStore()
    let configuration = try configuration(batchSize: 10, isOverlapping: true)
    let store = PrecededStore(base, by: try await SocialCRM(store: base, configuration: configuration), foreign)
    let crm = try await SocialCRM(store: store, configuration: configuration)
    let outcomes = try await crm.ingest(history)
    #expect(outcomes.map(\.key) == history.map(\.key))
    #expect(await store.waiting.isEmpty)
    let log = await base.log(after: .start, limit: .max)
    let keys = log.compactMap { entry in
      if case .interaction(let interaction, _) = entry.body { interaction.key } else { nil }
    }
    #expect(Set(keys) == Set(history.map(\.key) + foreign.map(\.key)) && Set(keys).count == keys.count)
    let replayed = InMemoryStore()
    try await SocialCRM.replay(base, into: replayed, configuration: configuration, batchSize: 9)
    #expect(await replayed.snapshot(includesDelivery: false) == base.snapshot(includesDelivery: false))
  }
}

/// A store on which another host takes in an interaction before every second commit.
actor PrecededStore: StoreWrapper {
  nonisolated let wrapped: any SCRMStore
  private let other: SocialCRM
  private(set) var waiting: [Interaction]
  private var commits = 0

  init(_ base: InMemoryStore, by other: SocialCRM, _ interactions: [Interaction]) {
    wrapped = base
    self.other = other
    waiting = interactions
  }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    commits += 1
    if commits.isMultiple(of: 2), let first = waiting.popLast() { _ = try await other.ingest([first]) }
    return try await wrapped.commit(changes)
  }
}
