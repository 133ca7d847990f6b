import SocialCRM
import Testing

@Suite struct ReopeningTests {
  // What people are evaluated for without an entry in the log would be missing from a replay.
  @Test(arguments: [1, 2, 3] as [UInt64]) func `opening again and an advance to the past change nothing`(
    seed: UInt64
  ) async throws {
    // Three hours apart, so that many people fall due in between.
    let history = RandomHistory(seed: seed, count: 200).delivered(seed: seed &+ 500).enumerated().map { index, given in
      var interaction = given
      interaction.received = interaction.received.advanced(by: .hours(3 * index))
      return interaction
    }
    let configuration = try historyConfiguration()
    let whole = InMemoryStore()
    _ = try await SocialCRM(store: whole, configuration: configuration).ingest(history)
    let parted = InMemoryStore()
    for start in stride(from: 0, to: history.count, by: 40) {
      let crm = try await SocialCRM(store: parted, configuration: configuration)
      _ = try await crm.ingest(Array(history[start..<min(start + 40, history.count)]))
      let outcome = try await crm.advance(to: RandomHistory.start)
      #expect(outcome.evaluated == 0 && outcome.segments.isEmpty)
    }
    #expect(await parted.snapshot(includesDelivery: false) == whole.snapshot(includesDelivery: false), "seed \(seed)")
  }
}
