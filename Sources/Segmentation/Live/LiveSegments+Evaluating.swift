import EventTime
import SCRMModel

extension LiveSegments {
  /// Evaluates a leaf at a moment, notes whether it changed and when it may change by itself.
  @inline(__always)
  mutating func refresh(_ leaf: Int, of person: Int, at moment: Int64) {
    let (holds, next): (Bool, Int64)
    let count = plan.counts[leaf]
    if count.stream >= 0 {
      let (reached, leaves) = logs[person * plan.streams.count + Int(count.stream)].holds(
        atLeast: Int(count.least), span: count.span, at: moment)
      (holds, next) = (reached != count.isBelow, leaves)
    } else {
      (holds, next) = evaluate(leaf, of: person, at: moment)
    }
    let word = person * plan.leafWords + leaf >> 6
    let bit = UInt64(1) << UInt64(leaf & 63)
    if (leafBits[word] & bit != 0) != holds {
      leafBits[word] ^= bit
      scratch.flipped.append(Int32(truncatingIfNeeded: leaf))
    }
    nexts[person * plan.leaves.count + leaf] = next
    scratch.earliest = min(scratch.earliest, next)
  }

  /// Whether a leaf holds at a moment by what happened up to it, and the next moment at which that may change by itself.
  mutating func evaluate(_ leaf: Int, of person: Int, at moment: Int64) -> (holds: Bool, next: Int64) {
    let streams = person * plan.streams.count
    switch plan.leaves[leaf].term {
    case .countAtLeast(let stream, let span, let least):
      return logs[streams + stream].holds(atLeast: least, span: span, at: moment)
    case .countBelow(let stream, let span, let limit):
      let (reached, next) = logs[streams + stream].holds(atLeast: limit, span: span, at: moment)
      return (!reached, next)
    case .facts(let program, let slots):
      fillFacts(slots, of: person, at: moment)
      return (program.matches(scratch.factActivation), .max)
    case .measure(let measure, let comparison, let value):
      if case .rolling(let span) = measure.window, measure.function == .sum, case .double(let limit) = value,
        comparison == .greaterOrEqual || comparison == .less
      {
        let (reached, next) = logs[streams + measure.stream].holds(sumAtLeast: limit, span: span, at: moment)
        return (reached == (comparison == .greaterOrEqual), next)
      }
      let (found, next) = self.value(measure, of: person, at: moment)
      return (found.map { comparison.holds($0, value) } ?? false, next)
    case .mixed(let program, let environment, let measures, let facts):
      return mixed(program, environment, measures, facts, of: person, at: moment)
    case .sequence(let steps, let window, let gap): return sequence(steps, window, gap, of: person, at: moment)
    case .unanswered(let stream, let answer, let delay, let window):
      return unanswered(logs[streams + stream], logs[streams + answer], delay, window, at: moment)
    case .snapshot(let name): return (snapshots[name]?.contains(ids[person]) ?? false, .max)
    }
  }

  private mutating func fillFacts(_ slots: [Int], of person: Int, at moment: Int64) {
    scratch.factActivation.reset()
    let state = facts[person]
    let row = state.changes.isEmpty ? state.base : state.row(at: moment, count: plan.factSlots.count)
    for fact in slots {
      // A value of another type than declared is as good as none.
      if let value = row.value(fact) { try? scratch.factActivation.set(plan.factSlots[fact], value) }
    }
  }

  private mutating func mixed(
    _ program: ExpressionProgram, _ environment: ExpressionEnvironment, _ measures: [(slot: Int, measure: LiveMeasure)],
    _ read: [Int], of person: Int, at moment: Int64
  ) -> (holds: Bool, next: Int64) {
    var activation = ExpressionActivation(environment)
    let row = facts[person].row(at: moment, count: plan.factSlots.count)
    for fact in read {
      guard let value = row.value(fact), let slot = environment.slot(plan.catalogue.facts.facts[fact].name) else {
        continue
      }
      try? activation.set(slot, value)
    }
    var earliest = Int64.max
    for (slot, measure) in measures {
      let (value, next) = self.value(measure, of: person, at: moment)
      if let value { try? activation.set(slot, value) }
      earliest = min(earliest, next)
    }
    return (program.matches(activation), earliest)
  }

  /// The first moment an event must have to be in a window, and the moment the whole window is replaced.
  mutating func bounds(_ window: LiveWindow, at moment: Int64) -> (from: Int64, until: Int64, ends: Int64) {
    switch window {
    case .rolling(let span): return (moment &- span &+ 1, moment, .max)
    case .range(let from, let until): return (from, min(moment, until &- 1), .max)
    case .ever: return (.min, moment, .max)
    case .calendar(let number):
      let known = calendarBounds[number]
      if known.start <= moment, moment < known.end { return (known.start, moment, known.end) }
      let found = plan.calendars[number].span.bounds(moment, in: plan.calendars[number].zone)
      calendarBounds[number] = found
      return (found.start, moment, found.end)
    }
  }

  /// The value of a measure, and the next moment at which it may change by itself.
  mutating func value(_ measure: LiveMeasure, of person: Int, at moment: Int64) -> (value: Value?, next: Int64) {
    let bounds = bounds(measure.window, at: moment)
    let log = logs[person * plan.streams.count + measure.stream]
    let start = log.lowerBound(bounds.from)
    let end = max(start, log.upperBound(bounds.until))
    var next = bounds.ends
    if case .rolling(let span) = measure.window, start < end { next = log.times[start] &+ span }
    if start == end { next = .max }
    return (log.value(measure.function, start..<end), next)
  }

  private mutating func sequence(
    _ steps: [Int], _ window: LiveWindow, _ gap: Int64?, of person: Int, at moment: Int64
  ) -> (holds: Bool, next: Int64) {
    let bounds = bounds(window, at: moment)
    let base = person * plan.streams.count
    // For every event of a step, the latest beginning of a chain that ends with it.
    var ends: [(time: Int64, begin: Int64)] = []
    for (number, stream) in steps.enumerated() {
      let log = logs[base + stream]
      let start = log.lowerBound(bounds.from)
      let times = log.times[start..<max(start, log.upperBound(bounds.until))]
      if number == 0 {
        ends = times.map { ($0, $0) }
        continue
      }
      var chained: [(time: Int64, begin: Int64)] = []
      for time in times {
        var best: Int64?
        for end in ends where end.time < time && gap.map({ time &- end.time <= $0 }) ?? true {
          best = best.map { max($0, end.begin) } ?? end.begin
        }
        if let best { chained.append((time, best)) }
      }
      ends = chained
    }
    guard let latest = ends.map(\.begin).max() else { return (false, .max) }
    if case .rolling(let span) = window { return (true, latest &+ span) }
    return (true, bounds.ends)
  }

  private mutating func unanswered(
    _ log: StreamLog, _ answers: StreamLog, _ delay: Int64, _ window: LiveWindow, at moment: Int64
  ) -> (holds: Bool, next: Int64) {
    let bounds = bounds(window, at: moment)
    let start = log.lowerBound(bounds.from)
    var latest: Int64?
    var pending = Int64.max
    for time in log.times[start..<max(start, log.upperBound(bounds.until))] {
      let answer = answers.upperBound(time)
      if answer < answers.times.count, answers.times[answer] <= min(moment, time &+ delay) { continue }
      if time &+ delay <= moment { latest = time } else { pending = min(pending, time &+ delay) }
    }
    guard let latest else { return (false, min(pending, bounds.ends)) }
    if case .rolling(let span) = window { return (true, latest &+ span) }
    return (true, bounds.ends)
  }

  /// Asks the segments of the leaves that changed, and those that name segments that changed.
  mutating func settleSegments(
    of person: Int, at moment: Int64, cause: LiveMembershipChange.Cause, asksAll: Bool = false
  ) {
    if scratch.flipped.isEmpty, !asksAll { return }
    if asksAll {
      for segment in plan.programs.indices { ask(Int32(segment), -1) }
    } else {
      for leaf in scratch.flipped { for segment in plan.leafSegments[Int(leaf)] { ask(segment, leaf) } }
    }
    scratch.flipped.removeAll(keepingCapacity: true)
    scratch.asked.sort { $0.rank < $1.rank }
    var place = 0
    while place < scratch.asked.count {
      let (_, number, leaf) = scratch.asked[place]
      place += 1
      let segment = Int(number)
      scratch.isAsked[segment] = false
      guard holds(segment, person) != isMember(person, of: segment) else { continue }
      let isEntry = toggle(segment, of: person)
      changes.append(
        LiveMembershipChange(
          person: person, segment: segment, isEntry: isEntry, time: moment, cause: cause,
          condition: leaf < 0 ? nil : Int(leaf), report: .present))
      note(person, RecentChange(time: moment, segment: number, isEntry: isEntry))
      guard plan.hasNestedSegments else { continue }
      for dependent in plan.segmentSegments[segment] where !scratch.isAsked[Int(dependent)] {
        // Dependents have a higher rank, so they are asked after everything they name.
        scratch.isAsked[Int(dependent)] = true
        let rank = plan.rank[Int(dependent)]
        let at = scratch.asked[place...].firstIndex { $0.rank > rank } ?? scratch.asked.count
        scratch.asked.insert((rank, dependent, leaf), at: at)
      }
    }
    scratch.asked.removeAll(keepingCapacity: true)
  }

  private mutating func ask(_ segment: Int32, _ leaf: Int32) {
    guard !scratch.isAsked[Int(segment)] else { return }
    scratch.isAsked[Int(segment)] = true
    scratch.asked.append((plan.rank[Int(segment)], segment, leaf))
  }

  func holds(_ segment: Int, _ person: Int) -> Bool {
    leafBits.withUnsafeBufferPointer { leaves in
      memberBits.withUnsafeBufferPointer { members in
        guard let leaves = leaves.baseAddress, let members = members.baseAddress else { return false }
        return plan.programs[segment].holds(leaves + person * plan.leafWords, members + person * plan.memberWords)
      }
    }
  }

  /// Turns a membership round and gives what it is now.
  mutating func toggle(_ segment: Int, of person: Int) -> Bool {
    let word = person * plan.memberWords + segment >> 6
    memberBits[word] ^= 1 << UInt64(segment & 63)
    return isMember(person, of: segment)
  }

  private mutating func note(_ person: Int, _ change: RecentChange) {
    let horizon = clock &- lateness
    if let first = recent[person].first, first.time < horizon { recent[person].removeAll { $0.time < horizon } }
    recent[person].append(change)
  }
}
