/// A pattern made ready to run: for each step the transitions that leave it.
///
/// Immutable; the state of a key is a ``PatternState``. The transitions are those of Agrawal, Diao, Gyllstrom and
/// Immerman, "Efficient pattern matching over event streams" (SIGMOD 2008), without a state for what is ignored: a
/// partial match waits on a set of transitions, and an event takes, leaves or removes each.
package struct PatternAutomaton: Sendable {
  /// The most steps of a pattern.
  package static let maximumStepCount = 60

  /// The pattern.
  package let definition: PatternDefinition
  /// How many partial matches a key may have at a time.
  package let maximumRuns: Int

  /// A way from one step to the next event.
  struct Edge: Sendable {
    /// The step it leads to, by its place among the steps that take events.
    var target: Int
    var condition: UInt64
    var contiguity: PatternStep.Contiguity
    /// Predicates that must not hold for anything before the event, nor for the event.
    var forbidden: UInt64 = 0
    /// Predicates that must not hold for the very next event.
    var forbiddenNext: UInt64 = 0
    /// Predicates that end the transition.
    var until: UInt64 = 0
    /// When one of these holds the step keeps the event to itself, as long as it may take more.
    var greedy: UInt64 = 0
    var greedyUntil: UInt64 = 0
  }

  /// A step that takes events.
  struct Node: Sendable {
    /// Its place in the definition.
    var step: Int
    var minimum: Int
    var maximum: Int
    /// The transition back to the step, then those to later steps.
    var edges: [Edge]
    /// Whether everything after the step may be left out.
    var canEnd: Bool
    /// Predicates that must not hold until the window has passed, when an absence ends the pattern.
    var absent: UInt64
  }

  let nodes: [Node]
  /// The transitions of an empty match.
  let starts: [Edge]
  /// The predicates with which a match can begin.
  let startConditions: UInt64
  let window: Int64
  let hasAbsence: Bool

  /// Compiles a pattern.
  /// - Parameter maximumRuns: how many partial matches a key may have; beyond it the oldest is given up and reported.
  /// - Throws: ``PatternError`` for a pattern that is empty, begins with a negation or has too many steps, repeated names,
  ///   counts or predicates out of range, a negation with a count or before an optional step, or an absence at the end without a window.
  package init(_ definition: PatternDefinition, maximumRuns: Int = 1_024) throws(PatternError) {
    try definition.check()
    self.definition = definition
    self.maximumRuns = max(1, maximumRuns)
    window = definition.window ?? .max
    let steps = definition.steps
    let taking = steps.indices.filter { steps[$0].kind == .takes }
    let last = taking.last ?? 0
    let absent = steps[(last + 1)...].reduce(UInt64(0)) { $0 | 1 << UInt64($1.condition) }
    hasAbsence = absent != 0
    var nodes: [Node] = []
    for (place, index) in taking.enumerated() {
      let step = steps[index]
      var edges = [
        Edge(
          target: place, condition: 1 << UInt64(step.condition), contiguity: step.inner,
          until: step.until.map { 1 << UInt64($0) } ?? 0)
      ]
      edges += Self.edges(after: place, taking, steps)
      nodes.append(
        Node(
          step: index, minimum: step.minimum, maximum: step.maximum ?? .max, edges: edges,
          canEnd: taking[(place + 1)...].allSatisfy { steps[$0].isOptional }, absent: absent))
    }
    self.nodes = nodes
    starts = Self.edges(after: -1, taking, steps)
    startConditions = starts.reduce(UInt64(0)) { $0 | $1.condition }
  }

  /// The transitions to later steps, over those that may be left out.
  private static func edges(after place: Int, _ taking: [Int], _ steps: [PatternStep]) -> [Edge] {
    var edges: [Edge] = []
    var forbidden: UInt64 = 0
    var forbiddenNext: UInt64 = 0
    var index = place < 0 ? 0 : taking[place] + 1
    let from = place < 0 ? nil : steps[taking[place]]
    for target in (place + 1)..<taking.count {
      while index < taking[target] {
        if steps[index].kind == .notNext {
          forbiddenNext |= 1 << UInt64(steps[index].condition)
        } else {
          forbidden |= 1 << UInt64(steps[index].condition)
        }
        index += 1
      }
      index += 1
      let step = steps[taking[target]]
      var edge = Edge(
        target: target, condition: 1 << UInt64(step.condition), contiguity: step.contiguity, forbidden: forbidden,
        forbiddenNext: forbiddenNext)
      if let from, from.isGreedy {
        edge.greedy = 1 << UInt64(from.condition)
        edge.greedyUntil = from.until.map { 1 << UInt64($0) } ?? 0
      }
      edges.append(edge)
      if !step.isOptional { break }
    }
    return edges
  }
}

extension PatternDefinition {
  /// Checks what a pattern must keep to.
  fileprivate func check() throws(PatternError) {
    guard let first = steps.first, first.kind == .takes else {
      throw PatternError(step: steps.first?.name, reason: "expected a first step that takes events")
    }
    guard steps.count <= PatternAutomaton.maximumStepCount else {
      throw PatternError(reason: "expected at most \(PatternAutomaton.maximumStepCount) steps")
    }
    guard window.map({ $0 >= 0 }) ?? true else { throw PatternError(reason: "expected a window that is not negative") }
    var names: [[UInt8]] = []
    for step in steps {
      let name = Array(step.name.utf8)
      guard !names.contains(name) else { throw PatternError(step: step.name, reason: "expected a name of its own") }
      names.append(name)
      for number in [step.condition, step.until ?? 0] where !(0..<64).contains(number) {
        throw PatternError(step: step.name, reason: "expected predicates numbered 0 to 63, got \(number)")
      }
      guard step.minimum >= 1, (step.maximum ?? .max) >= step.minimum else {
        throw PatternError(step: step.name, reason: "expected 1 ≤ minimum ≤ maximum")
      }
      let isPlain = step.minimum == 1 && step.maximum == 1 && !step.isOptional && step.until == nil
      guard step.kind == .takes || isPlain else {
        throw PatternError(step: step.name, reason: "expected no count, option or end condition on a negation")
      }
    }
    for (before, step) in zip(steps, steps.dropFirst()) where before.kind != .takes && step.isOptional {
      throw PatternError(step: step.name, reason: "expected a step that must occur after a negation")
    }
    guard let last = steps.last, last.kind == .takes || last.kind == .notFollowedBy && window != nil else {
      throw PatternError(step: steps.last?.name, reason: "expected a window when a negation ends the pattern")
    }
    for case .skipToFirst(let name) in [skip] { try checkSkip(to: name) }
    for case .skipToLast(let name) in [skip] { try checkSkip(to: name) }
  }

  private func checkSkip(to name: String) throws(PatternError) {
    guard steps.contains(where: { $0.name.utf8.elementsEqual(name.utf8) && $0.kind == .takes }) else {
      throw PatternError(step: name, reason: "expected the skip strategy to name a step that takes events")
    }
  }
}
