import EventTime
public import SCRMExpressions
public import SCRMModel

/// A pattern made ready to run.
///
/// It is immutable and holds no events; what a key has seen is a ``State``, a value that the host keeps and stores. Two
/// states that have seen the same events are equal and have the same bytes.
///
/// ```swift
/// let matcher = try PatternMatcher(pattern, environment)
/// var state = PatternMatcher.State()
/// var outcomes: [PatternOutcome] = []
/// matcher.add(matcher.event(time: occurred, id: position, activation), to: &state, into: &outcomes)
/// matcher.advance(&state, to: now, into: &outcomes)  // no reply within 30 minutes
/// ```
///
/// - Complexity: An event costs O(*r*·*t*) for *r* partial matches of its key that wait on *t* transitions, and O(*w*) for
///   *w* waiting events when it is late.
public struct PatternMatcher: Sendable {
  /// A condition of the host's, by the name under which ``RuleCondition/closure(_:)`` refers to it.
  public typealias Closure = @Sendable (ExpressionActivation) -> Bool

  /// The pattern.
  public let pattern: EventPattern
  /// The different conditions of the pattern, 64 at most; ``Event/conditions`` has a bit for each, the first lowest.
  ///
  /// A host with many patterns may put them into a ``RuleIndex`` rather than evaluate each.
  public let conditions: [RuleCondition]

  let automaton: PatternAutomaton
  /// The conditions that always hold, those that are evaluated, and the host's.
  private let always: UInt64
  private let batch: ConditionBatch
  private let closures: [(number: Int, closure: Closure)]

  private enum Predicate {
    case always
    case program(ExpressionProgram)
    case closure(Closure)
  }

  /// Compiles a pattern.
  /// - Parameters:
  ///   - pattern: the pattern.
  ///   - environment: what its conditions may name.
  ///   - closures: gives the closures its conditions name.
  /// - Throws: `SCRMError` that names the pattern and the step, for a pattern that cannot run (no step, a negation or a wait
  ///   where it cannot stand, repeated names, too many steps or conditions) or a condition that cannot be compiled.
  public init(
    _ pattern: EventPattern, _ environment: ExpressionEnvironment, closures: (String) -> Closure? = { _ in nil }
  ) throws(SCRMError) {
    self.pattern = pattern
    var numbering = PatternNumbering()
    do throws(PatternError) {
      automaton = try PatternAutomaton(try numbering.definition(of: pattern), limits: pattern.limits.internalForm)
    } catch {
      let step = error.step.map { " step \($0)" } ?? ""
      throw SCRMError(.invalidValue, subject: "pattern \(pattern.name)\(step)", error.reason)
    }
    conditions = numbering.conditions
    var always: UInt64 = 0
    var programs: [(number: Int, program: ExpressionProgram)] = []
    var hosts: [(number: Int, closure: Closure)] = []
    for (number, condition) in conditions.enumerated() {
      switch try Self.predicate(condition, of: pattern, environment, closures) {
      case .always: always |= 1 << UInt64(number)
      case .program(let program): programs.append((number, program))
      case .closure(let closure): hosts.append((number, closure))
      }
    }
    self.always = always
    batch = ConditionBatch(programs)
    self.closures = hosts
  }

  private static func predicate(
    _ condition: RuleCondition, of pattern: EventPattern, _ environment: ExpressionEnvironment,
    _ closures: (String) -> Closure?
  ) throws(SCRMError) -> Predicate {
    let subject = "pattern \(pattern.name)"
    func compiled(_ body: () throws(ExpressionError) -> ExpressionProgram) throws(SCRMError) -> Predicate {
      do throws(ExpressionError) { return .program(try body()) } catch {
        throw SCRMError(.invalidValue, subject: subject, "condition \(condition.jsonText): \(error)")
      }
    }
    switch condition {
    case .always: return .always
    case .text(let text):
      return try compiled { () throws(ExpressionError) in try environment.compile(text) }
    case .tree(let tree):
      return try compiled { () throws(ExpressionError) in try environment.compile(tree.tree) }
    case .closure(let name):
      guard let closure = closures(name) else {
        throw SCRMError(.missing, subject: subject, "no closure is registered under the name \(name)")
      }
      return .closure(closure)
    }
  }

  /// An event as a pattern sees it.
  public struct Event: Sendable, Hashable {
    /// The event time; cut to whole microseconds.
    public var time: Instant
    /// The host's number for the event, such as its position in the log; of events with the same time the lower number
    /// comes first.
    public var id: UInt64
    /// The conditions of the pattern that hold for it, a bit each, as in ``PatternMatcher/conditions``.
    public var conditions: UInt64

    /// Creates an event.
    public init(time: Instant, id: UInt64, conditions: UInt64) {
      self.time = time
      self.id = id
      self.conditions = conditions
    }
  }

  /// The event with the conditions that hold for it; what is undecided or fails does not hold.
  public func event(time: Instant, id: UInt64, _ activation: ExpressionActivation) -> Event {
    Event(time: time, id: id, conditions: holding(activation))
  }

  /// The conditions that hold, a bit each; what is undecided or fails does not hold.
  public func holding(_ activation: ExpressionActivation) -> UInt64 {
    var bits = always | batch.holding(activation)
    if !closures.isEmpty {
      for (number, closure) in closures where closure(activation) { bits |= 1 << UInt64(number) }
    }
    return bits
  }
}

extension EventPattern.Limits {
  var internalForm: PatternLimits { PatternLimits(partialMatches: partialMatches, events: events, waiting: waiting) }
}
