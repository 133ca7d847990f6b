import SCRMModel
import StateCoding

/// One person in a batch: the counted activity of the closures, and an engine that holds this person alone.
struct LiveSlot: Sendable {
  static let schema = 2

  var activity: ActivitySlot
  var live: LiveSegments?
  /// What was counted or joined and not decided yet.
  private var held: [(event: SegmentEvent, isTakenBack: Bool, key: EventKey)] = []
  private var joined: [LiveSegments] = []
  /// The first moment from which something has to be decided again.
  private var changedFrom: Int64?
  /// Whether everything is decided from the first interaction on, however long ago it was.
  private var isRestarted = false
  /// What other definitions changed about the stored state.
  private var pending: [LiveMembershipChange] = []
  /// When the engine wants to look at the person again.
  private var due: Instant?

  init(_ person: PersonID) {
    activity = ActivitySlot(person: person, state: ActivityState(), loaded: nil, version: .start, due: nil)
  }

  init(_ person: PersonID, _ record: StateRecord, _ stage: LiveSegmentStage) throws(SCRMError) {
    let (counted, state, undecided) = try Self.parts(record)
    activity = ActivitySlot(
      person: person, state: try ActivityState(counted), loaded: record.version, version: record.version,
      due: counted.due)
    guard let state else { return }
    var engine = Self.engine(stage, clock: Instant.distantPast.millisecondsSinceEpoch)
    try engine.restore(state, as: person)
    // Where definitions changed since the state was stored: told with the next decision.
    pending = engine.takeChanges()
    changedFrom = undecided
    engine.expectHappenings(0)
    due = engine.due(of: 0).flatMap { Instant(millisecondsSinceEpoch: $0) }
    live = engine
  }

  /// The two parts of a stored state; a state of closures alone has no second one.
  static func parts(
    _ record: StateRecord
  ) throws(SCRMError) -> (counted: StateRecord, live: [UInt8]?, undecided: Int64?) {
    guard record.schema == schema else { return (record, nil, nil) }
    let (due, counted, live, undecided) = try record.decoded(schema: schema) { reader throws(StateDecodingError) in
      (try reader.instant(), try reader.blob(), try reader.blob(), try reader.bool() ? try reader.signed() : nil)
    }
    return (
      StateRecord(
        kind: record.kind, key: record.key, version: record.version, schema: ActivityState.schema, due: due,
        bytes: counted), live.isEmpty ? nil : live, undecided
    )
  }

  private static func engine(_ stage: LiveSegmentStage, clock: Int64) -> LiveSegments {
    var engine = LiveSegments(plan: stage.plan, clock: clock, lateness: stage.lateness.wholeMilliseconds)
    for snapshot in stage.snapshots { engine.snapshots[snapshot.name] = snapshot }
    return engine
  }

  // MARK: What happens

  /// Counts an interaction, takes it back, or only notes it.
  mutating func count(_ interaction: Interaction, sign: Int32, _ stage: LiveSegmentStage) {
    activity.state.activity.record(interaction, sign: sign, in: stage.set.timeZone)
    activity.state.prune(stage.set)
    if sign != 0 { held.append((SegmentEvent(interaction), sign < 0, interaction.key)) }
  }

  /// Joins what another person did who turned out to be this one.
  mutating func merge(_ other: LiveSlot, _ stage: LiveSegmentStage) {
    activity.state.merge(other.activity.state)
    activity.state.prune(stage.set)
    if let live = other.live { joined.append(live) }
    joined += other.joined
    held += other.held
  }

  /// Forgets what the person did, but not the segments they are in: it is counted again.
  mutating func forgetActivity() {
    activity.state.forgetActivity()
    activity.isRestarted = true
    (held, joined) = ([], [])
    if let first = live?.forgetEvents(of: 0) { changedFrom = min(changedFrom ?? first, first) }
  }

  /// Forgets what was decided too, after ``forgetActivity()``.
  mutating func forgetDecisions() {
    (live, due, changedFrom, pending) = (nil, nil, nil, [])
    isRestarted = true
  }

  /// When the first of what is not decided yet was.
  private var firstHeld: Int64? {
    (held.map(\.event.time) + joined.flatMap { $0.logs.compactMap(\.times.first) }).min()
  }

  /// Takes what was counted and joined into the engine's streams.
  private mutating func hold(in engine: inout LiveSegments) {
    // What is taken back may be among what another person did.
    for other in joined {
      if let first = engine.join(other, person: 0) { changedFrom = min(changedFrom ?? first, first) }
    }
    for (event, isTakenBack, _) in held where engine.hold(event, isTakenBack: isTakenBack, for: 0) {
      changedFrom = min(changedFrom ?? event.time, event.time)
    }
    (held, joined) = ([], [])
  }

  /// The names of the segments the person is in.
  func members(_ stage: LiveSegmentStage) -> SegmentMembership {
    SegmentMembership(activity.state.members + liveMembers(stage), of: stage.names)
  }

  private func liveMembers(_ stage: LiveSegmentStage) -> [UInt64] {
    live?.segments(of: 0).map { stage.plan.segmentHashes[$0] } ?? []
  }

  // MARK: Deciding

  /// The facts about the person and the segments they enter and leave by `now`.
  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition, _ stage: LiveSegmentStage
  ) -> SegmentOutcome {
    var outcome = activity.evaluate(record, scores: scores, now: now, at: position, set: stage.set)
    // Whoever did nothing yet is in no segment, as with closures.
    if !activity.state.isEmpty {
      decide(&outcome, now.millisecondsSinceEpoch, at: position, stage)
    } else if activity.isRestarted {
      leaveAll(&outcome, now.millisecondsSinceEpoch, stage)
    }
    outcome.facts.membership = members(stage)
    return outcome
  }

  /// Nothing that was done is left to the person.
  private mutating func leaveAll(_ outcome: inout SegmentOutcome, _ moment: Int64, _ stage: LiveSegmentStage) {
    for segment in live?.segments(of: 0) ?? [] {
      let change = LiveMembershipChange(
        person: 0, segment: segment, isEntry: false, time: moment, cause: .event, condition: nil, report: .present)
      outcome.changes.append(
        stage.change(
          change, activity.person, facts: outcome.facts, cause: "accounts went to another person", event: nil))
    }
    (live, due, changedFrom, pending) = (nil, nil, nil, [])
  }

  private mutating func decide(
    _ outcome: inout SegmentOutcome, _ moment: Int64, at position: LogPosition, _ stage: LiveSegmentStage
  ) {
    let horizon = moment &- stage.lateness.wholeMilliseconds
    let isFresh = live == nil
    var engine: LiveSegments
    if let live {
      engine = live
    } else {
      let first = min(firstHeld ?? moment, moment)
      engine = Self.engine(stage, clock: (isRestarted ? first : max(first, horizon)) &- 1)
      isRestarted = false
      _ = engine.add(activity.person)
    }
    live = nil
    var changes = pending
    let hasNews = !held.isEmpty || !joined.isEmpty || changedFrom != nil
    if !isFresh, let first = firstHeld, first < horizon, engine.clock < horizon {
      // What comes later than the lateness leaves the past as it was: that is decided first.
      changes += engine.settle(0, from: engine.clock, through: horizon)
    }
    let happened = Dictionary(held.map { ($0.event.time, $0.key) }, uniquingKeysWith: { first, _ in first })
    let latest = held.last?.key
    let first = isFresh ? firstHeld.map { min($0, moment) } : nil
    hold(in: &engine)
    let row = stage.row(of: outcome.facts)
    var cause = hasNews ? "an interaction" : "time passed"
    if isFresh {
      engine.facts[0] = FactState(base: row)
    } else if engine.hold(facts: row, at: moment, for: 0) {
      if !hasNews { cause = "a fact changed" }
      changedFrom = min(changedFrom ?? moment, moment)
    }
    let isDue = engine.due(of: 0).map { $0 <= moment } ?? false
    if isFresh || isDue || changedFrom != nil || !changes.isEmpty {
      let start = changedFrom.map { $0 < horizon ? horizon : min($0, engine.clock) } ?? engine.clock
      changes += engine.settle(0, from: isFresh ? engine.clock : start, through: moment)
      for change in changes {
        // Nobody is in a segment before they did something.
        let change = first.map { change.notBefore($0) } ?? change
        let isByTime = change.report == .present && change.time != moment && happened[change.time] == nil
        outcome.changes.append(
          stage.change(
            change, activity.person, facts: outcome.facts, cause: isByTime ? "time passed" : cause,
            event: isByTime ? nil : happened[change.time] ?? latest))
      }
      due = engine.due(of: 0).flatMap { Instant(millisecondsSinceEpoch: $0) }
      (changedFrom, pending) = (nil, [])
      activity.isChanged = true
      activity.version = position
    }
    live = engine
  }

  /// The state as it is to be stored; `nil` when there is nothing to store or to remove.
  func change(_ stage: LiveSegmentStage) -> Change<StateRecord>? {
    let isRemoved = activity.isRemoved || activity.isRestarted && activity.state.isEmpty
    if isRemoved, activity.loaded == nil { return nil }
    var writer = ByteWriter()
    writer.instant(activity.due)
    writer.blob(activity.state.bytes)
    // Whoever was counted and not looked at is decided by the next step that does.
    var slot = self
    var engine = live
    if engine == nil, let first = firstHeld {
      engine = Self.engine(stage, clock: first &- 1)
      _ = engine?.add(activity.person)
    }
    if var engine {
      slot.hold(in: &engine)
      writer.blob(engine.state(of: 0))
    } else {
      writer.blob([])
    }
    writer.bool(slot.changedFrom != nil)
    if let changedFrom = slot.changedFrom { writer.signed(changedFrom) }
    let record = StateRecord(
      kind: stage.stateKind, key: .person(activity.person), version: activity.version, schema: Self.schema,
      due: [activity.due, due].compactMap { $0 }.min(), bytes: isRemoved ? [] : writer.bytes)
    return Change(record, replaces: activity.loaded, isRemoval: isRemoved)
  }
}

extension LiveMembershipChange {
  /// The same change as of a later moment, unless it is later already.
  fileprivate func notBefore(_ moment: Int64) -> LiveMembershipChange {
    guard time < moment else { return self }
    return LiveMembershipChange(
      person: person, segment: segment, isEntry: isEntry, time: moment, cause: cause, condition: condition,
      report: .present)
  }
}

extension LiveSegmentStage {
  /// The facts that conditions name.
  func row(of person: PersonFacts) -> [Value?] {
    catalogue.facts.facts.enumerated().map { number, fact in
      plan.factLeaves.list(of: number).isEmpty ? nil : reader.value(fact, of: person)
    }
  }

  /// A change as the loop reports it.
  func change(
    _ change: LiveMembershipChange, _ person: PersonID, facts: PersonFacts, cause: String, event: EventKey?
  ) -> SegmentChange {
    let segment = catalogue.segments[change.segment]
    let reason =
      switch change.report {
      case .present: cause
      case .added, .withdrawn:
        change.cause == .definition ? "the definition changed" : "what came late: \(cause)"
      }
    return SegmentChange(
      segment: segment.name.rawValue, version: segment.version, person: person, isEntry: change.isEntry,
      time: Instant(millisecondsSinceEpoch: change.time) ?? facts.now,
      judgement: Judgement(change.isEntry, evidence: [.init(texts[change.segment]), .init(reason, event: event)]),
      counts: CountedFacts(facts))
  }
}
