public import SCRMModel
import StateCoding

extension SocialCRM {
  /// Advances time: people leave segments, lower their tier and cool down without doing anything.
  ///
  /// Everyone whose state is due by `time` is evaluated. The loop's time never goes back; an earlier time changes nothing.
  /// - Returns: what changed.
  /// - Throws: what the store throws. An advance that was interrupted is finished by the next call or the next opening.
  public func advance(to time: Instant) async throws -> AdvanceOutcome {
    try await gate.enter()
    do {
      var settled = AdvanceOutcome(time: .distantPast)
      _ = try await committing { loaded throws in
        settled.add(try await self.settleAdvance(before: loaded))
        var loaded = loaded
        var fold = try BatchFold(&loaded, configuration: self.configuration)
        if let clock = fold.loop.clock, clock >= time { return (nil, ()) }
        fold.fold(clock: time)
        return (fold.changeSet(key: "clock-\(loaded.base)-\(time)"), ())
      }
      settled.add(try await finishAdvance())
      await gate.leave()
      return settled
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// Finishes an advance of time, or a publication of scores, begun here or by another host, before anything else is
  /// written to the log: a replay evaluates who is due before it goes on.
  ///
  /// Evaluating moves neither the end of the log nor the state of the loop, so what was loaded of these stays right; and
  /// an advance that another host begins meanwhile makes the commit a conflict.
  /// - Returns: what followed from it.
  @discardableResult
  func settleAdvance(before loaded: LoadedBatch) async throws -> AdvanceOutcome {
    let nothing = AdvanceOutcome(time: .distantPast)
    guard let clock = try loaded.loopRecord.map({ try LoopState($0) })?.clock else { return nothing }
    for kind in try await dueKinds(at: loaded.base) {
      if try await !store.dueStates(kind, through: clock, after: nil, limit: 1).isEmpty {
        return try await evaluateDue()
      }
    }
    return nothing
  }

  /// Evaluates everyone who is due when the last entry of the log advances time or publishes scores: it was just written,
  /// or what follows from it was interrupted.
  ///
  /// Not after other entries, although interactions move the loop's time too: a replay could not know of it.
  @discardableResult
  func finishAdvance() async throws -> AdvanceOutcome {
    if try await !dueKinds(at: try await store.head()).isEmpty { return try await evaluateDue() }
    let record = try await store.states(LoopState.kind, [LoopState.key])[0]
    return AdvanceOutcome(time: try record.map { try LoopState($0) }?.clock ?? .distantPast)
  }

  /// The kinds of states that fall due with the last entry up to `head`: all that wait when it advances time, what rules
  /// noted when it publishes scores; a configuration noted or an erasure since then does not count.
  private func dueKinds(at head: LogPosition) async throws -> [StateKind] {
    var position = head
    while position > .start {
      position = LogPosition(position.rawValue - 1)
      switch try await store.log(after: position, limit: 1).first?.body {
      case .clock?:
        let rules = configuration.rules
        return [configuration.segments.stateKind] + (rules.reactsToTime ? [rules.stateKind] : [])
      case .snapshot(let snapshot)?:
        return configuration.rules.watchedScores.contains(snapshot.name) ? [configuration.rules.stateKind] : []
      case .configuration?, .erasure?: continue
      default: return []
      }
    }
    return []
  }

  /// Evaluates everyone who is due by the loop's time, in pages, each a commit of its own without log entries.
  func evaluateDue() async throws -> AdvanceOutcome {
    var outcome = AdvanceOutcome(time: .distantPast)
    for kind in try await dueKinds(at: try await store.head()) { outcome.add(try await evaluateDue(kind)) }
    return outcome
  }

  private func evaluateDue(_ kind: StateKind) async throws -> AdvanceOutcome {
    var outcome = AdvanceOutcome(time: .distantPast)
    var last: StateDue?
    let pageSize = max(configuration.batchSize, 1)
    while true {
      try Task.checkCancellation()
      let start = last
      let page = try await committing { loaded throws in try await self.duePage(kind, after: start, loaded, pageSize) }
      outcome.add(page.outcome)
      if page.outcome.evaluated < pageSize { return outcome }
      last = page.last
    }
  }

  private func duePage(
    _ kind: StateKind, after last: StateDue?, _ start: LoadedBatch, _ limit: Int
  ) async throws -> (changes: ChangeSet?, result: DuePage) {
    var loaded = start
    guard let clock = try loaded.loopRecord.map({ try LoopState($0) })?.clock else {
      return (nil, DuePage(outcome: AdvanceOutcome(time: .distantPast)))
    }
    var page = DuePage(outcome: AdvanceOutcome(time: clock))
    // Another host finished the advance and went on.
    guard try await dueKinds(at: loaded.base).contains(kind) else { return (nil, page) }
    let loader = BatchLoader(store: store, configuration: configuration)
    let due = try await store.dueStates(kind, through: clock, after: last, limit: limit)
    page.last = due.last.flatMap { record in record.due.map { StateDue(due: $0, key: record.key) } }
    page.outcome.evaluated = due.count
    let people = due.compactMap { record in if case .person(let id) = record.key { id } else { nil } }
    if people.isEmpty { return (nil, page) }
    let records = try await store.people(people).compactMap { $0 }
    try await loader.load(statesOf: people, into: &loaded)
    let awaited = try loaded.rules.compactMap { $0 }.flatMap { try configuration.rules.sharedKeys(awaitedIn: $0) }
    try await loader.load(shared: awaited, into: &loaded)
    var fold = try BatchFold(&loaded, configuration: configuration)
    let shard = try ShardFold(
      .init(
        activity: loaded.activity.compactMap { $0 }, rules: loaded.ruleRecords, scores: loaded.scoreRecords),
      configuration: configuration)
    let decided = shard.evaluateDue(
      records, now: clock, at: fold.base, setsOffRules: configuration.rules.reactsToTime)
    page.outcome.segments = decided.changes
    page.outcome.actions = decided.actions
    var changes = fold.changeSet(key: Self.commitKey(due, base: loaded.base), [decided.result])
    changes.memberships = decided.memberships
    changes.actions = decided.actions
    return (changes, page)
  }

  // An advance that goes on after an interruption has the same base and time, but other people are due.
  private static func commitKey(_ due: [StateRecord], base: LogPosition) -> String {
    var hash = StableHash()
    for record in due {
      hash.text(record.kind.rawValue)
      hash.text(record.key.text)
      hash.word(record.version.rawValue)
    }
    return "due-\(base)-\(String(hash.value, radix: 16))"
  }

  private struct DuePage {
    var outcome: AdvanceOutcome
    var last: StateDue?
  }
}
