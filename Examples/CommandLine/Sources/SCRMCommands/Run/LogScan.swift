import SocialCRM

/// What the log of a store says about a run: read from the store and not from the input, so that it is the same however
/// often and in how many parts the input was given.
struct LogScan: Sendable {
  private(set) var position = LogPosition.start
  private(set) var meter = ConversationMeter()
  private(set) var interactions = 0
  private(set) var firstEvent: Instant?
  private(set) var lastEvent: Instant?
  /// The latest receive time of an interaction.
  private(set) var lastReceived: Instant?
  /// The loop's time.
  private(set) var clock: Instant?
  /// The last published influence.
  private(set) var influence: PublishedSnapshot?

  /// Reads on to the end of the log.
  ///
  /// O(new entries).
  mutating func advance(in store: any SCRMStore) async throws {
    while true {
      let page = try await store.log(after: position, limit: 1_000)
      guard let last = page.last else { return }
      for entry in page { add(entry.body) }
      position = last.position
    }
  }

  private mutating func add(_ body: LogEntry.Body) {
    switch body {
    case .interaction(let interaction, _):
      interactions += 1
      meter.add(interaction)
      let occurred = interaction.occurred.inUTC
      let received = interaction.received.inUTC
      firstEvent = firstEvent.map { min($0, occurred) } ?? occurred
      lastEvent = lastEvent.map { max($0, occurred) } ?? occurred
      lastReceived = lastReceived.map { max($0, received) } ?? received
      clock = clock.map { max($0, received) } ?? received
    case .clock(let time): clock = clock.map { max($0, time) } ?? time
    case .snapshot(let snapshot): if snapshot.name == "influence" { influence = snapshot }
    case .configuration, .tombstone, .erasure, .identity: break
    }
  }
}
