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
  /// The leaves that need the events or a person's facts as a whole.
  private(set) var eventLeaves: [Int] = []
  /// The texts that are looked for in lists.
  private(set) var listTests: [ListBits.Test] = []
  /// How many values a condition needs at once.
  private(set) var stackDepth = 1
  /// The steps of each segment, in the order of evaluation.
  private(set) var programs: [(segment: Int, steps: [Step])] = []

  private let catalogue: SegmentCatalogue
  private let population: Population
  private let now: Int64
  private let snapshots: [SegmentName: MembershipSet]
  private var numbers: [SegmentCondition: Int] = [:]
  private var segmentNumbers: [SegmentName: Int] = [:]
  /// Leaves that wait for the pass to be laid out: the leaf, the number in the pass, and what the value is compared with.
  private var counted: [(leaf: Int, number: Int, comparison: MeasureComparison, constant: Value)] = []

  init(
    _ catalogue: SegmentCatalogue, _ population: Population, now: Instant, snapshots: [SegmentName: MembershipSet]
  ) throws(SegmentError) {
    self.catalogue = catalogue
    self.population = population
    self.now = now.millisecondsSinceEpoch
    self.snapshots = snapshots
    pass = EventPass(kinds: population.events.kinds.count, now: now.millisecondsSinceEpoch)
    for (number, segment) in catalogue.segments.enumerated() { segmentNumbers[segment.name] = number }
    for number in catalogue.order {
      var steps: [Step] = []
      do { try add(catalogue.segments[number].condition.normalised, to: &steps) } catch {
        throw error.inSegment(catalogue.segments[number].name)
      }
      programs.append((number, steps))
      stackDepth = max(stackDepth, steps.count)
    }
    pass.close()
    for (leaf, number, comparison, constant) in counted {
      leaves[leaf] = Self.compared(pass.slot(number), comparison, constant)
    }
    eventLeaves = leaves.indices.filter {
      switch leaves[$0] {
      case .facts, .snapshot: false
      default: true
      }
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
      if let form = FactForm(tree, population, &listTests) { return .facts(form) }
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
      switch (measure.function, constant) {
      case (.count, .int), (.sum, .double):
        guard let number = pass.number(measure, compiled) else { break }
        counted.append((leaves.count, number, comparison, constant))
      default: break
      }
      // Stands until the pass is laid out, and for good where the pass does not take it.
      return .measure(compiled, comparison, constant)
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

  /// A comparison of a count or a sum as a range, or as what lies outside of one.
  private static func compared(
    _ slot: EventPass.Slot, _ comparison: MeasureComparison, _ constant: Value
  ) -> BatchLeaf {
    let isOutside = comparison == .notEqual
    if case .double(let number) = constant {
      guard let range = ExactSum.units(fulfilling: isOutside ? .equal : comparison, number) else {
        return .sum(slot, .min ... .max, isOutside: !isOutside)
      }
      return .sum(slot, range, isOutside: isOutside)
    }
    guard case .int(let number) = constant else { return .count(slot, .min ... .max, isOutside: true) }
    let least: Int64
    let greatest: Int64
    switch comparison {
    case .equal, .notEqual: (least, greatest) = (number, number)
    case .less: (least, greatest) = (.min, number == .min ? .min : number - 1)
    case .lessOrEqual: (least, greatest) = (.min, number)
    case .greater: (least, greatest) = (number == .max ? .max : number + 1, .max)
    case .greaterOrEqual: (least, greatest) = (number, .max)
    }
    // Counts are below 2^31; what lies beyond holds for none or for all of them.
    let (low, high) = (Int32(clamping: least), Int32(clamping: greatest))
    let isEmpty = least > Int64(Int32.max) || greatest < 0 || low > high
    return isEmpty
      ? .count(slot, .min ... .max, isOutside: !isOutside) : .count(slot, low...high, isOutside: isOutside)
  }

  private func window(_ window: TimeWindow) -> BatchWindow { BatchWindow(window, now: now, zones: catalogue.zones) }

  private func pattern(_ pattern: EventSelection) throws(SegmentError) -> BatchPattern {
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
