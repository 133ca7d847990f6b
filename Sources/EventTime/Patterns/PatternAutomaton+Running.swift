extension PatternAutomaton {
  /// Begins a pattern whose first step waits: from the time on, for the events that come after the call.
  ///
  /// A pattern that events begin is not changed. A time that has passed counts as the time already advanced to.
  package func begin(_ state: inout PatternState, at time: Int64, _ report: (PatternOutcome) -> Void) {
    guard beginsWithWait else { return }
    let time = max(time, state.now)
    state.runs.append(
      PatternState.Run(
        node: 0, count: 0, pending: 0, awaitsAbsence: false, taken: [], first: state.sequence, began: time,
        last: state.sequence &- 1, gate: .init(entered: time)))
    bound(&state, report)
  }

  /// Takes in an event that may be followed by earlier ones; it waits until ``advance(_:to:_:)`` passes its time.
  ///
  /// What can change nothing does not wait. When as many wait as may, the earliest is run early and reported as hurried.
  ///
  /// - Returns: whether it was taken; an event at or before the time already advanced to is late and changes nothing.
  /// - Complexity: O(*w*) for *w* waiting events of the key, O(1) when events come in order.
  package func add(_ event: PatternEvent, to state: inout PatternState, _ report: (PatternOutcome) -> Void) -> Bool {
    guard event.time > state.now else { return false }
    guard heeds(event) else { return true }
    var place = state.waiting.count
    while place > 0, PatternEvent.precedes(event, state.waiting[place - 1]) { place -= 1 }
    state.waiting.insert(event, at: place)
    if state.waiting.count > limits.waiting {
      let time = state.waiting[0].time
      report(.hurried(time: time))
      advance(&state, to: time, report)
    }
    return true
  }

  /// Event time has passed `time`: no further event at or before it will come.
  ///
  /// Runs the waiting events up to it in the order of time and number, then what falls due before it: absences that have
  /// lasted, windows that have ended.
  package func advance(_ state: inout PatternState, to time: Int64, _ report: (PatternOutcome) -> Void) {
    guard time > state.now else { return }
    var ready = 0
    while ready < state.waiting.count, state.waiting[ready].time <= time {
      run(state.waiting[ready], &state, report)
      ready += 1
    }
    if ready == state.waiting.count {
      state.waiting.removeAll(keepingCapacity: true)
    } else {
      state.waiting.removeFirst(ready)
    }
    settle(&state, before: time, report)
    state.now = time
  }

  /// The earliest time to advance to that changes something; `nil` when nothing is under way.
  ///
  /// - Complexity: O(*r*) for *r* partial matches.
  package func deadline(_ state: PatternState) -> Int64? {
    let due = state.runs.lazy.compactMap { self.due($0) }.min().map { $0 == .max ? $0 : $0 + 1 }
    guard let first = state.waiting.first?.time else { return due }
    return due.map { min($0, first) } ?? first
  }

  /// The partial matches in the order in which they arose: their events, when they began, and the steps that may come next.
  package func progress(_ state: PatternState) -> [(taken: [TakenEvent], began: Int64, next: [Int])] {
    state.runs.map { run in
      var next: [Int] = []
      for (number, edge) in nodes[run.node].edges.enumerated() where run.pending >> UInt64(number) & 1 == 1 {
        next.append(nodes[edge.target].step)
      }
      return (run.taken, run.began, isAtGate(run) ? [nodes[run.node].step] : next)
    }
  }

  /// Runs an event at once, for hosts whose events come in the order of time; equal times in the order of the calls.
  ///
  /// - Complexity: O(*r*·*t*) for *r* partial matches of the key that wait on *t* transitions.
  package func run(_ event: PatternEvent, _ state: inout PatternState, _ report: (PatternOutcome) -> Void) {
    settle(&state, before: event.time, report)
    guard heeds(event) else { return }
    let sequence = state.sequence
    state.sequence &+= 1
    if state.runs.isEmpty, event.holds & startConditions == 0 { return }
    var completed: [Completion] = []
    let old = state.runs.count
    var kept = 0
    for index in 0..<old {
      let goesOn =
        isAtGate(state.runs[index])
        ? see(event, sequence, index, &state, &completed, report)
        : step(event, sequence, state.runs[index].last == sequence &- 1, index, &state, &completed, report)
      if goesOn {
        if kept != index { state.runs.swapAt(kept, index) }
        kept += 1
      }
    }
    if kept < old { state.runs.removeSubrange(kept..<old) }
    if event.holds & startConditions != 0 {
      for edge in starts where event.holds & edge.condition != 0 {
        append(edge.target, 1, after: nil, event, sequence, &state, &completed, report)
      }
    }
    if !completed.isEmpty { finish(completed, at: event.time, &state, report) }
    bound(&state, report)
  }

  /// A match that is complete.
  struct Completion {
    var taken: [TakenEvent]
    /// The sequence with which it began.
    var first: Int64
  }

  private func bound(_ state: inout PatternState, _ report: (PatternOutcome) -> Void) {
    while state.runs.count > limits.partialMatches { report(.dropped(state.runs.removeFirst().taken)) }
  }

  // MARK: Events

  /// Lets a partial match see an event; says whether it goes on waiting.
  @inline(__always)
  private func step(
    _ event: PatternEvent, _ sequence: Int64, _ isFresh: Bool, _ index: Int, _ state: inout PatternState,
    _ completed: inout [Completion], _ report: (PatternOutcome) -> Void
  ) -> Bool {
    let nodeIndex = state.runs[index].node
    if state.runs[index].awaitsAbsence, event.holds & nodes[nodeIndex].absent != 0 {
      state.runs[index].awaitsAbsence = false
    }
    let count = state.runs[index].count
    var rest = state.runs[index].pending
    var pending = rest
    while rest != 0 {
      let number = rest.trailingZeroBitCount
      rest &= rest - 1
      let edge = nodes[nodeIndex].edges[number]
      let isForbidden =
        event.holds & (edge.forbidden | edge.until) != 0 || isFresh && event.holds & edge.forbiddenNext != 0
      let isKept =
        event.holds & edge.greedy != 0 && event.holds & edge.greedyUntil == 0 && count < nodes[nodeIndex].maximum
      let takes = !isForbidden && !isKept && event.holds & edge.condition != 0
      if takes {
        append(
          edge.target, number == 0 ? count + 1 : 1, after: index, event, sequence, &state, &completed, report)
      }
      let stays = !isForbidden && (edge.contiguity == .any || edge.contiguity == .relaxed && !takes)
      if !stays { pending &= ~(1 << UInt64(number)) }
    }
    state.runs[index].pending = pending
    return pending != 0 || state.runs[index].awaitsAbsence
  }

  /// Adds the match that has taken one more event: to those complete, and to those that go on.
  private func append(
    _ target: Int, _ count: Int, after index: Int?, _ event: PatternEvent, _ sequence: Int64,
    _ state: inout PatternState, _ completed: inout [Completion], _ report: (PatternOutcome) -> Void
  ) {
    let taken = TakenEvent(id: event.id, time: event.time, step: nodes[target].step, sequence: sequence)
    var run = PatternState.Run(
      node: target, count: count, pending: 0, awaitsAbsence: false, taken: [taken], first: sequence, began: event.time,
      last: sequence)
    if let index {
      if state.runs[index].taken.count >= limits.events { return report(.dropped(state.runs[index].taken)) }
      run.taken = state.runs[index].taken
      run.taken.append(taken)
      run.first = state.runs[index].first
      run.began = state.runs[index].began
    }
    place(run, at: event.time, &state, &completed)
  }

  /// Adds a match that has come to where its step may be done: to those complete, and to those that go on.
  private func place(
    _ start: PatternState.Run, at time: Int64, _ state: inout PatternState, _ completed: inout [Completion]
  ) {
    var run = start
    run.gate = PatternGate.Standing()
    let isEnough = nodes[run.node].gate != nil || run.count >= nodes[run.node].minimum
    run.pending = nodes[run.node].gate == nil && run.count < nodes[run.node].maximum ? 1 : 0
    if isEnough { run.pending |= (1 << UInt64(nodes[run.node].edges.count)) - 2 }
    let isComplete = isEnough && nodes[run.node].canEnd
    run.awaitsAbsence = isComplete && hasAbsence
    if isComplete, !hasAbsence { completed.append(Completion(taken: run.taken, first: run.first)) }
    if isEnough, let gate = nodes[run.node].gateAfter {
      var waits = run
      (waits.node, waits.count, waits.pending, waits.awaitsAbsence) = (gate, 0, 0, false)
      waits.gate = PatternGate.Standing(entered: time)
      state.runs.append(waits)
    }
    if run.pending != 0 || run.awaitsAbsence { state.runs.append(run) }
  }

  // MARK: Gates

  @inline(__always)
  private func isAtGate(_ run: PatternState.Run) -> Bool { run.count == 0 }

  /// Lets a partial match at a gate see an event; says whether it goes on waiting there.
  private func see(
    _ event: PatternEvent, _ sequence: Int64, _ index: Int, _ state: inout PatternState,
    _ completed: inout [Completion], _ report: (PatternOutcome) -> Void
  ) -> Bool {
    guard let gate = nodes[state.runs[index].node].gate else { return false }
    let taken = gate.see(event, &state.runs[index].gate)
    if taken != 0 {
      if state.runs[index].taken.count >= limits.events {
        report(.dropped(state.runs[index].taken))
        return false
      }
      state.runs[index].taken.append(
        TakenEvent(
          id: event.id, time: event.time, step: nodes[state.runs[index].node].step,
          part: taken.trailingZeroBitCount, sequence: sequence))
      state.runs[index].last = sequence
    }
    switch gate.verdict(state.runs[index].gate) {
    case .waits: return true
    case .fails: return false
    case .holds:
      var run = state.runs[index]
      run.count = 1
      place(run, at: event.time, &state, &completed)
      return false
    }
  }

  // MARK: Time

  /// The last time at which an event still counts for a partial match as it stands.
  @inline(__always)
  private func due(_ run: PatternState.Run) -> Int64? {
    let (end, overflows) = run.began.addingReportingOverflow(window)
    let windowEnd = window == .max || overflows ? nil : end
    guard isAtGate(run), let gate = nodes[run.node].gate,
      let gateEnd = gate.deadline(run.gate)
    else { return windowEnd }
    return windowEnd.map { min($0, gateEnd) } ?? gateEnd
  }

  /// Does what falls due before a time, in the order of time: absences that have lasted, then windows that have ended.
  @inline(__always)
  private func settle(_ state: inout PatternState, before time: Int64, _ report: (PatternOutcome) -> Void) {
    guard hasDeadlines, !state.runs.isEmpty else { return }
    while let due = state.runs.lazy.compactMap({ self.due($0) }).min(), due < time { settle(&state, at: due, report) }
  }

  private func settle(_ state: inout PatternState, at due: Int64, _ report: (PatternOutcome) -> Void) {
    var completed: [Completion] = []
    var passed: [PatternState.Run] = []
    for index in state.runs.indices where isAtGate(state.runs[index]) {
      guard let gate = nodes[state.runs[index].node].gate else { continue }
      gate.elapse(at: due, &state.runs[index].gate)
      guard gate.verdict(state.runs[index].gate) == .holds else { continue }
      state.runs[index].count = 1
      passed.append(state.runs[index])
    }
    // What has passed goes on as new partial matches; others at their gate have something they wait on.
    if !passed.isEmpty {
      state.runs.removeAll { nodes[$0.node].gate != nil && $0.count == 1 && $0.pending == 0 && !$0.awaitsAbsence }
    }
    for run in passed { place(run, at: due, &state, &completed) }
    if !completed.isEmpty { finish(completed, at: due, &state, report) }
    if window < .max { expire(&state, at: due, report) }
  }

  /// Ends the partial matches whose window ends at the time.
  private func expire(_ state: inout PatternState, at due: Int64, _ report: (PatternOutcome) -> Void) {
    let ended = state.runs.filter { hasEnded($0, at: due) }.sorted { ($0.began, $0.first) < ($1.began, $1.first) }
    state.runs.removeAll { hasEnded($0, at: due) }
    // A match may drop others.
    var isDropped: [Range<Int64>] = []
    for run in ended where !isDropped.contains(where: { $0.contains(run.first) }) {
      guard run.awaitsAbsence else {
        report(.timedOut(run.taken, time: due))
        continue
      }
      report(.matched(run.taken, time: due))
      if let range = dropped(after: run.taken, from: run.first) {
        isDropped.append(range)
        state.runs.removeAll { range.contains($0.first) }
      }
    }
  }

  private func hasEnded(_ run: PatternState.Run, at time: Int64) -> Bool {
    let (end, overflows) = run.began.addingReportingOverflow(window)
    return !overflows && end <= time
  }

  // MARK: Matches

  /// Reports the matches that an event or a time completed, in the order of their events, each unless an earlier one
  /// drops it.
  private func finish(
    _ completed: [Completion], at time: Int64, _ state: inout PatternState, _ report: (PatternOutcome) -> Void
  ) {
    var isDropped: [Range<Int64>] = []
    let order =
      completed.count == 1 ? completed : completed.sorted { PatternAutomaton.precedes($0.taken, $1.taken) }
    for match in order where !isDropped.contains(where: { $0.contains(match.first) }) {
      report(.matched(match.taken, time: time))
      if let range = dropped(after: match.taken, from: match.first) {
        isDropped.append(range)
        state.runs.removeAll { range.contains($0.first) }
      }
    }
  }

  /// The order of matches that one event completes: by their events from the first on, then by their steps.
  static func precedes(_ left: [TakenEvent], _ right: [TakenEvent]) -> Bool {
    let leftEvents = left.map(\.sequence)
    let rightEvents = right.map(\.sequence)
    if leftEvents != rightEvents { return leftEvents.lexicographicallyPrecedes(rightEvents) }
    return left.map(\.step).lexicographicallyPrecedes(right.map(\.step))
  }

  /// The beginnings of partial matches that a match drops; `nil` for none.
  private func dropped(after match: [TakenEvent], from first: Int64) -> Range<Int64>? {
    let end: Int64
    switch definition.skip {
    case .noSkip: return nil
    case .skipToNext: end = first &+ 1
    case .skipPastLastEvent: end = (match.last?.sequence ?? first) &+ 1
    case .skipToFirst(let name): end = match.first { isStep($0, name) }?.sequence ?? first
    case .skipToLast(let name): end = match.last { isStep($0, name) }?.sequence ?? first
    }
    return first < end ? first..<end : nil
  }

  private func isStep(_ event: TakenEvent, _ name: String) -> Bool {
    definition.steps[event.step].name.utf8.elementsEqual(name.utf8)
  }
}
