import SCRMExpressions
import SCRMModel

/// A condition ready to be asked.
enum CompiledCondition: Sendable {
  case always
  case program(ExpressionProgram)
  case closure(RuleBook.Closure)

  var program: ExpressionProgram? { if case .program(let program) = self { program } else { nil } }
}

/// A rule ready to be looked at.
///
/// A class, since rules stand in several arrays on their way through a decision, and are large.
final class CompiledRule: Sendable {
  let definition: RuleDefinition
  let hash: UInt64
  let condition: CompiledCondition
  /// The facts of templates, parameters and strata, by the name as written.
  let fields: [String: FactPath]
  /// The slots of all of that.
  let slots: [Int]
  let pattern: CompiledPattern?

  init(
    definition: RuleDefinition, hash: UInt64, condition: CompiledCondition, fields: [String: FactPath], slots: [Int],
    pattern: CompiledPattern?
  ) {
    self.definition = definition
    self.hash = hash
    self.condition = condition
    self.fields = fields
    self.slots = slots
    self.pattern = pattern
  }
}

/// A pattern or a tally ready to be followed.
struct CompiledPattern: Sendable {
  /// What it is kept for.
  enum Key: Sendable, Hashable {
    case person
    case thread
    /// The values of a fact that the interaction alone has.
    case fact(FactPath)
  }

  var follower: PatternFollower
  var conditions: [CompiledCondition]
  var key: Key
  /// Whether it begins without an event of its own, so that every interaction it looks at begins it.
  var beginsWaiting: Bool
}

/// A journey ready to be followed.
struct CompiledJourney: Sendable {
  var definition: JourneyDefinition
  var hash: UInt64
  var goal: CompiledCondition?
  var exit: CompiledCondition?
  /// The conditions of each step, in its order.
  var conditions: [[CompiledCondition]]
  var slots: [Int]
  /// A rule for each step that acts, which carries what guards ask of a rule.
  var rules: [CompiledRule?]

  func step(named name: String) -> Int? { definition.steps.firstIndex { $0.name.sameBytes(as: name) } }

  /// The place of the step that follows; `nil` for the end.
  func place(_ target: String?, after step: Int) -> Int? {
    guard let target else { return step + 1 < definition.steps.count ? step + 1 : nil }
    return target.sameBytes(as: JourneyStep.end) ? nil : self.step(named: target)
  }
}
