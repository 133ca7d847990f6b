import SocialCRM

/// What the log of a store says about a run.
struct LogSurvey: Sendable {
  private(set) var interactions = 0
  private(set) var firstEvent: Instant?
  private(set) var lastEvent: Instant?
  /// The loop's time.
  private(set) var clock: Instant?
  /// The last published influence.
  private(set) var influence: PublishedSnapshot?
  private(set) var keywords: KeywordCounter
  private(set) var reach: ReachCounter
  /// `nil` when somebody else measures conversations.
  private(set) var meter: ConversationMeter?
  private var all = TimeBins()
  private var sides: [VolumeSeries.Side: TimeBins] = [:]

  init(rules: [ReportedRule], channels: ChannelRegistry, measuresConversations: Bool) throws(SCRMError) {
    keywords = try KeywordCounter(rules)
    reach = ReachCounter(channels)
    meter = measuresConversations ? ConversationMeter() : nil
  }

  /// Reads the log to its end.
  mutating func read(_ store: any SCRMStore) async throws {
    var position = LogPosition.start
    while true {
      let page = try await store.log(after: position, limit: 1_000)
      guard let last = page.last else { return }
      for entry in page { try add(entry) }
      position = last.position
    }
  }

  private mutating func add(_ entry: LogEntry) throws {
    switch entry.body {
    case .interaction(let interaction, _):
      interactions += 1
      let occurred = interaction.occurred.inUTC
      firstEvent = firstEvent.map { min($0, occurred) } ?? occurred
      lastEvent = lastEvent.map { max($0, occurred) } ?? occurred
      clock = clock.map { max($0, interaction.received.inUTC) } ?? interaction.received.inUTC
      meter?.add(interaction)
      reach.add(interaction, by: entry.actor)
      try keywords.add(interaction)
      all.add(occurred)
      sides[VolumeSeries.Side(interaction.actor.role), default: TimeBins()].add(occurred)
    case .clock(let time): clock = clock.map { max($0, time) } ?? time
    case .snapshot(let snapshot): if snapshot.name == "influence" { influence = snapshot }
    case .configuration, .tombstone, .erasure, .identity: break
    }
  }

  /// Counts a person where they were active.
  mutating func add(_ person: PersonRecord) { reach.add(person) }

  /// The part of the time that is drawn.
  var window: TimeWindow { TimeWindow(all) }

  /// Volume in a window; sides that did nothing are left out.
  func volume(in window: TimeWindow) -> [VolumeSeries] {
    VolumeSeries.Side.allCases.compactMap { side in
      sides[side].map { VolumeSeries(side: side, counts: window.counts(of: $0)) }
    }
  }
}

extension VolumeSeries.Side {
  init(_ role: ActorRole) {
    switch role {
    case .customer: self = .customers
    case .brand, .staff: self = .brands
    case .automation: self = .automation
    }
  }
}
