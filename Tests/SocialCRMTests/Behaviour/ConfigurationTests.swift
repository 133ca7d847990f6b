import SocialCRM
import Testing

@Suite struct ConfigurationTests {
  @Test func `a configuration is noted once, and again when it changes`() async throws {
    let store = InMemoryStore()
    let first = try plainConfiguration()
    var second = first
    second.lateness = .days(1)
    for (configuration, expected) in [(first, 1), (first, 1), (second, 2), (second, 2), (first, 3)] {
      _ = try await SocialCRM(store: store, configuration: configuration)
      #expect(await store.configurationCount == expected)
    }
  }

  @Test func `opening again changes nothing`() async throws {
    let store = InMemoryStore()
    let configuration = try plainConfiguration()
    let crm = try await SocialCRM(store: store, configuration: configuration)
    _ = try await crm.ingest([done(.purchase, id: "1"), done(.comment, "refund", id: "2", at: 1)])
    for _ in 0..<2 {
      let before = await store.snapshot()
      _ = try await SocialCRM(store: store, configuration: configuration)
      #expect(await store.snapshot() == before)
      _ = try await crm.advance(to: hour(24 * 31))
    }
  }

  @Test func `what decides is in the fingerprint, what does not is not`() throws {
    let plain = try plainConfiguration()
    var settings = DeterministicResolver.Settings()
    settings.idKey = [1]
    let identity = DeterministicResolver(settings)
    let deciding: [(inout SocialCRM.Configuration) throws -> Void] = [
      { $0.identity = identity }, { $0.segments = try SegmentSet() }, { $0.rules = try RuleSet() }, { $0.scores = [] },
      { $0.lateness = .days(8) },
      { $0.collection = CollectionFilter(CollectionPolicy(profile: .standard(for: .finance))) },
    ]
    var fingerprints = [plain.fingerprint]
    for change in deciding {
      var configuration = plain
      try change(&configuration)
      fingerprints.append(configuration.fingerprint)
    }
    #expect(Set(fingerprints).count == deciding.count + 1)
    var same = plain
    same.batchSize = 3
    same.conflictRetries = 1
    #expect(same.fingerprint == plain.fingerprint)
  }

  @Test func `a replay under another configuration is refused with the place`() async throws {
    let (crm, store) = try await openPlain()
    _ = try await crm.ingest(one: done(id: "1"))
    let other = try plainConfiguration { $0.scores = [] }
    let error = await #expect(throws: SCRMError.self) {
      try await SocialCRM.replay(store, into: InMemoryStore(), configuration: other)
    }
    #expect(error?.code == .configurationMismatch && error?.subject == "log entry 1")
    // A log that changed its configuration on the way is refused where it changed.
    _ = try await SocialCRM(store: store, configuration: other)
    let changed = await #expect(throws: SCRMError.self) {
      try await SocialCRM.replay(store, into: InMemoryStore(), configuration: plainConfiguration())
    }
    #expect(changed?.subject == "log entry 3")
  }

  private struct Recorder: LoopObserver {
    let continuation: AsyncStream<LoopEvent>.Continuation
    func observe(_ event: LoopEvent) { continuation.yield(event) }
  }

  @Test func `observers are told of batches, refusals and conflicts`() async throws {
    let (events, continuation) = AsyncStream<LoopEvent>.makeStream()
    let store = InMemoryStore()
    let configuration = try plainConfiguration(batchSize: 3) { configuration in
      configuration.observer = Recorder(continuation: continuation)
      configuration.conflictRetries = 2
    }
    let crm = try await SocialCRM(store: store, configuration: configuration)
    _ = try await crm.ingest([done(id: "1"), done(id: "1"), done(id: ""), done(id: "2")])
    let late = try await SocialCRM(store: FaultyStore(store, isAlwaysBehind: true), configuration: configuration)
    await #expect(throws: StorageError.self) { try await late.ingest(one: done(id: "3")) }
    continuation.finish()
    var seen: [LoopEvent] = []
    for await event in events { seen.append(event) }
    #expect(seen.count == 5)
    guard case .refused(let key, let error) = seen[0], case .committed(let first) = seen[1],
      case .committed(let second) = seen[2]
    else {
      Issue.record("\(seen)")
      return
    }
    #expect(key == EventKey("test", "") && error.code == .missing)
    #expect((first.accepted, first.duplicates, first.refused) == (1, 1, 1) && first.head == LogPosition(2))
    #expect(first.rowsRead > 0 && first.rowsWritten >= 4)
    #expect((second.accepted, second.duplicates, second.refused) == (1, 0, 0) && second.head == LogPosition(3))
    #expect(seen[3...] == [.conflict(attempt: 1), .conflict(attempt: 2)])
  }
}
