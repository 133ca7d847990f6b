public import SocialCRM

extension RunRecorder {
  /// The report: what was recorded of the run, and the state of the store.
  ///
  /// O(log + people + ties × iterations) in time. Apart from the ties, which the graph of connections needs, and a few
  /// bytes for each account, memory does not grow with the store.
  /// - Parameters:
  ///   - crm: the loop whose store is described; nothing is written to it.
  ///   - title: what was read.
  ///   - channels: the names and platform classes of channels.
  ///   - conversations: what was measured of conversations; `nil` to measure them here, which takes about 100 bytes for
  ///     each interaction.
  ///   - displayName: the name to show for a person; people without one are shown by the beginning of their ids.
  /// - Throws: what the store throws; `SCRMError` when stored state cannot be decoded.
  public func report(
    on crm: SocialCRM, title: String, channels: ChannelRegistry = .standard, conversations: ConversationReport? = nil,
    displayName: (PersonRecord) -> String? = { _ in nil }
  ) async throws -> RunReport {
    let rules = ReportedRule.all(of: crm.configuration.rules)
    var log = try LogSurvey(rules: rules, channels: channels, measuresConversations: conversations == nil)
    try await log.read(crm.store)
    let now = log.clock ?? .epoch
    let graph = try await crm.interactionGraph(at: log.influence?.asOf ?? now)
    var people = PeopleSurvey(scores: InfluenceScorer().scores(of: graph), published: log.influence)
    try await people.read(crm, now: now, influence: log.influence, displayName: displayName) { log.add($0) }
    var outbox = OutboxSurvey(rules: rules)
    try await outbox.read(crm.store)
    var merges = MergeSurvey()
    try await merges.read(crm.store)

    var report = RunReport(title: title)
    report.intake = intakeFigures
    report.store.interactions = log.interactions
    report.store.people = people.people
    report.store.accounts = people.accounts
    report.store.firstEvent = log.firstEvent
    report.store.lastEvent = log.lastEvent
    report.store.time = log.clock
    let window = log.window
    report.timeLine = window.timeLine
    report.volume = log.volume(in: window)
    report.keywords = log.keywords.figures(in: window)
    report.participation = people.tierFigures
    report.connected = people.connectedPeople
    report.channels = log.reach.channelFigures
    report.classes = log.reach.classFigures
    if let measured = conversations ?? log.meter?.report() { report.take(measured) }
    report.segments = try await segmentFigures(of: crm)
    report.actions = outbox.figures
    report.merges = try await merges.figures(of: crm)
    if people.people > 0 { report.merges.peopleByAccounts = people.byAccounts }
    return report
  }

  private func segmentFigures(of crm: SocialCRM) async throws -> [SegmentFigures] {
    var all: [SegmentFigures] = []
    for definition in crm.configuration.segments.segments {
      var figures = SegmentFigures(name: definition.name, version: definition.version)
      var last: PersonID?
      while true {
        let page = try await crm.store.members(of: definition.name, after: last, limit: 1_000)
        guard let final = page.last else { break }
        last = final.person
        figures.members += page.count
      }
      addChanges(to: &figures)
      all.append(figures)
    }
    return all
  }
}

extension RunReport {
  /// The most brands that are shown.
  private static let mostBrands = 12

  mutating func take(_ conversations: ConversationReport) {
    replies = ReplyFigures(conversations.replies)
    brands = conversations.brands.prefix(Self.mostBrands).map {
      BrandFigures(brand: $0.brand, replies: ReplyFigures($0.replies))
    }
    furtherBrands = conversations.brands.count - brands.count
  }
}
