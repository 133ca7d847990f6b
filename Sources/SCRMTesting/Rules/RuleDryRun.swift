public import SocialCRM

/// What rules would have done with interactions that happened: a run over a store in memory, from which nothing is sent.
public struct RuleDryRun: Sendable {
  /// A rule that matched.
  public struct Match: Sendable, Hashable {
    /// When, in the loop's time.
    public var time: Instant
    /// The rule.
    public var rule: String
    /// For whom.
    public var person: PersonID
    /// What triggered it.
    public var trigger: EventKey
    /// What it would have done.
    public var kind: String
    /// `proposed`, or `suppressed: REASON`.
    public var outcome: String
    /// The proposal.
    public var action: ProposedAction

    init(_ action: ProposedAction) {
      time = action.decided
      rule = action.rule
      person = action.person
      trigger = action.trigger
      kind = action.kind
      outcome =
        if case .suppressed(let reason) = action.disposition { "suppressed: " + reason.rawValue } else { "proposed" }
      self.action = action
    }
  }

  /// The matches in the order of decision.
  public private(set) var matches: [Match] = []
  /// The interactions that were refused, with the reasons.
  public private(set) var refused: [(key: EventKey, error: SCRMError)] = []

  /// Runs interactions through a configuration, then lets time come to `end`.
  ///
  /// - Parameters:
  ///   - interactions: in the order of receipt.
  ///   - known: interactions of before, taken in without setting off rules, such as those that state traits.
  ///   - configuration: the rules under test with all that feeds them.
  ///   - end: the time at which waits and schedules are looked at last; the latest receipt when it is left out.
  /// - Throws: `SCRMError` when the loop cannot run at all.
  public init(
    of interactions: [Interaction], known: [Interaction] = [], with configuration: SocialCRM.Configuration,
    until end: Instant? = nil
  ) async throws {
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
    _ = try await crm.ingest(known, mode: .backfill)
    var day: Int32?
    var start = interactions.startIndex
    // Time is brought on at every day of the log, so that what waits is looked at about when it would have been.
    while start < interactions.endIndex {
      let today = interactions[start].received.utcDay
      if let day, today > day, let midnight = Instant(secondsSinceEpoch: Int64(today) * 86_400) {
        take(try await crm.advance(to: midnight).actions)
      }
      day = max(day ?? today, today)
      let end = interactions[start...].firstIndex { $0.received.utcDay > today } ?? interactions.endIndex
      try await take(Array(interactions[start..<end]), crm)
      start = end
    }
    if let end = end ?? interactions.map(\.received).max() { take(try await crm.advance(to: end).actions) }
  }

  /// Runs the interactions of a store's log through another configuration: what would have changed.
  ///
  /// - Throws: what reading the log throws.
  public init(of store: any SCRMStore, with configuration: SocialCRM.Configuration, until end: Instant? = nil)
    async throws
  {
    var interactions: [Interaction] = []
    var position = LogPosition.start
    while true {
      let page = try await store.log(after: position, limit: 10_000)
      guard let last = page.last else { break }
      for entry in page { if case .interaction(let interaction, _) = entry.body { interactions.append(interaction) } }
      position = last.position
    }
    try await self.init(of: interactions, with: configuration, until: end)
  }

  private mutating func take(_ interactions: [Interaction], _ crm: SocialCRM) async throws {
    for outcome in try await crm.ingest(interactions) {
      if let error = outcome.refusal { refused.append((outcome.key, error)) }
      take(outcome.actions)
    }
  }

  private mutating func take(_ actions: [ProposedAction]) { matches += actions.map { Match($0) } }

  /// What differs from another run over the same interactions.
  public func difference(from earlier: RuleDryRun) -> RuleDifference {
    func index(_ matches: [Match]) -> [RuleDifference.Key: Match] {
      Dictionary(matches.map { (RuleDifference.Key($0), $0) }, uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (index(earlier.matches), index(matches))
    return RuleDifference(
      added: matches.filter { old[.init($0)] == nil }, removed: earlier.matches.filter { new[.init($0)] == nil },
      changed: earlier.matches.compactMap { before in
        guard let after = new[.init(before)], after.outcome != before.outcome else { return nil }
        return (before, after)
      })
  }
}

/// What would have changed between two sets of rules.
public struct RuleDifference: Sendable {
  /// What makes two matches the same.
  struct Key: Hashable {
    var rule: String
    var kind: String
    var person: PersonID
    var trigger: EventKey

    init(_ match: RuleDryRun.Match) {
      rule = match.rule
      kind = match.kind
      person = match.person
      trigger = match.trigger
    }
  }

  /// Matches of the later rules alone.
  public let added: [RuleDryRun.Match]
  /// Matches of the earlier rules alone.
  public let removed: [RuleDryRun.Match]
  /// Matches of both with different outcomes.
  public let changed: [(before: RuleDryRun.Match, after: RuleDryRun.Match)]

  /// Whether nothing would have changed.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}
