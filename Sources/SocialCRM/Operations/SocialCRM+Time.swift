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
      isAdvancing = true
      _ = try await committing { loaded throws in
        var loaded = loaded
        var fold = try BatchFold(&loaded, configuration: self.configuration)
        if let clock = fold.loop.clock, clock >= time { return (nil, ()) }
        fold.fold(clock: time)
        return (fold.changeSet(key: "clock-\(loaded.base)-\(time)"), ())
      }
      let outcome = try await finishAdvance()
      isAdvancing = false
      await gate.leave()
      return outcome
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// Finishes an advance that was interrupted before anything else is written to the log, as a replay will.
  func finishInterruptedAdvance() async throws {
    guard isAdvancing else { return }
    try await finishAdvance()
    isAdvancing = false
  }

  /// Evaluates everyone who is due when the last entry of the log advances time: it was just written, or its advance
  /// was interrupted.
  ///
  /// A configuration noted since then does not count.
  ///
  /// Not after other entries, although interactions move the loop's time too: a replay could not know of it.
  @discardableResult
  func finishAdvance() async throws -> AdvanceOutcome {
    var position = try await store.head()
    search: while position > .start {
      position = LogPosition(position.rawValue - 1)
      switch try await store.log(after: position, limit: 1).first?.body {
      case .clock?: return try await evaluateDue()
      case .configuration?: continue
      default: break search
      }
    }
    let record = try await store.states(LoopState.kind, [LoopState.key])[0]
    return AdvanceOutcome(time: try record.map { try LoopState($0) }?.clock ?? .distantPast)
  }

  /// Evaluates everyone who is due by the loop's time, in pages, each a commit of its own without log entries.
  func evaluateDue() async throws -> AdvanceOutcome {
    let loader = BatchLoader(store: store, configuration: configuration)
    var outcome = AdvanceOutcome(time: .distantPast)
    var last: StateDue?
    let pageSize = max(configuration.batchSize, 1)
    while true {
      try Task.checkCancellation()
      let start = last
      let page = try await committing { loaded throws in
        var loaded = loaded
        guard let clock = try loaded.loopRecord.map({ try LoopState($0) })?.clock else {
          return (nil, DuePage(time: .distantPast))
        }
        let due = try await loader.store.dueStates(
          self.configuration.segments.stateKind, through: clock, after: start, limit: pageSize)
        var page = DuePage(time: clock)
        page.last = due.last.flatMap { record in record.due.map { StateDue(due: $0, key: record.key) } }
        page.count = due.count
        let people = due.compactMap { record in if case .person(let id) = record.key { id } else { nil } }
        if people.isEmpty { return (nil, page) }
        let records = try await loader.store.people(people).compactMap { $0 }
        try await loader.loadStates(of: people, into: &loaded)
        let fold = try BatchFold(&loaded, configuration: self.configuration)
        let shard = try ShardFold(
          .init(activity: loaded.activity, rules: loaded.rules, scores: loaded.scores),
          configuration: self.configuration)
        let decided = shard.evaluateDue(records, now: clock, at: fold.base)
        page.changes = decided.changes
        var changes = fold.changeSet(key: Self.commitKey(due, base: loaded.base), [decided.result])
        changes.memberships = decided.memberships
        return (changes, page)
      }
      outcome.time = page.time
      outcome.evaluated += page.count
      outcome.segments += page.changes
      if page.count < pageSize { return outcome }
      last = page.last
    }
  }

  // An advance that goes on after an interruption has the same base and time, but other people are due.
  private static func commitKey(_ due: [StateRecord], base: LogPosition) -> String {
    var hash = StableHash()
    for record in due {
      hash.text(record.key.text)
      hash.word(record.version.rawValue)
    }
    return "due-\(base)-\(String(hash.value, radix: 16))"
  }

  private struct DuePage {
    var time: Instant
    var last: StateDue?
    var count = 0
    var changes: [SegmentChange] = []
  }
}
