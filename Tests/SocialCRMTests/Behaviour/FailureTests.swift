import SCRMTesting
import SocialCRM
import Testing

@Suite struct FailureTests {
  private let history = RandomHistory(seed: 77, count: 120).delivered(seed: 78)

  private func comparison(_ store: InMemoryStore) async throws -> StoreComparison {
    try await StoreComparison(store, configuration: historyConfiguration(), at: hour(24 * 90))
  }

  /// What a single undisturbed call gives.
  private func undisturbed() async throws -> InMemoryStore {
    let store = InMemoryStore()
    _ = try await SocialCRM(store: store, configuration: historyConfiguration(batchSize: 10)).ingest(history)
    return store
  }

  @Test func `two writers on one store lose and double nothing`() async throws {
    let store = InMemoryStore()
    var configuration = try historyConfiguration(batchSize: 3)
    configuration.conflictRetries = 10_000
    configuration.writer = "one"
    var other = configuration
    other.writer = "two"
    let writers = try await [
      SocialCRM(store: store, configuration: configuration), SocialCRM(store: store, configuration: other),
    ]
    // Their parts overlap.
    let parts = [Array(history.prefix(80)), Array(history.suffix(80))]
    let accepted = try await withThrowingTaskGroup(of: [InteractionOutcome].self) { group in
      for (writer, part) in zip(writers, parts) { group.addTask { try await writer.ingest(part) } }
      return try await group.reduce(into: []) { $0 += $1.filter(\.isAccepted) }
    }
    let keys = await store.interactionKeys
    #expect(Set(keys) == Set(history.map(\.key)) && keys.count == Set(keys).count && accepted.count == keys.count)
    #expect(await store.configurationCount == 1)
    let expected = try await undisturbed()
    #expect(try await comparison(store).differences(from: comparison(expected)) == [])
  }

  @Test func `eight callers at once lose and double nothing`() async throws {
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: historyConfiguration(batchSize: 4))
    let outcomes = try await withThrowingTaskGroup(of: [InteractionOutcome].self) { group in
      for caller in 0..<8 {
        // Every interaction is given by two callers.
        let part = history.enumerated().filter { $0.offset % 8 == caller || $0.offset % 8 == (caller + 3) % 8 }
        group.addTask { try await crm.ingest(part.map(\.element)) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(outcomes.count == 2 * history.count)
    #expect(outcomes.allSatisfy { $0.isAccepted || $0.isDuplicate })
    let accepted = outcomes.filter(\.isAccepted).map(\.key)
    #expect(Set(accepted) == Set(history.map(\.key)) && accepted.count == Set(accepted).count)
    let expected = try await undisturbed()
    #expect(try await comparison(store).differences(from: comparison(expected)) == [])
  }

  @Test(arguments: [0, 1, 4], [FaultyStore.Fault.lost, .answerLost])
  func `ingesting again after a failure finishes the work`(
    after: Int, fault: FaultyStore.Fault
  ) async throws {
    let base = InMemoryStore()
    let faulty = FaultyStore(base)
    let crm = try await SocialCRM(store: faulty, configuration: historyConfiguration(batchSize: 10))
    await faulty.fail(after: after, fault)
    await #expect(throws: FaultyStore.Failure.self) { try await crm.ingest(history) }
    let committed = await base.interactionKeys
    #expect(committed.count <= 10 * (after + 1) && (fault == .lost || !committed.isEmpty))
    let outcomes = try await crm.ingest(history)
    let known = Set(committed)
    for outcome in outcomes where known.contains(outcome.key) {
      #expect(outcome.isDuplicate && outcome.actions.isEmpty)
    }
    #expect(try await base.snapshot(includesDelivery: false) == undisturbed().snapshot(includesDelivery: false))
  }

  @Test(arguments: [FaultyStore.Fault.cancelledBefore, .cancelledAfter]) func `cancelling leaves whole batches`(
    fault: FaultyStore.Fault
  ) async throws {
    let base = InMemoryStore()
    let faulty = FaultyStore(base)
    let crm = try await SocialCRM(store: faulty, configuration: historyConfiguration(batchSize: 10))
    await faulty.fail(after: 3, fault)
    let history = history
    let task = Task { try await crm.ingest(history) }
    await #expect(throws: CancellationError.self) { try await task.value }
    let whole = Set(history.prefix(fault == .cancelledBefore ? 30 : 40).map(\.key))
    #expect(await Set(base.interactionKeys) == whole)
    // The next caller gets its turn and finishes.
    _ = try await crm.ingest(history)
    #expect(try await base.snapshot(includesDelivery: false) == undisturbed().snapshot(includesDelivery: false))
  }

  @Test func `a caller cancelled while waiting does not hold up the others`() async throws {
    let (crm, store) = try await openPlain(batchSize: 2)
    let tasks = (0..<12).map { caller in
      Task { try await crm.ingest((0..<6).map { done(id: "\(caller)-\($0)", by: "w\(caller)") }) }
    }
    for caller in stride(from: 1, to: 12, by: 2) { tasks[caller].cancel() }
    for (caller, task) in tasks.enumerated() {
      let result = await task.result
      if caller % 2 == 0 { #expect(try result.get().allSatisfy(\.isAccepted)) }
    }
    #expect(try await crm.ingest(one: done(id: "last")).isAccepted)
    let counts = Dictionary(grouping: await store.interactionKeys) { $0.id.split(separator: "-")[0] }.mapValues(\.count)
    for caller in 0..<12 {
      let count = counts["\(caller)"] ?? 0
      #expect(caller % 2 == 0 ? count == 6 : count % 2 == 0)
    }
  }

  @Test func `whoever was overtaken under the same key decides again`() async throws {
    let base = InMemoryStore()
    let faulty = FaultyStore(base)
    let crm = try await SocialCRM(store: faulty, configuration: try plainConfiguration())
    await faulty.fail(after: 0, .overtaken)
    let outcome = try await crm.ingest(one: done(.comment, "refund", id: "1"))
    #expect(outcome.isDuplicate && outcome.actions.isEmpty)
    #expect(await base.interactionKeys.count == 1)
  }

  @Test func `a conflict beyond the retries is passed on`() async throws {
    let (other, store) = try await openPlain()
    let configuration = try plainConfiguration { $0.conflictRetries = 2 }
    let crm = try await SocialCRM(store: FaultyStore(store, isAlwaysBehind: true), configuration: configuration)
    await #expect(throws: StorageError.self) { try await crm.ingest(one: done(id: "1")) }
    #expect(await store.interactionKeys.isEmpty)
    #expect(try await other.ingest(one: done(id: "1")).isAccepted)
  }

  @Test func `a delivery that another host took in meanwhile, received at another time, is a duplicate`() async throws {
    let (other, store) = try await openPlain()
    let overtaken = OvertakenStore(wrapped: store, when: { !$0.entries.isEmpty }) {
      let outcome = try await other.ingest(one: done(id: "1", received: 2))
      #expect(outcome.isAccepted)
    }
    let crm = try await SocialCRM(store: overtaken, configuration: plainConfiguration())
    #expect(try await crm.ingest(one: done(id: "1", received: 1)).isDuplicate)
    #expect(await store.interactionKeys.count == 1)
  }

  @Test func `what another host takes in during an advance of time is decided after it`() async throws {
    let (store, replayed) = (InMemoryStore(), InMemoryStore())
    let configuration = try historyConfiguration(batchSize: 2)
    let other = try await SocialCRM(store: store, configuration: configuration)
    _ = try await other.ingest(history)
    let overtaken = OvertakenStore(wrapped: store, when: { $0.entries.isEmpty }) {
      let outcome = try await other.ingest(one: done(.purchase, id: "meanwhile", by: "w1", at: 24 * 79))
      #expect(outcome.isAccepted)
    }
    let crm = try await SocialCRM(store: overtaken, configuration: configuration)
    _ = try await crm.advance(to: hour(24 * 78))
    #expect(await store.interactionKeys.last?.id == "meanwhile")
    try await SocialCRM.replay(store, into: replayed, configuration: configuration)
    #expect(await store.snapshot(includesDelivery: false) == replayed.snapshot(includesDelivery: false))
  }
}

/// A store on which something else happens just before a commit of some kind.
private struct OvertakenStore: StoreWrapper {
  let wrapped: any SCRMStore
  let when: @Sendable (ChangeSet) -> Bool
  let happening: @Sendable () async throws -> Void

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    if when(changes), try await wrapped.head() == changes.base { try await happening() }
    return try await wrapped.commit(changes)
  }
}
