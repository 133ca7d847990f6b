import SocialCRM
import Testing

@Suite struct TimeTests {
  @Test func `as time passes people leave segments and lower their tier`() async throws {
    let (crm, store) = try await openPlain()
    let person = try #require(
      try await crm.ingest((0..<5).map { done(.purchase, id: "p\($0)", at: $0) }).first?.person)
    #expect(try await crm.facts(of: person)?.tier == .deep)
    let early = try await crm.advance(to: hour(29 * 24))
    #expect(early.evaluated == 1 && early.segments.isEmpty)
    #expect(try await crm.facts(of: person)?.tier == .silent)
    let left = try await crm.advance(to: hour(30 * 24))
    #expect(left.time == hour(30 * 24))
    #expect(
      left.segments.map(\.segment) == ["buyers"] && left.segments.allSatisfy { !$0.isEntry && $0.person == person })
    #expect(await store.members(of: "buyers", after: nil, limit: 9).isEmpty)
    #expect(try await crm.facts(of: person)?.segments == [])
  }

  @Test func `time never goes back`() async throws {
    let (crm, store) = try await openPlain()
    _ = try await crm.ingest(one: done(.purchase, id: "1", at: 100))
    _ = try await crm.advance(to: hour(200))
    let before = await store.snapshot()
    for time in [hour(150), hour(200), .distantPast] {
      let outcome = try await crm.advance(to: time)
      #expect(outcome.time == hour(200) && outcome.evaluated == 0 && outcome.segments.isEmpty)
    }
    #expect(await store.snapshot() == before)
    // What is received earlier by its own account is decided at the time of the loop.
    let outcome = try await crm.ingest(one: done(.comment, "refund", id: "2", at: 120))
    #expect(outcome.actions.map(\.decided) == [hour(200)])
    #expect(try await crm.facts(of: try #require(outcome.person))?.now == hour(200))
  }

  @Test func `the ends of time can be reached`() async throws {
    let (crm, _) = try await openPlain()
    _ = try await crm.ingest(one: done(.purchase, id: "1"))
    let outcome = try await crm.advance(to: .distantFuture)
    #expect(outcome.time == .distantFuture && outcome.segments.map(\.segment) == ["buyers"])
    #expect(try await crm.advance(to: .distantFuture).evaluated == 0)
  }

  private func crowd(_ count: Int) -> [Interaction] {
    (0..<count).map { done(.purchase, id: "p\($0)", by: "w\($0)", at: $0 % 5) }
  }

  private static let pauses: [(after: Int, fault: FaultyStore.Fault)] = [
    (1, .lost), (3, .lost), (1, .answerLost), (3, .answerLost), (0, .answerLost), (2, .cancelledBefore),
    (2, .cancelledAfter),
  ]

  /// A store in which an advance of 23 people in pages of five was interrupted.
  private func interrupted(_ index: Int) async throws -> (crm: SocialCRM, base: InMemoryStore) {
    let base = InMemoryStore()
    let faulty = FaultyStore(base)
    let crm = try await SocialCRM(store: faulty, configuration: plainConfiguration(batchSize: 5))
    _ = try await crm.ingest(crowd(23))
    await faulty.fail(after: Self.pauses[index].after, Self.pauses[index].fault)
    let advance = Task { try await crm.advance(to: hour(40 * 24)) }
    await #expect(throws: (any Error).self) { try await advance.value }
    return (crm, base)
  }

  @Test(arguments: pauses.indices) func `an interrupted advance is finished at the next opening`(index: Int)
    async throws
  {
    let (whole, expected) = try await openPlain(batchSize: 5)
    _ = try await whole.ingest(crowd(23))
    #expect(try await whole.advance(to: hour(40 * 24)).segments.count == 23)
    let (_, base) = try await interrupted(index)
    #expect(await !base.members(of: "buyers", after: nil, limit: 99).isEmpty)
    _ = try await SocialCRM(store: base, configuration: plainConfiguration(batchSize: 5))
    #expect(await base.snapshot(includesDelivery: false) == expected.snapshot(includesDelivery: false))
  }

  @Test(arguments: pauses.indices) func `an interrupted advance is finished before anything else is decided`(
    index: Int
  ) async throws {
    let (crm, base) = try await interrupted(index)
    _ = try await crm.ingest(
      crowd(3).map { given in
        var interaction = given
        interaction.key = EventKey("test", "again-\(given.key.id)")
        interaction.received = hour(41 * 24)
        return interaction
      })
    #expect(await base.members(of: "buyers", after: nil, limit: 99).isEmpty)
    let replayed = InMemoryStore()
    try await SocialCRM.replay(base, into: replayed, configuration: plainConfiguration(batchSize: 5))
    #expect(await base.snapshot(includesDelivery: false) == replayed.snapshot(includesDelivery: false))
  }

  @Test func `an interrupted advance is finished by another call and under another configuration`() async throws {
    let (crm, base) = try await interrupted(1)
    #expect(try await crm.advance(to: hour(40 * 24)).segments.count > 5)
    #expect(await base.members(of: "buyers", after: nil, limit: 99).isEmpty)
    let (_, other) = try await interrupted(1)
    _ = try await SocialCRM(store: other, configuration: plainConfiguration { $0.lateness = .days(1) })
    #expect(await other.members(of: "buyers", after: nil, limit: 99).isEmpty)
  }
}
