import SocialCRM

/// A scenario as it runs.
struct ScenarioRun {
  let crm: SocialCRM
  let configuration: SocialCRM.Configuration
  private(set) var now: Instant
  private(set) var report = ScenarioReport()
  private(set) var parties: [String: Party] = [:]
  /// The person meant when an expectation names none.
  private(set) var subject: String?
  /// What the last `when` led to, with its interactions.
  private(set) var outcomes: [InteractionOutcome] = []
  private(set) var interactions: [Interaction] = []
  /// What was proposed as time went on, since something last happened.
  private(set) var timed: [ProposedAction] = []
  /// What rules were asked about, in order, for those who measure how much of them is tested.
  private(set) var occurrences: [RuleOccurrence] = []
  /// Everything that was proposed, suppressed proposals included.
  private(set) var proposals: [ProposedAction] = []
  /// The latest change of every person and segment.
  private(set) var lastChange: [PersonID: [String: SegmentChange]] = [:]
  private var number = 0

  init(_ scenario: Scenario) async throws {
    configuration = scenario.configuration
    crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
    now = scenario.start
  }

  mutating func take(_ step: Scenario.Step) async throws {
    switch step {
    case .at(let text):
      let time: Instant
      do throws(InstantError) { time = try Instant(rfc3339: text) } catch {
        fail("the time \(text)", error.reason, "", 0)
        return
      }
      try await move(to: time)
    case .atInstant(let time): try await move(to: time)
    case .after(let duration): try await move(to: now.advanced(by: duration))
    case .given(let person): try await introduce(person)
    case .when(let event): try await happen(event)
    case .publish(let name, let scores): try await publish(name, scores)
    case .expect(let expectation, let fileID, let line):
      report.expectations += 1
      if let reason = try await whyNot(expectation) { fail(expectation.text, reason, fileID, line) }
    }
  }

  private mutating func fail(_ expectation: String, _ reason: String, _ fileID: String, _ line: Int) {
    report.failures.append(
      .init(expectation: expectation, reason: reason, time: now.description, fileID: fileID, line: line))
  }

  private mutating func note(_ text: String) { report.trace.append("\(now) \(text)") }

  // MARK: Steps

  private mutating func move(to time: Instant) async throws {
    guard time >= now else {
      fail("time \(time)", "it is \(now) already, and time does not go back", "", 0)
      return
    }
    now = time
    let outcome = try await crm.advance(to: time)
    note(outcome.segments, "as time came to \(time)")
    timed = outcome.actions
    proposals += timed
    for action in timed { note(action) }
  }

  private mutating func introduce(_ person: ScenarioPerson) async throws {
    let party = Party(person.identifiers)
    parties[person.name] = party
    subject = person.name
    var past = [
      Interaction(
        key: nextKey(), kind: .identify, actor: party, traits: person.traits, consents: person.consents, at: now,
        received: now)
    ]
    for entry in person.past {
      for time in 0..<entry.times {
        past.append(
          Interaction(
            key: nextKey(), kind: entry.kind, actor: party, amount: entry.amount,
            at: now.advanced(by: .zero - entry.ago).advanced(by: .seconds(time)), received: now))
      }
    }
    note("given \(person.name), \(past.count - 1) interactions of before")
    note(try await crm.ingest(past, mode: .backfill))
  }

  private mutating func nextKey(_ id: String? = nil) -> EventKey {
    number += 1
    return EventKey("scenario", id ?? "step-\(number)")
  }

  private mutating func happen(_ event: ScenarioEvent) async throws {
    outcomes = []
    interactions = []
    timed = []
    guard let (interactions, mode) = interactions(of: event) else { return }
    for interaction in interactions { now = max(now, interaction.received) }
    if let name = event.name {
      subject = name
      note("\(name): \(interactions.map(\.kind.rawValue).joined(separator: ", "))")
    } else {
      note("taken in: \(interactions.map(\.redactedDescription).joined(separator: ", "))")
    }
    self.interactions = interactions
    outcomes = try await crm.ingest(interactions, mode: mode)
    note(outcomes)
    for (interaction, outcome) in zip(interactions, outcomes) {
      proposals += outcome.actions
      guard let person = outcome.person, let facts = try await crm.facts(of: person) else { continue }
      occurrences.append(
        RuleOccurrence(RuleInput(interaction: interaction, person: facts, changes: outcome.segments)))
    }
  }

  private mutating func interactions(of event: ScenarioEvent) -> ([Interaction], IngestMode)? {
    if case .interactions(let interactions, let mode) = event.what { return (interactions, mode) }
    guard let actor = party(event.name) else { return nil }
    switch event.what {
    case .does(let kind, let text, let other, let id, let change):
      var target: Party?
      if let other {
        guard let party = party(other) else { return nil }
        target = party
      }
      var interaction = Interaction(
        key: nextKey(id), kind: kind, actor: actor, target: target, text: text.map { LocalizedText($0) }, at: now,
        received: now)
      change(&interaction)
      return ([interaction], .live)
    case .takesBack(let id):
      return (
        [Interaction(key: nextKey(), kind: .retract, actor: actor, revision: .retracts(id), at: now, received: now)],
        .live
      )
    case .isAlso(let other):
      guard let other = party(other) else { return nil }
      let both = Party(actor.identifiers + other.identifiers.filter { !actor.identifiers.contains($0) })
      return ([Interaction(key: nextKey(), kind: .identify, actor: both, at: now, received: now)], .live)
    case .consents(let statement):
      return (
        [Interaction(key: nextKey(), kind: .consent, actor: actor, consents: [statement], at: now, received: now)],
        .live
      )
    case .interactions(let interactions, let mode): return (interactions, mode)
    }
  }

  private mutating func party(_ name: String?) -> Party? {
    guard let name else { return nil }
    if let party = parties[name] { return party }
    fail("a person named \(name)", "nobody of that name was given before", "", 0)
    return nil
  }

  private mutating func publish(_ name: String, _ scores: [(person: String, value: Double)]) async throws {
    var published: [PublishedSnapshot.Score] = []
    for score in scores {
      guard party(score.person) != nil, let record = try await record(of: score.person) else { continue }
      published.append(.init(person: record.id, value: score.value))
    }
    let outcome = try await crm.publish(PublishedSnapshot(name: name, asOf: now, scores: published))
    timed = outcome.actions
    proposals += timed
    for action in timed { note(action) }
    note("published \(name) of \(published.count) people")
  }

  /// The person of a name; `nil` when nobody has it.
  func record(of name: String) async throws -> PersonRecord? {
    guard let identifiers = parties[name]?.identifiers else { return nil }
    for identifier in identifiers { if let record = try await crm.person(with: identifier) { return record } }
    return nil
  }

  // MARK: Trace

  private mutating func note(_ outcomes: [InteractionOutcome]) {
    for outcome in outcomes {
      if let refusal = outcome.refusal { note("refused: \(refusal)") }
      for merge in outcome.merges { note("person \(merge.absorbed) is person \(merge.survivor)") }
      note(outcome.segments, "")
      for action in outcome.actions { note(action) }
      for cancellation in outcome.cancellations { note("cancelled: \(cancellation.reason)") }
    }
  }

  private mutating func note(_ action: ProposedAction) {
    if case .suppressed(let reason) = action.disposition {
      note("suppressed for \(reason.rawValue): \(action.kind) by \(action.rule)")
    } else {
      note("proposed: \(action.kind) by \(action.rule)")
    }
  }

  private mutating func note(_ changes: [SegmentChange], _ occasion: String) {
    for change in changes {
      lastChange[change.person, default: [:]][change.segment] = change
      let verb = change.isEntry ? "enters" : "leaves"
      note("person \(change.person) \(verb) \(change.segment)" + (occasion.isEmpty ? "" : " " + occasion))
    }
  }
}
