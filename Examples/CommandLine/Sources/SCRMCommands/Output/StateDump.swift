import SocialCRM

/// Writes what a store holds after a run as NDJSON, and counts it on the way: people, memberships, scores, actions.
struct StateDump {
  let crm: SocialCRM
  let log: LogScan
  let includesExplanations: Bool
  private var store: any SCRMStore { crm.store }
  private static let pageSize = 1_000

  init(crm: SocialCRM, log: LogScan, includesExplanations: Bool) {
    self.crm = crm
    self.log = log
    self.includesExplanations = includesExplanations
  }

  /// Writes everything, in an order that depends on the content alone.
  func write(to file: inout OutputFile) async throws -> StateFigures {
    var figures = StateFigures()
    let scores = Dictionary(
      (log.influence?.scores ?? []).map { ($0.person, $0.value) }, uniquingKeysWith: { first, _ in first })
    try await writePeople(scores, to: &file, &figures)
    try await writeMemberships(to: &file, &figures)
    try await writeScores(to: &file, &figures)
    try await writeActions(to: &file, &figures)
    figures.merges = try await countMerges()
    return figures
  }

  private func writePeople(
    _ scores: [PersonID: Double], to file: inout OutputFile, _ figures: inout StateFigures
  ) async throws {
    let top = Set(topScores.map(\.person))
    let segments = crm.configuration.segments
    var last: PersonID?
    while true {
      let page = try await store.people(after: last, limit: Self.pageSize)
      guard let final = page.last else { return }
      last = final.id
      let people = page.filter { $0.mergedInto == nil }
      let states = try await store.states(segments.stateKind, people.map { .person($0.id) }).compactMap { $0 }
      var session = try segments.begin(states)
      for person in people {
        let published = scores[person.id].map { ["influence": $0] } ?? [:]
        let facts = session.evaluate(person, scores: published, now: log.clock ?? .epoch, at: .start).facts
        figures.count(facts)
        if top.contains(person.id) { figures.names[person.id] = person.accounts.map(Self.name) }
        file.line { writer in Self.write(facts, to: &writer) }
      }
      try file.flushIfLarge()
    }
  }

  private static func name(_ link: AccountLink) -> String { "\(link.key.namespace)/\(link.rawValue)" }

  private static func write(_ facts: PersonFacts, to writer: inout JSONWriter) {
    writer.field("type", "person")
    writer.field("id", facts.id)
    writer.key("accounts")
    writer.beginArray()
    for link in facts.record.accounts {
      writer.beginObject()
      writer.field("ns", link.key.namespace)
      writer.field("value", link.rawValue)
      writer.field("assertion", link.assertion.rawValue)
      writer.field("firstSeen", link.firstSeen)
      writer.endObject()
    }
    writer.endArray()
    writer.field("tier", facts.tier.rawValue)
    writer.field("heat", facts.heat)
    writer.field("interactions", facts.activity.total)
    writer.field("firstSeen", facts.activity.firstSeen)
    writer.field("lastSeen", facts.activity.lastSeen)
    let names = facts.record.traits.names
    if names.isEmpty { return }
    writer.key("traits")
    writer.beginObject()
    for name in names { writer.field(name, facts.record.traits[name]) }
    writer.endObject()
  }

  private func writeMemberships(to file: inout OutputFile, _ figures: inout StateFigures) async throws {
    for definition in crm.configuration.segments.segments {
      var count = 0
      var last: PersonID?
      while true {
        let page = try await store.members(of: definition.name, after: last, limit: Self.pageSize)
        guard let final = page.last else { break }
        last = final.person
        count += page.count
        for membership in page {
          file.line { writer in
            writer.field("type", "membership")
            writer.field("segment", membership.segment)
            writer.field("person", membership.person)
            writer.field("since", membership.since)
          }
        }
        try file.flushIfLarge()
      }
      figures.segments.append((definition.name, definition.version, count))
    }
  }

  /// The people with the highest published influence, at most ten.
  private var topScores: [PublishedSnapshot.Score] {
    Array((log.influence?.scores ?? []).sorted { ($1.value, $0.person) < ($0.value, $1.person) }.prefix(10))
  }

  private func writeScores(to file: inout OutputFile, _ figures: inout StateFigures) async throws {
    guard let snapshot = log.influence else { return }
    figures.topInfluence = topScores
    var reasons: [PersonID: InfluenceScore] = [:]
    if includesExplanations {
      let graph = try await crm.interactionGraph(at: snapshot.asOf)
      for score in InfluenceScorer().scores(of: graph) { reasons[score.person] = score }
    }
    for score in snapshot.scores {
      file.line { writer in
        writer.field("type", "score")
        writer.field("name", snapshot.name)
        writer.field("person", score.person)
        writer.field("value", score.value)
        writer.field("asOf", snapshot.asOf)
        if let reason = reasons[score.person] { writer.field("explanation", JSON(reason.explanation)) }
      }
      try file.flushIfLarge()
    }
  }

  private func writeActions(to file: inout OutputFile, _ figures: inout StateFigures) async throws {
    var last: ActionID?
    while true {
      let page = try await store.actions(after: last, limit: Self.pageSize)
      guard let final = page.last else { return }
      last = final.action.id
      for item in page {
        figures.count(item)
        var members = JSONObject([("type", .string("action")), ("status", .string(item.status.name))])
        for member in try JSON(bytes: item.action.jsonBytes).objectValue()
        where includesExplanations || member.key != "explanation" {
          members[member.key] = member.value
        }
        file.line { writer in for member in members { writer.field(member.key, member.value) } }
      }
      try file.flushIfLarge()
    }
  }

  private func countMerges() async throws -> Int {
    var count = 0
    var last = LogPosition.start
    while true {
      let page = try await store.merges(after: last, limit: Self.pageSize)
      guard let final = page.last else { return count }
      count += page.count
      last = final.position
    }
  }
}

extension OutboxItem.Status {
  /// `proposed`, `suppressed`, `cancelled`, and `claimed`, `done` or `dead` once a host works on the outbox.
  var name: String {
    switch self {
    case .suppressed: "suppressed"
    case .pending: "proposed"
    case .claimed: "claimed"
    case .done: "done"
    case .cancelled: "cancelled"
    case .dead: "dead"
    }
  }
}

extension JSON {
  /// An explanation as it is written beside a decision.
  init(_ explanation: Explanation) { self = (try? StrictJSONEncoder().tree(of: explanation)) ?? .null }
}
