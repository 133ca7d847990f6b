import DenseData
import SCRMModel

/// Segments compiled for one population and one moment.
struct BatchPlan: Sendable {
  /// A step of a condition, on a stack of 64 people's truth values.
  enum Step: Sendable {
    case leaf(Int)
    case segment(Int)
    case constant(Bool)
    case not
    case all(Int)
    case any(Int)
  }

  private(set) var leaves: [BatchLeaf] = []
  private(set) var pass: EventPass
  /// The steps of each segment, in the order of evaluation.
  private(set) var programs: [(segment: Int, steps: [Step])] = []

  private let catalogue: SegmentCatalogue
  private let population: Population
  private let now: Int64
  private let snapshots: [SegmentName: MembershipSet]
  private var numbers: [SegmentCondition: Int] = [:]
  private var segmentNumbers: [SegmentName: Int] = [:]

  init(
    _ catalogue: SegmentCatalogue, _ population: Population, now: Instant, snapshots: [SegmentName: MembershipSet]
  ) throws(SegmentError) {
    self.catalogue = catalogue
    self.population = population
    self.now = now.millisecondsSinceEpoch
    self.snapshots = snapshots
    pass = EventPass(kinds: population.events.kinds.count)
    for (number, segment) in catalogue.segments.enumerated() { segmentNumbers[segment.name] = number }
    for number in catalogue.order {
      var steps: [Step] = []
      do { try add(catalogue.segments[number].condition.normalised, to: &steps) } catch {
        throw error.inSegment(catalogue.segments[number].name)
      }
      programs.append((number, steps))
    }
  }

  private mutating func add(_ condition: SegmentCondition, to steps: inout [Step]) throws(SegmentError) {
    switch condition {
    case .constant(let value): steps.append(.constant(value))
    case .all(let parts):
      for part in parts { try add(part, to: &steps) }
      steps.append(.all(parts.count))
    case .any(let parts):
      for part in parts { try add(part, to: &steps) }
      steps.append(.any(parts.count))
    case .not(let part):
      try add(part, to: &steps)
      steps.append(.not)
    case .segment(let name):
      steps.append(segmentNumbers[name].map { .segment($0) } ?? .constant(false))
    default:
      if let known = numbers[condition] {
        steps.append(.leaf(known))
      } else {
        let leaf = try leaf(condition)
        numbers[condition] = leaves.count
        steps.append(.leaf(leaves.count))
        leaves.append(leaf)
      }
    }
  }

  private mutating func leaf(_ condition: SegmentCondition) throws(SegmentError) -> BatchLeaf {
    switch condition {
    case .facts(let tree):
      if let form = FactForm(tree, population) { return .facts(form) }
      let environment = catalogue.facts.environment()
      return .expression(try compiled(tree, environment), environment, facts: columns(tree, environment), measures: [])
    case .expression(let tree):
      var checker = SegmentChecker(facts: catalogue.facts, events: catalogue.events)
      let zones = catalogue.zones
      let slots = try MeasureSlots(tree, environment: catalogue.facts.environment()) { measure throws(SegmentError) in
        try checker.check(measure) { zones[$0] }
      }
      var measures: [BatchLeaf.SlotMeasure] = []
      for (number, measure) in slots.measures.enumerated() {
        guard let slot = slots.environment.slot("measure.m\(number)") else { continue }
        measures.append(BatchLeaf.SlotMeasure(slot: slot, measure: try compiled(measure)))
      }
      return .expression(
        try compiled(slots.tree, slots.environment), slots.environment, facts: columns(tree, slots.environment),
        measures: measures)
    case .measure(let measure, let comparison, let constant):
      let compiled = try compiled(measure)
      guard let slot = pass.slot(measure, compiled, kinds: population.events.kinds) else {
        return .measure(compiled, comparison, constant)
      }
      switch constant {
      case .int(let number): return Self.count(slot, comparison, number)
      case .double(let number) where measure.function == .sum: return .sum(slot: slot, comparison, number)
      default: return .measure(compiled, comparison, constant)
      }
    case .sequence(let sequence):
      var steps: [BatchPattern] = []
      for step in sequence.steps { steps.append(try pattern(step)) }
      return .sequence(BatchSequence(steps: steps, window: window(sequence.window), gap: sequence.gap))
    case .unanswered(let term):
      return .unanswered(
        BatchUnanswered(
          events: try pattern(term.events), answer: try pattern(term.answer), delay: term.delay,
          window: window(term.window), now: now))
    case .snapshot(let name): return .snapshot(snapshots[name]?.bitmap ?? CompressedBitmap())
    case .constant, .all, .any, .not, .segment: return .snapshot(CompressedBitmap())
    }
  }

  /// A comparison of a count as a range of whole numbers, or what lies outside of one.
  private static func count(_ slot: Int, _ comparison: MeasureComparison, _ number: Int64) -> BatchLeaf {
    let least: Int64
    let greatest: Int64
    switch comparison {
    case .equal, .notEqual: (least, greatest) = (number, number)
    case .less: (least, greatest) = (0, number == .min ? .min : number - 1)
    case .lessOrEqual: (least, greatest) = (0, number)
    case .greater: (least, greatest) = (number == .max ? .max : number + 1, .max)
    case .greaterOrEqual: (least, greatest) = (number, .max)
    }
    let (low, high) = (max(least, 0), min(greatest, Int64(UInt32.max)))
    let isOutside = comparison == .notEqual
    // An empty range holds for nobody: it is the outside of all numbers.
    guard low <= high else { return .count(slot: slot, low: 0, span: .max, isOutside: !isOutside) }
    return .count(slot: slot, low: UInt32(low), span: UInt32(high - low), isOutside: isOutside)
  }

  private func window(_ window: TimeWindow) -> BatchWindow { BatchWindow(window, now: now, zones: catalogue.zones) }

  private func pattern(_ pattern: EventPattern) throws(SegmentError) -> BatchPattern {
    try BatchPattern(pattern, population.events, catalogue.events)
  }

  private func compiled(_ measure: Measure) throws(SegmentError) -> BatchMeasure {
    BatchMeasure(
      function: measure.function, pattern: try pattern(measure.events), window: window(measure.window),
      field: measure.field.flatMap { catalogue.events.index(of: $0) } ?? 0)
  }

  private func compiled(
    _ tree: ExpressionTree, _ environment: ExpressionEnvironment
  ) throws(SegmentError) -> ExpressionProgram {
    do { return try environment.compile(tree) } catch { throw SegmentError(.expression, error.description) }
  }

  /// The facts under the names that occur in an expression.
  private func columns(_ tree: ExpressionTree, _ environment: ExpressionEnvironment) -> [BatchLeaf.SlotColumn] {
    var roots: [String] = []
    var rest = [tree]
    while let next = rest.popLast() {
      if case .name(let name) = next.node { roots.append(name) }
      rest += next.children
    }
    return catalogue.facts.facts.enumerated().compactMap { number, fact in
      guard let root = fact.name.split(separator: ".").first, roots.contains(where: { $0.sameBytes(as: String(root)) }),
        let slot = environment.slot(fact.name)
      else { return nil }
      return BatchLeaf.SlotColumn(slot: slot, column: number)
    }
  }
}
