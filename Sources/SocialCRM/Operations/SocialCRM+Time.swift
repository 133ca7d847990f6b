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
      var settled: [SegmentChange] = []
      _ = try await committing { loaded throws in
        settled += try await self.settleAdvance(before: loaded)
        var loaded = loaded
        var fold = try BatchFold(&loaded, configuration: self.configuration)
        if let clock = fold.loop.clock, clock >= time { return (nil, ()) }
        fold.fold(clock: time)
        return (fold.changeSet(key: "clock-\(loaded.base)-\(time)"), ())
      }
      var outcome = try await finishAdvance()
      outcome.segments = settled + outcome.segments
      await gate.leave()
      return outcome
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// Finishes an advance of time, begun here or by another host, before anything else is written to the log: a replay
  /// evaluates who is due before it goes on.
  ///
  /// Evaluating moves neither the end of the log nor the state of the loop, so what was loaded of these stays right; and
  /// an advance that another host begins meanwhile makes the commit a conflict.
  /// - Returns: the segments that people entered or left with it.
  @discardableResult
  func settleAdvance(before loaded: LoadedBatch) async throws -> [SegmentChange] {
    guard let clock = try loaded.loopRecord.map({ try LoopState($0) })?.clock,
      try await endsInAdvance(at: loaded.base),
      try await !store.dueStates(configuration.segments.stateKind, through: clock, after: nil, limit: 1).isEmpty
    else { return [] }
    return try await evaluateDue().segments
  }

  /// Evaluates everyone who is due when the last entry of the log advances time: it was just written, or its advance
  /// was interrupted.
  ///
  /// Not after other entries, although interactions move the loop's time too: a replay could not know of it.
  @discardableResult
  func finishAdvance() async throws -> AdvanceOutcome {
    if try await endsInAdvance(at: try await store.head()) { return try await evaluateDue() }
    let record = try await store.states(LoopState.kind, [LoopState.key])[0]
    return AdvanceOutcome(time: try record.map { try LoopState($0) }?.clock ?? .distantPast)
  }

  /// Whether the last entry up to `head` advances time; a configuration noted or an erasure since then does not count.
  private func endsInAdvance(at head: LogPosition) async throws -> Bool {
    var position = head
    while position > .start {
      position = LogPosition(position.rawValue - 1)
      switch try await store.log(after: position, limit: 1).first?.body {
      case .clock?: return true
      case .configuration?, .erasure?: continue
      default: return false
      }
    }
    return false
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
        // Another host finished the advance and went on.
        guard try await self.endsInAdvance(at: loaded.base) else { return (nil, DuePage(time: clock)) }
        let due = try await loader.store.dueStates(
          self.configuration.segments.stateKind, through: clock, after: start, limit: pageSize)
        var page = DuePage(time: clock)
        page.last = due.last.flatMap { record in record.due.map { StateDue(due: $0, key: record.key) } }
        page.count = due.count
        let people = due.compactMap { record in if case .person(let id) = record.key { id } else { nil } }
        if people.isEmpty { return (nil, page) }
        let records = try await loader.store.people(people).compactMap { $0 }
        try await loader.load(statesOf: people, into: &loaded)
        let fold = try BatchFold(&loaded, configuration: self.configuration)
        let shard = try ShardFold(
          .init(
            activity: loaded.activity.compactMap { $0 }, rules: loaded.rules.compactMap { $0 },
            scores: loaded.scoreRecords),
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
