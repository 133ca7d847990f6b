extension PatternAutomaton {
  /// Takes in an event that may be followed by earlier ones; it waits until ``advance(_:to:_:)`` passes its time.
  ///
  /// - Returns: whether it was taken; an event at or before the time already advanced to is late and changes nothing.
  /// - Complexity: O(*w*) for *w* waiting events of the key, O(1) when events come in order.
  package func add(_ event: PatternEvent, to state: inout PatternState) -> Bool {
    guard event.time > state.now else { return false }
    var place = state.waiting.count
    while place > 0, PatternEvent.precedes(event, state.waiting[place - 1]) { place -= 1 }
    state.waiting.insert(event, at: place)
    return true
  }

  /// Event time has passed `time`: no further event at or before it will come.
  ///
  /// Runs the waiting events up to it in the order of time and number, then closes the windows that ended before it.
  package func advance(_ state: inout PatternState, to time: Int64, _ report: (PatternOutcome) -> Void) {
    guard time > state.now else { return }
    var ready = 0
    while ready < state.waiting.count, state.waiting[ready].time <= time {
      run(state.waiting[ready], &state, report)
      ready += 1
    }
    state.waiting.removeFirst(ready)
    expire(&state, before: time, report)
    state.now = time
  }

  /// Runs an event at once, for hosts whose events come in the order of time; equal times in the order of the calls.
  ///
  /// - Complexity: O(*r*·*t*) for *r* partial matches of the key that wait on *t* transitions.
  package func run(_ event: PatternEvent, _ state: inout PatternState, _ report: (PatternOutcome) -> Void) {
    expire(&state, before: event.time, report)
    let sequence = state.sequence
    state.sequence += 1
    if state.runs.isEmpty, event.holds & startConditions == 0 { return }
    var completed: [[TakenEvent]] = []
    let old = state.runs.count
    var kept = 0
    for index in 0..<old {
      let isFresh = state.runs[index].last == sequence - 1
      if step(event, sequence, isFresh, index, &state, &completed) {
        if kept != index { state.runs.swapAt(kept, index) }
        kept += 1
      }
    }
    if kept < old { state.runs.removeSubrange(kept..<old) }
    if event.holds & startConditions != 0 {
      for edge in starts where event.holds & edge.condition != 0 {
        append(edge.target, 1, after: [], event, sequence, &state, &completed)
      }
    }
    if !completed.isEmpty { finish(completed, at: event.time, &state, report) }
    while state.runs.count > maximumRuns { report(.dropped(state.runs.removeFirst().taken)) }
  }

  /// Lets a partial match see an event; says whether it goes on waiting.
  @inline(__always)
  private func step(
    _ event: PatternEvent, _ sequence: Int64, _ isFresh: Bool, _ index: Int, _ state: inout PatternState,
    _ completed: inout [[TakenEvent]]
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
          edge.target, number == 0 ? count + 1 : 1, after: state.runs[index].taken, event, sequence, &state, &completed)
      }
      let stays = !isForbidden && (edge.contiguity == .any || edge.contiguity == .relaxed && !takes)
      if !stays { pending &= ~(1 << UInt64(number)) }
    }
    state.runs[index].pending = pending
    return pending != 0 || state.runs[index].awaitsAbsence
  }

  /// Adds the match that has taken one more event: to those complete, and to those that go on.
  private func append(
    _ target: Int, _ count: Int, after taken: [TakenEvent], _ event: PatternEvent, _ sequence: Int64,
    _ state: inout PatternState, _ completed: inout [[TakenEvent]]
  ) {
    let node = nodes[target]
    var taken = taken
    taken.append(TakenEvent(id: event.id, time: event.time, step: node.step, sequence: sequence))
    let isEnough = count >= node.minimum
    var pending: UInt64 = count < node.maximum ? 1 : 0
    if isEnough { pending |= (1 << UInt64(node.edges.count)) - 2 }
    let isComplete = isEnough && node.canEnd
    if isComplete, !hasAbsence { completed.append(taken) }
    guard pending != 0 || isComplete && hasAbsence, let first = taken.first else { return }
    state.runs.append(
      PatternState.Run(
        node: target, count: count, pending: pending, awaitsAbsence: isComplete && hasAbsence, taken: taken,
        first: first.sequence, began: first.time, last: sequence))
  }

  /// Ends the partial matches whose window passed before the time.
  @inline(__always)
  private func expire(_ state: inout PatternState, before time: Int64, _ report: (PatternOutcome) -> Void) {
    guard window < .max, !state.runs.isEmpty else { return }
    guard state.runs.contains(where: { hasEnded($0, before: time) }) else { return }
    // In the order in which windows end; a match may drop others.
    let ended = state.runs.filter { hasEnded($0, before: time) }.sorted { ($0.began, $0.first) < ($1.began, $1.first) }
    state.runs.removeAll { hasEnded($0, before: time) }
    var isDropped: [Range<Int64>] = []
    for run in ended where !isDropped.contains(where: { $0.contains(run.first) }) {
      let end = run.began.addingReportingOverflow(window).partialValue
      guard run.awaitsAbsence else {
        report(.timedOut(run.taken, time: end))
        continue
      }
      report(.matched(run.taken, time: end))
      if let range = dropped(after: run.taken) {
        isDropped.append(range)
        state.runs.removeAll { range.contains($0.first) }
      }
    }
  }

  @inline(__always)
  private func hasEnded(_ run: PatternState.Run, before time: Int64) -> Bool {
    let (age, overflows) = time.subtractingReportingOverflow(run.began)
    return overflows || age > window
  }

  /// Reports the matches that an event completed, in the order of their events, each unless an earlier one drops it.
  private func finish(
    _ completed: [[TakenEvent]], at time: Int64, _ state: inout PatternState, _ report: (PatternOutcome) -> Void
  ) {
    var isDropped: [Range<Int64>] = []
    for match in completed.count == 1 ? completed : completed.sorted(by: PatternAutomaton.precedes) {
      guard let first = match.first, !isDropped.contains(where: { $0.contains(first.sequence) }) else { continue }
      report(.matched(match, time: time))
      if let range = dropped(after: match) {
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

  /// The first events of partial matches that a match drops; `nil` for none.
  private func dropped(after match: [TakenEvent]) -> Range<Int64>? {
    guard let first = match.first?.sequence, let last = match.last?.sequence else { return nil }
    let end: Int64
    switch definition.skip {
    case .noSkip: return nil
    case .skipToNext: end = first + 1
    case .skipPastLastEvent: end = last + 1
    case .skipToFirst(let name): end = match.first { isStep($0, name) }?.sequence ?? first
    case .skipToLast(let name): end = match.last { isStep($0, name) }?.sequence ?? first
    }
    return first < end ? first..<end : nil
  }

  private func isStep(_ event: TakenEvent, _ name: String) -> Bool {
    definition.steps[event.step].name.utf8.elementsEqual(name.utf8)
  }
}
