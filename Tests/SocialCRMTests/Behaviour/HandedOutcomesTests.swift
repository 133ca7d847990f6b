import SCRMTesting
import SocialCRM
import Testing

/// Outcomes that are handed over batch by batch are those that the call would have returned.
@Suite struct HandedOutcomesTests {
  private struct Broken: Error {}

  private actor Received {
    private(set) var batches: [[InteractionOutcome]] = []
    private(set) var heads: [LogPosition] = []

    func add(_ outcomes: [InteractionOutcome], _ head: LogPosition) {
      batches.append(outcomes)
      heads.append(head)
    }
  }

  private func configuration(batchSize: Int, isOverlapping: Bool) throws -> SocialCRM.Configuration {
    var configuration = try historyConfiguration(batchSize: batchSize)
    configuration.leastOverlapping = isOverlapping ? 1 : .max
    return configuration
  }

  @Test(arguments: historySeeds.prefix(8)) func `they are the same, in order, and committed`(seed: UInt64) async throws
  {
    let history = RandomHistory(seed: seed, count: 160).delivered(seed: seed &+ 4_000)
    let whole = InMemoryStore()
    let expected = try await SocialCRM(store: whole, configuration: historyConfiguration()).ingest(history)
    for (batchSize, isOverlapping) in [(7, true), (30, true), (30, false), (1_000, true)] {
      let store = InMemoryStore()
      let crm = try await SocialCRM(
        store: store, configuration: configuration(batchSize: batchSize, isOverlapping: isOverlapping))
      let received = Received()
      try await crm.ingest(history) { outcomes in await received.add(outcomes, store.head()) }
      let batches = await received.batches
      #expect(batches.flatMap { $0 } == expected, "seed \(seed), batch size \(batchSize)")
      for (batch, head) in zip(batches, await received.heads) {
        #expect(batch.count <= batchSize)
        for case .accepted(let position) in batch.map(\.disposition) { #expect(position <= head) }
      }
      #expect(await store.snapshot(includesDelivery: false) == whole.snapshot(includesDelivery: false))
    }
  }

  @Test(arguments: [1, 64]) func `when the receiver fails, what it was given stays`(leastOverlapping: Int) async throws
  {
    let interactions = (0..<50).map { done(.like, id: "\($0)", by: "w\($0 % 7)", at: $0) }
    let store = InMemoryStore()
    var configuration = try plainConfiguration(batchSize: 10)
    configuration.leastOverlapping = leastOverlapping
    let crm = try await SocialCRM(store: store, configuration: configuration)
    let received = Received()
    await #expect(throws: Broken.self) {
      try await crm.ingest(interactions) { outcomes in
        await received.add(outcomes, store.head())
        if await received.batches.count == 3 { throw Broken() }
      }
    }
    #expect(await received.batches.map(\.count) == [10, 10, 10])
    #expect(await store.interactionKeys == interactions.prefix(30).map(\.key))
    // The same call again finishes the work, and others have had their turn.
    let again = try await crm.ingest(interactions)
    #expect(again.prefix(30).allSatisfy { $0.isDuplicate } && again.dropFirst(30).allSatisfy { $0.isAccepted })
  }

  @Test func `no interactions, no outcomes`() async throws {
    let (crm, store) = try await openPlain()
    let before = await store.snapshot()
    try await crm.ingest([]) { _ in Issue.record("an outcome") }
    #expect(await store.snapshot() == before)
  }
}
