import Segmentation

/// Who is in a segment, from the whole history and the words of the definition alone: nothing kept, nothing shared.
struct ConditionOracle {
  let catalogue: SegmentCatalogue
  var events: [SegmentEvent] = []
  /// Facts with the time from which they hold, in order of time.
  var facts: [(time: Int64, fact: Int, value: Value?)] = []

  func isMember(_ segment: Int, at now: Int64) -> Bool {
    truth(catalogue.segments[segment].condition, now) == true
  }

  /// Kleene's logic: `nil` is undecided.
  private func truth(_ condition: SegmentCondition, _ now: Int64) -> Bool? {
    switch condition {
    case .constant(let value): return value
    case .all(let parts):
      let values = parts.map { truth($0, now) }
      return values.contains(false) ? false : values.contains(nil) ? nil : true
    case .any(let parts):
      let values = parts.map { truth($0, now) }
      return values.contains(true) ? true : values.contains(nil) ? nil : false
    case .not(let part): return truth(part, now).map { !$0 }
    case .facts(let tree):
      let environment = catalogue.facts.environment()
      guard let program = try? environment.compile(tree) else { return nil }
      switch program.verdict(activation(environment, now)) {
      case .match: return true
      case .noMatch: return false
      default: return nil
      }
    case .measure(let measure, let comparison, let value):
      return self.value(measure, now).map { comparison.holds($0, value) }
    case .expression(let tree):
      guard
        let slots = try? MeasureSlots(
          tree, environment: catalogue.facts.environment(),
          type: { measure throws(SegmentError) in
            switch measure.function {
            case .count, .distinct: .int
            case .firstTime, .lastTime: .timestamp
            case .first, .last:
              catalogue.events.fields[measure.field.flatMap(catalogue.events.index) ?? 0].type
            default: .double
            }
          }), let program = try? slots.environment.compile(slots.tree)
      else { return nil }
      var activation = activation(slots.environment, now)
      for (number, measure) in slots.measures.enumerated() {
        if let slot = slots.environment.slot("measure.m\(number)"), let value = value(measure, now) {
          try? activation.set(slot, value)
        }
      }
      switch program.verdict(activation) {
      case .match: return true
      case .noMatch: return false
      default: return nil
      }
    case .sequence(let sequence):
      return chain(sequence.steps[...], after: nil, sequence, now)
    case .unanswered(let term):
      return selected(term.events, term.window, now).contains { event in
        event.time + term.delay <= now
          && !selected(term.answer, .ever, now).contains { $0.time > event.time && $0.time <= event.time + term.delay }
      }
    case .segment(let name):
      guard let index = catalogue.index(of: name) else { return nil }
      return isMember(index, at: now)
    case .snapshot: return false
    }
  }

  private func activation(_ environment: ExpressionEnvironment, _ now: Int64) -> ExpressionActivation {
    var activation = ExpressionActivation(environment)
    for (fact, declared) in catalogue.facts.facts.enumerated() {
      if let slot = environment.slot(declared.name),
        let value = facts.last(where: { $0.fact == fact && $0.time <= now })?.value
      {
        try? activation.set(slot, value)
      }
    }
    return activation
  }

  private func chain(
    _ steps: ArraySlice<EventSelection>, after last: Int64?, _ sequence: EventSequence, _ now: Int64
  ) -> Bool {
    guard let step = steps.first else { return true }
    return selected(step, sequence.window, now).contains { event in
      if let last, event.time <= last || sequence.gap.map({ event.time - last > $0 }) ?? false { return false }
      return chain(steps.dropFirst(), after: event.time, sequence, now)
    }
  }

  private func selected(_ pattern: EventSelection, _ window: TimeWindow, _ now: Int64) -> [SegmentEvent] {
    events.filter { event in
      guard event.time <= now, pattern.kinds.isEmpty || pattern.kinds.contains(event.kind),
        isIn(event.time, window, now)
      else { return false }
      guard let filter = pattern.filter else { return true }
      let environment = catalogue.events.environment()
      guard let program = try? environment.compile(filter) else { return false }
      var activation = ExpressionActivation(environment)
      for slot in environment.variables.indices {
        if let value = event.value(slot) { try? activation.set(slot, value) }
      }
      return program.verdict(activation) == .match
    }
  }

  private func isIn(_ time: Int64, _ window: TimeWindow, _ now: Int64) -> Bool {
    switch window {
    case .rolling(let span): return time > now - span
    case .range(let from, let until): return time >= from && time < until
    case .ever: return true
    case .calendar(let unit, let name):
      guard let zone = catalogue.zones[name] else { return false }
      let (day, today) = (localDay(time, zone), localDay(now, zone))
      let (date, current) = (CivilDate(daysSinceEpoch: day), CivilDate(daysSinceEpoch: today))
      switch unit {
      case .day: return day == today
      // 1970-01-05 was a Monday.
      case .week: return Double(day - 4) / 7 >= (Double(today - 4) / 7).rounded(.down) && day <= today
      case .month: return date.year == current.year && date.month == current.month
      case .year: return date.year == current.year
      }
    }
  }

  private func localDay(_ time: Int64, _ zone: ZoneRules) -> Int {
    Int(zone.day(of: Instant(millisecondsSinceEpoch: time) ?? .epoch))
  }

  private func value(_ measure: Measure, _ now: Int64) -> Value? {
    var found = selected(measure.events, measure.window, now)
    let field = measure.field.flatMap(catalogue.events.index) ?? 0
    if measure.field != nil { found.removeAll { $0.value(field) == nil } }
    func numbers() -> [Double] {
      found.compactMap { if case .double(let number)? = $0.value(field) { number } else { nil } }
    }
    switch measure.function {
    case .count: return .int(Int64(found.count))
    case .sum: return .double(numbers().sorted().reduce(0, +))
    case .average: return found.isEmpty ? nil : .double(numbers().sorted().reduce(0, +) / Double(found.count))
    case .minimum: return numbers().min().map { .double($0) }
    case .maximum: return numbers().max().map { .double($0) }
    case .distinct: return .int(Int64(Set(found.compactMap { $0.value(field) }).count))
    case .firstTime:
      return found.map(\.time).min().flatMap { Instant(millisecondsSinceEpoch: $0) }.map { .timestamp($0) }
    case .lastTime:
      return found.map(\.time).max().flatMap { Instant(millisecondsSinceEpoch: $0) }.map { .timestamp($0) }
    case .first:
      guard let time = found.map(\.time).min() else { return nil }
      return extreme(of: found.filter { $0.time == time }, field, .ascending)
    case .last:
      guard let time = found.map(\.time).max() else { return nil }
      return extreme(of: found.filter { $0.time == time }, field, .descending)
    }
  }

  /// Of several values the one before all others in an order.
  private func extreme(of events: [SegmentEvent], _ field: Int, _ order: ValueOrder) -> Value? {
    events.compactMap { $0.value(field) }.reduce(nil as Value?) { best, value in
      guard let best else { return value }
      return (try? value.compare(to: best)) == order ? value : best
    }
  }
}
