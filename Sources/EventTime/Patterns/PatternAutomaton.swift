/// A pattern made ready to run: for each step the transitions that leave it.
///
/// Immutable; the state of a key is a ``PatternState``. The transitions are those of Agrawal, Diao, Gyllstrom and
/// Immerman, "Efficient pattern matching over event streams" (SIGMOD 2008), without a state for what is ignored: a
/// partial match waits on a set of transitions, and an event takes, leaves or removes each. A class, so that running it
/// holds one reference.
package final class PatternAutomaton: Sendable {
  /// The most steps of a pattern.
  package static let maximumStepCount = 60

  /// The pattern.
  package let definition: PatternDefinition
  /// How much a key may keep.
  package let limits: PatternLimits

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

  /// A step that takes events or waits.
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
    /// What it waits for, if it waits.
    var gate: PatternGate?
    /// The step that waits and is come to when this one is done.
    var gateAfter: Int?
  }

  let nodes: [Node]
  /// The transitions of an empty match.
  let starts: [Edge]
  /// The predicates with which a match can begin.
  let startConditions: UInt64
  let window: Int64
  let hasAbsence: Bool
  let hasGates: Bool

  /// Whether anything can fall due.
  var hasDeadlines: Bool { window < .max || hasGates }

  /// The predicates that the pattern names anywhere.
  private let named: UInt64
  /// Whether an event for which none of them holds can change something: where something must come next.
  private let heedsAll: Bool

  /// Whether an event can change anything; one that cannot need not wait for its turn.
  @inline(__always)
  package func heeds(_ event: PatternEvent) -> Bool { heedsAll || event.holds & named != 0 }

  /// Whether an event can begin a match.
  package func mayBegin(_ event: PatternEvent) -> Bool { event.holds & startConditions != 0 }

  /// Whether the pattern waits from its beginning on: it is begun for a key, and no event begins it.
  package var beginsWithWait: Bool { nodes.first?.gate != nil }

  /// Compiles a pattern.
  /// - Parameter limits: how much a key may keep.
  /// - Throws: ``PatternError`` for a pattern that is empty, begins with a negation or has too many steps, repeated names,
  ///   counts or predicates out of range, a negation with a count or before an optional step, an absence at the end without a
  ///   window, or a step that waits where it cannot stand.
  package init(_ definition: PatternDefinition, limits: PatternLimits = PatternLimits()) throws(PatternError) {
    try definition.check()
    self.definition = definition
    self.limits = limits
    window = definition.window ?? .max
    let steps = definition.steps
    let places = steps.indices.filter { steps[$0].kind == .takes || steps[$0].kind == .waits }
    let absent = steps[((places.last ?? 0) + 1)...].reduce(UInt64(0)) { $0 | 1 << UInt64($1.condition) }
    hasAbsence = absent != 0
    var nodes: [Node] = []
    for (place, index) in places.enumerated() {
      let step = steps[index]
      let loop = Edge(
        target: place, condition: step.gate == nil ? 1 << UInt64(step.condition) : 0, contiguity: step.inner,
        until: step.until.map { 1 << UInt64($0) } ?? 0)
      let later = Self.edges(after: place, places, steps)
      nodes.append(
        Node(
          step: index, minimum: step.minimum, maximum: step.maximum ?? .max, edges: [loop] + later.edges,
          canEnd: places[(place + 1)...].allSatisfy { steps[$0].isOptional }, absent: absent, gate: step.gate,
          gateAfter: later.gate))
    }
    self.nodes = nodes
    hasGates = nodes.contains { $0.gate != nil }
    named = steps.reduce(UInt64(0)) { $0 | $1.named }
    heedsAll = steps.dropFirst().contains { $0.contiguity == .strict } || steps.contains { $0.heedsNext }
    starts = Self.edges(after: -1, places, steps).edges
    startConditions = starts.reduce(UInt64(0)) { $0 | $1.condition }
  }

  /// The transitions to later steps, over those that may be left out, and the step that waits behind them.
  private static func edges(after place: Int, _ taking: [Int], _ steps: [PatternStep]) -> (edges: [Edge], gate: Int?) {
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
      if step.kind == .waits { return (edges, target) }
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
    return (edges, nil)
  }
}
