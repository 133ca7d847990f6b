import DenseData
import SocialCRM
import Testing

@Suite struct ReplayTests {
  /// A store after a history was delivered, with time advanced and scores published in between.
  private func decided(_ history: [Interaction], batchSize: Int) async throws -> InMemoryStore {
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: try historyConfiguration(batchSize: batchSize))
    let half = history.count / 2
    _ = try await crm.ingest(Array(history[..<half]))
    _ = try await crm.advance(to: history[half].received.advanced(by: .seconds(-1)))
    _ = try await crm.refreshInfluence(asOf: history[half].received)
    _ = try await crm.ingest(Array(history[half...]))
    _ = try await crm.advance(to: RandomHistory.start.advanced(by: .days(100)))
    return store
  }

  @Test(arguments: historySeeds) func `replaying the log gives the same bytes for any batch size`(seed: UInt64)
    async throws
  {
    let history = RandomHistory(seed: seed, count: 240).delivered(seed: seed &+ 1_000)
    let original = try await decided(history, batchSize: 64)
    let expected = await original.snapshot(includesDelivery: false)
    for batchSize in [1, 7, 1_000] {
      let replayed = InMemoryStore()
      try await SocialCRM.replay(
        original, into: replayed, configuration: try historyConfiguration(batchSize: batchSize), batchSize: batchSize)
      let found = await replayed.snapshot(includesDelivery: false)
      let difference = difference(expected, found)
      #expect(difference.isEmpty, "seed \(seed), batch size \(batchSize)\(difference)")
    }
    let other = try await decided(history, batchSize: 5)
    let otherDifference = difference(expected, await other.snapshot(includesDelivery: false))
    #expect(otherDifference.isEmpty, "seed \(seed), decided in batches of 5\(otherDifference)")
  }

  @Test func `a log written under another configuration is refused`() async throws {
    let original = try await decided(RandomHistory(seed: 1, count: 50).delivered(seed: 2), batchSize: 10)
    var other = try historyConfiguration()
    other.lateness = .days(1)
    await #expect(throws: SCRMError.self) {
      try await SocialCRM.replay(original, into: InMemoryStore(), configuration: other)
    }
  }

  @Test func `compaction keeps the state and what is replayed from its baseline`() async throws {
    let history = RandomHistory(seed: 9, count: 300).delivered(seed: 10)
    let store = InMemoryStore()
    let configuration = try historyConfiguration()
    let crm = try await SocialCRM(store: store, configuration: configuration)
    _ = try await crm.ingest(Array(history[..<150]))
    let removed = try await store.compact(before: history[100].received)
    #expect(removed > 50)
    // A repeated delivery of what was compacted is still recognised, another body under its key still refused.
    let again = try await crm.ingest(Array(history[..<20]))
    #expect(again.allSatisfy { $0.isDuplicate })
    var forged = history[3]
    forged.kind = "forged"
    #expect(try await crm.ingest([forged])[0].refusal?.code == .conflictingBody)
    _ = try await crm.ingest(Array(history[150...]))
    let start = await store.replayStart()
    try await SocialCRM.replay(store, into: start, configuration: configuration, batchSize: 11)
    let expected = await store.snapshot(includesDelivery: false)
    // The outbox is delivery as well as decision; it is not part of a baseline.
    let found = await start.snapshot(includesDelivery: false)
    #expect(withoutOutbox(found) == withoutOutbox(expected))
  }

  private func withoutOutbox(_ snapshot: [UInt8]) -> JSON? {
    guard case .object(var object)? = try? JSON(bytes: snapshot, limits: JSONLimits(maximumBytes: .max)) else {
      return nil
    }
    object["outbox"] = nil
    return .object(object)
  }

  private func difference(_ left: [UInt8], _ right: [UInt8]) -> String {
    guard left != right else { return "" }
    let index = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    let from = max(0, index - 200)
    return "\n" + String(decoding: left[from..<min(left.count, index + 200)], as: UTF8.self) + "\n---\n"
      + String(decoding: right[from..<min(right.count, index + 200)], as: UTF8.self)
  }
}
