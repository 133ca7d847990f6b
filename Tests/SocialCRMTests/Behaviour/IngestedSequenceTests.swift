import SocialCRM
import Testing

@Suite struct IngestedSequenceTests {
  private actor Counter {
    var count = 0
    func next() -> Int {
      count += 1
      return count
    }
  }

  private struct Broken: Error {}

  /// Interactions without end, or until it breaks, that count how many were read.
  private struct Stream: AsyncSequence, Sendable {
    let counter = Counter()
    var breaksAfter = Int.max

    struct AsyncIterator: AsyncIteratorProtocol {
      let stream: Stream
      mutating func next() async throws -> Interaction? {
        let number = await stream.counter.next()
        if number > stream.breaksAfter { throw Broken() }
        return done(.like, id: "\(number)", by: "w\(number % 7)", at: number)
      }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }
  }

  @Test func `an endless stream is read one batch at a time`() async throws {
    let (crm, store) = try await openPlain(batchSize: 10)
    let stream = Stream()
    let outcomes = crm.ingest(contentsOf: stream)
    #expect(await stream.counter.count == 0)
    var taken = 0
    for try await outcome in outcomes {
      #expect(outcome.isAccepted && outcome.key.id == "\(taken + 1)")
      #expect(await stream.counter.count == (taken / 10 + 1) * 10)
      taken += 1
      if taken == 25 { break }
    }
    // What was read was taken in.
    #expect(await store.interactionKeys.count == 30)
  }

  @Test func `what was read before a sequence breaks is taken in`() async throws {
    let (crm, store) = try await openPlain(batchSize: 10)
    var iterator = crm.ingest(contentsOf: Stream(breaksAfter: 17)).makeAsyncIterator()
    for _ in 0..<17 { #expect(try await iterator.next()?.isAccepted == true) }
    await #expect(throws: Broken.self) { try await iterator.next() }
    #expect(try await iterator.next() == nil)
    #expect(await store.interactionKeys.count == 17)
  }

  @Test func `a failing store ends the sequence`() async throws {
    let faulty = FaultyStore(InMemoryStore())
    let crm = try await SocialCRM(store: faulty, configuration: plainConfiguration(batchSize: 10))
    await faulty.fail(after: 1, .lost)
    var iterator = crm.ingest(contentsOf: Stream()).makeAsyncIterator()
    for _ in 0..<10 { #expect(try await iterator.next()?.isAccepted == true) }
    await #expect(throws: FaultyStore.Failure.self) { try await iterator.next() }
    #expect(try await iterator.next() == nil)
  }

  @Test func `an import of a sequence proposes nothing and an empty one does nothing`() async throws {
    let (crm, store) = try await openPlain()
    let imported = AsyncStream { continuation in
      for index in 0..<3 { continuation.yield(done(.purchase, id: "\(index)", by: "w\(index)")) }
      continuation.finish()
    }
    for try await outcome in crm.ingest(contentsOf: imported, mode: .backfill) { #expect(outcome.proposed.isEmpty) }
    let before = await store.snapshot()
    for try await _ in crm.ingest(contentsOf: AsyncStream<Interaction> { $0.finish() }) { Issue.record("an outcome") }
    #expect(await store.snapshot() == before)
  }
}
