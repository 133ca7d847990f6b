import EventTime
import SCRMModel

extension LiveSegments {
  /// Whether a leaf holds at a moment by what happened up to it, and the next moment at which that may change by itself.
  mutating func evaluate(_ leaf: Int, of person: Int, at moment: Int64) -> (holds: Bool, next: Int64) {
    let streams = person * plan.admissions.count
    switch plan.leaves[leaf].term {
    case .countAtLeast, .countBelow, .sumAtLeast, .sumBelow:
      // Decided with the other limits of their windows.
      return (rows.change(person) { $0.leaf(leaf) }, .max)
    case .facts(let program, let slots):
      fillFacts(slots, of: person, at: moment)
      return (program.matches(scratch.factActivation), .max)
    case .measure(let measure, let comparison, let value):
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
    let log = logs[person * plan.admissions.count + measure.stream]
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
    let base = person * plan.admissions.count
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
    // The end of a calendar window brings nothing about by itself when nothing waits.
    guard let latest else { return (false, pending) }
    if case .rolling(let span) = window { return (true, latest &+ span) }
    return (true, bounds.ends)
  }
}
