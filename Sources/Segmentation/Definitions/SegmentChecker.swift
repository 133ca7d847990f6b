import SCRMModel

/// Checks conditions against facts, event fields and zones.
struct SegmentChecker {
  let facts: FactSchema
  let events: EventSchema
  let factEnvironment: ExpressionEnvironment
  let eventEnvironment: ExpressionEnvironment
  var zones: [String: ZoneRules] = ["UTC": .utc]

  init(facts: FactSchema, events: EventSchema) {
    self.facts = facts
    self.events = events
    factEnvironment = facts.environment()
    eventEnvironment = events.environment()
  }

  mutating func check(_ segment: Segment, zone: (String) -> ZoneRules?) throws(SegmentError) {
    do { try check(segment.condition, zone: zone) } catch { throw error.inSegment(segment.name) }
  }

  private mutating func check(_ condition: SegmentCondition, zone: (String) -> ZoneRules?) throws(SegmentError) {
    // Level by level, so that depth is measured before anything recurses into it.
    var level = [condition]
    var depth = 0
    var count = 0
    while !level.isEmpty {
      depth += 1
      count += level.count
      guard depth <= 200, count <= 50_000 else {
        throw SegmentError(.limit, "expected at most 200 levels and 50,000 parts")
      }
      for part in level { try checkTerm(part, zone: zone) }
      level = level.flatMap(\.children)
    }
  }

  private mutating func checkTerm(_ condition: SegmentCondition, zone: (String) -> ZoneRules?) throws(SegmentError) {
    switch condition {
    case .facts(let tree): try requireBool(tree, in: factEnvironment)
    case .measure(let measure, let comparison, let value):
      let type = try check(measure, zone: zone)
      guard Self.fits(value, type, comparison) else {
        throw SegmentError(.constant, "\(condition.text) compares \(type) with \(value.typeName)")
      }
    case .expression(let tree):
      let slots = try MeasureSlots(tree, environment: factEnvironment) { measure throws(SegmentError) in
        try self.check(measure, zone: zone)
      }
      try requireBool(slots.tree, in: slots.environment)
    case .sequence(let sequence):
      guard sequence.steps.count >= 2, sequence.steps.count <= 32 else {
        throw SegmentError(.arguments, "expected 2 to 32 steps in \(condition.text)")
      }
      for step in sequence.steps { try check(step) }
      try check(sequence.window, zone: zone)
      if let gap = sequence.gap { try requirePositive(gap, "gap") }
    case .unanswered(let term):
      try check(term.events)
      try check(term.answer)
      try check(term.window, zone: zone)
      try requirePositive(term.delay, "delay")
    case .constant, .all, .any, .not, .segment, .snapshot: break
    }
  }

  /// Checks a measure and gives the type of its value.
  mutating func check(_ measure: Measure, zone: (String) -> ZoneRules?) throws(SegmentError) -> ExpressionType {
    try check(measure.events)
    try check(measure.window, zone: zone)
    switch measure.function {
    case .count, .distinct:
      if let field = measure.field { _ = try type(of: field) }
      return .int
    case .firstTime, .lastTime: return .timestamp
    case .first, .last:
      let type = try type(of: measure.field ?? "amount")
      guard [.double, .int, .string, .bool, .timestamp].contains(type) else {
        throw SegmentError(.field, "first and last read a number, text, truth value or time, not \(type)")
      }
      return type
    case .sum, .average, .minimum, .maximum:
      let field = measure.field ?? "amount"
      guard try type(of: field) == .double else {
        throw SegmentError(.field, "\(measure.function.rawValue) reads a double, event.\(field) is another type")
      }
      return .double
    }
  }

  private func type(of field: String) throws(SegmentError) -> ExpressionType {
    guard let index = events.index(of: field) else {
      let known = events.fields.map { "event." + $0.name }.joined(separator: ", ")
      throw SegmentError(.field, "event.\(field) is not declared; expected one of \(known)")
    }
    return events.fields[index].type
  }

  private func check(_ pattern: EventSelection) throws(SegmentError) {
    if let filter = pattern.filter { try requireBool(filter, in: eventEnvironment) }
  }

  private mutating func check(_ window: TimeWindow, zone: (String) -> ZoneRules?) throws(SegmentError) {
    switch window {
    case .rolling(let span): try requirePositive(span, "window")
    case .range(let from, let until):
      guard from < until else { throw SegmentError(.window, "a range ends after it begins") }
    case .calendar(_, let name):
      if zones[name] == nil {
        guard let rules = zone(name) else { throw SegmentError(.unknownZone, "the zone \(name) is not known") }
        zones[name] = rules
      }
    case .ever: break
    }
  }

  /// At most 200 years, so that sums of times stay far from the ends of 64 bits.
  private func requirePositive(_ milliseconds: Int64, _ what: String) throws(SegmentError) {
    guard (1...6_311_520_000_000).contains(milliseconds) else {
      throw SegmentError(.window, "expected a \(what) above zero and of at most 200 years")
    }
  }

  private func requireBool(_ tree: ExpressionTree, in environment: ExpressionEnvironment) throws(SegmentError) {
    let program: ExpressionProgram
    do { program = try environment.compile(tree) } catch { throw SegmentError(.expression, error.description) }
    guard program.resultType == .bool || program.resultType == .dyn else {
      throw SegmentError(.expression, "\(tree.text) is of type \(program.resultType), expected bool")
    }
  }

  static func fits(_ value: Value, _ type: ExpressionType, _ comparison: MeasureComparison) -> Bool {
    switch (type, value) {
    case (.int, .int), (.double, .double), (.string, .string), (.timestamp, .timestamp): true
    // An order compares numbers of all kinds, equality wants one kind.
    case (.int, .double(let number)): comparison != .equal && comparison != .notEqual && !number.isNaN
    case (.bool, .bool): comparison == .equal || comparison == .notEqual
    default: false
    }
  }
}
