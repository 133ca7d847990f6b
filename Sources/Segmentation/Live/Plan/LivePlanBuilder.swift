import EventTime
import SCRMModel
import StateCoding

/// Gathers the streams, leaves and calendars of conditions, each once.
struct LivePlanBuilder {
  let catalogue: SegmentCatalogue
  let factEnvironment: ExpressionEnvironment
  let eventEnvironment: ExpressionEnvironment
  let factSlots: [Int]
  var streams: [LiveStream] = []
  var leaves: [LiveLeaf] = []
  var calendars: [(span: CalendarSpan, zone: ZoneRules)] = []
  private var streamNumbers: [LiveStream.Key: Int] = [:]
  private var leafNumbers: [SegmentCondition: Int32] = [:]
  private var thresholdLeaves: [ThresholdKey: Int32] = [:]
  private var calendarNumbers: [TimeWindow: Int] = [:]
  private var segmentNumbers: [SegmentName: Int32] = [:]
  private var checker: SegmentChecker

  init(_ catalogue: SegmentCatalogue) {
    self.catalogue = catalogue
    checker = SegmentChecker(facts: catalogue.facts, events: catalogue.events)
    factEnvironment = checker.factEnvironment
    eventEnvironment = checker.eventEnvironment
    let environment = checker.factEnvironment
    factSlots = catalogue.facts.facts.map { environment.slot($0.name) ?? 0 }
    for (number, segment) in catalogue.segments.enumerated() { segmentNumbers[segment.name] = Int32(number) }
  }

  /// Adds the leaves that a normalised condition needs.
  mutating func addLeaves(_ condition: SegmentCondition) throws(SegmentError) {
    var terms: [SegmentCondition] = []
    condition.collect { if $0.children.isEmpty { terms.append($0) } }
    for term in terms { try addLeaf(term) }
  }

  /// What a term of a condition asks: the number of a leaf, or `~number` of a segment.
  func operand(_ term: SegmentCondition) -> Int32 {
    if case .segment(let name) = term { return ~(segmentNumbers[name] ?? 0) }
    return leafNumbers[term] ?? 0
  }

  private mutating func addLeaf(_ condition: SegmentCondition) throws(SegmentError) {
    guard leafNumbers[condition] == nil else { return }
    let term: LiveLeaf.Term
    switch condition {
    case .constant, .segment, .all, .any, .not: return
    case .facts(let tree):
      let program = try compile(tree, factEnvironment)
      term = .facts(program, slots: factsRead(tree))
    case .measure(let measure, let comparison, let value): term = try self.measure(measure, comparison, value)
    case .expression(let tree):
      let zones = catalogue.zones
      let slots = try MeasureSlots(tree, environment: factEnvironment) { measure throws(SegmentError) in
        try checker.check(measure) { zones[$0] }
      }
      var measures: [(slot: Int, measure: LiveMeasure)] = []
      for (number, measure) in slots.measures.enumerated() {
        measures.append((slots.environment.slot("measure.m\(number)") ?? 0, try live(measure)))
      }
      term = .mixed(try compile(slots.tree, slots.environment), slots.environment, measures, facts: factsRead(tree))
    case .sequence(let sequence):
      var steps: [Int] = []
      for step in sequence.steps { steps.append(try stream(step, field: nil, window: sequence.window)) }
      term = .sequence(steps, window: window(sequence.window), gap: sequence.gap)
    case .unanswered(let unanswered):
      term = .unanswered(
        stream: try stream(unanswered.events, field: nil, window: unanswered.window),
        answer: try stream(unanswered.answer, field: nil, window: unanswered.window), delay: unanswered.delay,
        window: window(unanswered.window))
    case .snapshot(let name): term = .snapshot(name)
    }
    let number = Int32(leaves.count)
    if let key = ThresholdKey(term) {
      // `count > 2` and `count >= 3` are one leaf.
      if let known = thresholdLeaves[key] {
        leafNumbers[condition] = known
        return
      }
      thresholdLeaves[key] = number
    }
    leafNumbers[condition] = number
    leaves.append(LiveLeaf(term: term, condition: condition))
  }

  /// What tells a threshold from others.
  private struct ThresholdKey: Hashable {
    let stream: Int
    let span: Int64
    let count: Int?
    let sum: Int128?
    let isMissed: Bool

    init?(_ term: LiveLeaf.Term) {
      switch term {
      case .countAtLeast(let stream, let span, let least):
        (self.stream, self.span, count, sum, isMissed) = (stream, span, least, nil, false)
      case .countBelow(let stream, let span, let limit):
        (self.stream, self.span, count, sum, isMissed) = (stream, span, limit, nil, true)
      case .sumAtLeast(let stream, let span, let limit):
        (self.stream, self.span, count, sum, isMissed) = (stream, span, nil, limit, false)
      case .sumBelow(let stream, let span, let limit):
        (self.stream, self.span, count, sum, isMissed) = (stream, span, nil, limit, true)
      default: return nil
      }
    }
  }

  private mutating func measure(
    _ measure: Measure, _ comparison: MeasureComparison, _ value: Value
  ) throws(SegmentError) -> LiveLeaf.Term {
    let live = try live(measure)
    if measure.function == .count, case .rolling(let span) = measure.window, case .int(let number) = value,
      number < 1 << 40
    {
      let number = Int(number)
      switch comparison {
      case .greaterOrEqual where number >= 1: return .countAtLeast(stream: live.stream, span: span, least: number)
      case .greater where number >= 0: return .countAtLeast(stream: live.stream, span: span, least: number + 1)
      case .less where number >= 1: return .countBelow(stream: live.stream, span: span, limit: number)
      case .lessOrEqual where number >= 0: return .countBelow(stream: live.stream, span: span, limit: number + 1)
      case .equal where number == 0: return .countBelow(stream: live.stream, span: span, limit: 1)
      case .notEqual where number == 0: return .countAtLeast(stream: live.stream, span: span, least: 1)
      default: break
      }
    }
    if measure.function == .sum, case .rolling(let span) = measure.window, case .double(let number) = value,
      comparison != .equal, comparison != .notEqual, let range = ExactSum.units(fulfilling: comparison, number)
    {
      if range.upperBound == .max { return .sumAtLeast(stream: live.stream, span: span, limit: range.lowerBound) }
      return .sumBelow(stream: live.stream, span: span, limit: range.upperBound + 1)
    }
    return .measure(live, comparison, value)
  }

  private mutating func live(_ measure: Measure) throws(SegmentError) -> LiveMeasure {
    LiveMeasure(
      function: measure.function,
      stream: try stream(measure.events, field: measure.field, window: measure.window),
      window: window(measure.window))
  }

  private mutating func window(_ window: TimeWindow) -> LiveWindow {
    switch window {
    case .rolling(let span): return .rolling(span)
    case .range(let from, let until): return .range(from: from, until: until)
    case .ever: return .ever
    case .calendar(let unit, let zone):
      if let known = calendarNumbers[window] { return .calendar(known) }
      calendarNumbers[window] = calendars.count
      calendars.append((unit.span, catalogue.zones[zone] ?? .utc))
      return .calendar(calendars.count - 1)
    }
  }

  private mutating func stream(
    _ events: EventSelection, field: String?, window: TimeWindow
  ) throws(SegmentError) -> Int {
    let key = LiveStream.Key(events: events, field: field)
    let number: Int
    if let known = streamNumbers[key] {
      number = known
    } else {
      let fieldNumber = field.flatMap(catalogue.events.index)
      let isNumber = fieldNumber.map { catalogue.events.fields[$0].type == .double } ?? false
      var hash = StableHash()
      hash.text(events.jsonText)
      hash.text(field ?? "")
      let filter: LiveStream.Filter
      do { filter = try LiveStream.filter(events.filter, eventEnvironment) } catch {
        throw SegmentError(.expression, error.description)
      }
      number = streams.count
      streamNumbers[key] = number
      streams.append(
        LiveStream(
          events: events, filter: filter, field: fieldNumber,
          content: fieldNumber == nil ? .nothing : isNumber ? .number : .value, identity: hash.value))
    }
    streams[number].retention = streams[number].retention.flatMap { known in window.retention.map { max(known, $0) } }
    return number
  }

  private func compile(
    _ tree: ExpressionTree, _ environment: ExpressionEnvironment
  ) throws(SegmentError) -> ExpressionProgram {
    do { return try environment.compile(tree) } catch { throw SegmentError(.expression, error.description) }
  }

  /// The facts whose paths stand in a tree: by the name a path begins with.
  private func factsRead(_ tree: ExpressionTree) -> [Int] {
    var names: Set<String> = []
    func walk(_ tree: ExpressionTree) {
      if case .name(let name) = tree.node { names.insert(name) }
      if case .select = tree.node { names.insert(Self.path(tree)) }
      for child in tree.children { walk(child) }
    }
    walk(tree)
    let facts = catalogue.facts.facts
    // A record as a whole depends on all its fields, a field on itself alone.
    return facts.indices.filter { number in
      names.contains { facts[number].name.sameBytes(as: $0) || $0.isPrefixPath(of: facts[number].name, among: names) }
    }
  }

  private static func path(_ tree: ExpressionTree) -> String {
    switch tree.node {
    case .name(let name): name
    case .select(let operand, let field, _): path(operand) + "." + field
    default: ""
    }
  }
}

extension String {
  /// Whether a fact lies under this path, and no longer path that was read tells it apart.
  fileprivate func isPrefixPath(of fact: String, among names: Set<String>) -> Bool {
    guard fact.utf8.starts(with: (self + ".").utf8) else { return false }
    return !names.contains { $0.utf8.count > utf8.count && $0.utf8.starts(with: (self + ".").utf8) }
  }
}

extension TimeWindow {
  /// How long an event may stay in the window, in milliseconds; `nil` for ever.
  var retention: Int64? {
    switch self {
    case .rolling(let span): span
    case .calendar(let unit, _): unit.longest
    case .range, .ever: nil
    }
  }
}

extension CalendarUnit {
  var span: CalendarSpan {
    switch self {
    case .day: .day
    case .week: .week
    case .month: .month
    case .year: .year
    }
  }

  /// No unit of any zone is longer, in milliseconds.
  var longest: Int64 {
    switch self {
    case .day: 3 * 86_400_000
    case .week: 10 * 86_400_000
    case .month: 34 * 86_400_000
    case .year: 369 * 86_400_000
    }
  }
}
