/// A compiled expression: checked, with every name resolved, ready to be evaluated many times.
///
/// Immutable, so that any number of tasks may evaluate one program, each with its own activation.
///
/// ```swift
/// var environment = ExpressionEnvironment()
/// environment.declare("score", .double)
/// let program = try environment.compile("score > 20.5")
/// var activation = ExpressionActivation(environment)
/// try activation.set(0, number: 30)
/// print(program.verdict(activation))  // match
/// ```
public struct ExpressionProgram: Sendable {
  /// The parts, behind one reference, so that copying a program costs one count.
  private final class Parts: Sendable {
    let tree: ExpressionTree
    let source: String
    let resultType: ExpressionType
    let plan: Plan
    let condition: SharedConditionProgram?
    let zone: @Sendable (String) -> ZoneRules?

    init(
      _ tree: ExpressionTree, _ source: String, _ resultType: ExpressionType, _ plan: Plan,
      _ zone: @escaping @Sendable (String) -> ZoneRules?
    ) {
      self.tree = tree
      self.source = source
      self.resultType = resultType
      self.plan = plan
      self.zone = zone
      condition = resultType == .bool ? ConditionPlanner.program(for: plan).map(SharedConditionProgram.init) : nil
    }
  }

  private let parts: Parts

  /// The tree it was compiled from.
  public var tree: ExpressionTree { parts.tree }
  /// The text it was compiled from; for a tree made otherwise, the text of the tree.
  public var source: String { parts.source }
  /// The type of the result.
  public var resultType: ExpressionType { parts.resultType }
  var plan: Plan { parts.plan }
  /// The condition as a chain of tests, if it is one.
  var chain: ConditionProgram? { parts.condition?.program }

  init(
    _ tree: ExpressionTree, source: String, _ plan: Plan, _ resultType: ExpressionType,
    zone: @escaping @Sendable (String) -> ZoneRules?
  ) {
    parts = Parts(tree, source, resultType, plan, zone)
  }

  /// What an evaluation may cost unless told otherwise: about a tenth of a second.
  public static let defaultBudget: UInt64 = 1_000_000

  /// Evaluates the expression.
  ///
  /// A variable without a value is an error here; ``verdict(_:budget:)`` is for conditions over incomplete data.
  /// - Parameters:
  ///   - activation: the values of the variables.
  ///   - budget: the cost at which the evaluation ends with `budgetExceeded`.
  /// - Throws: ``ExpressionEvaluationError``.
  public func evaluate(
    _ activation: ExpressionActivation, budget: UInt64 = defaultBudget
  ) throws(ExpressionEvaluationError) -> Value {
    var interpreter = interpreter(activation, budget: budget, missing: .error)
    do { return try interpreter.evaluate(parts.plan.root) } catch {
      switch error {
      case .error(let error), .exhausted(let error): throw error
      case .missing(let paths):
        throw ExpressionEvaluationError(.unknownName, "no value for \(paths.joined(separator: ", "))")
      }
    }
  }

  /// What the condition says, where values may be missing.
  ///
  /// A missing variable, field or key leaves the condition undecided unless the rest decides it. Tests of numbers and text
  /// joined by `&&`, `||`, `!` and `?:` allocate nothing and cost a few nanoseconds each.
  public func verdict(
    _ activation: ExpressionActivation, budget: UInt64 = defaultBudget
  ) -> ExpressionVerdict {
    if let known = decision(activation, budget: budget) { return known ? .match : .noMatch }
    return complete(activation, budget: budget)
  }

  /// Whether the condition holds; undecided and failed ones do not.
  public func matches(_ activation: ExpressionActivation, budget: UInt64 = defaultBudget) -> Bool {
    if let known = decision(activation, budget: budget) { return known }
    return complete(activation, budget: budget) == .match
  }

  /// The result of the chain of tests; `nil` where it cannot tell.
  @inline(__always)
  private func decision(_ activation: ExpressionActivation, budget: UInt64) -> Bool? {
    guard let condition = parts.condition else { return nil }
    let bound = condition.program.bound(textBytes: activation.bytes.count)
    guard budget >= bound else { return nil }
    if condition.program.hasGeneral { return mixed(condition, activation, budget: budget - bound) }
    return condition.program.run(activation) { _ in nil }
  }

  private func mixed(
    _ condition: SharedConditionProgram, _ activation: ExpressionActivation, budget: UInt64
  ) -> Bool? {
    var left = budget
    return condition.program.run(activation) { node in
      var interpreter = interpreter(activation, budget: left, missing: .undecided)
      guard case .bool(let value)? = try? interpreter.evaluate(node) else { return nil }
      left -= min(left, interpreter.cost)
      return value
    }
  }

  private func complete(_ activation: ExpressionActivation, budget: UInt64) -> ExpressionVerdict {
    var interpreter = interpreter(activation, budget: budget, missing: .undecided)
    do {
      guard case .bool(let value) = try interpreter.evaluate(parts.plan.root) else {
        return .failed(
          ExpressionEvaluationError(.noSuchOverload, "the result is no truth value", at: parts.tree.location))
      }
      return value ? .match : .noMatch
    } catch {
      switch error {
      case .error(let error), .exhausted(let error): return .failed(error)
      case .missing(let paths): return .undecided(missing: paths)
      }
    }
  }

  func interpreter(
    _ activation: ExpressionActivation, budget: UInt64, missing: Interpreter.Missing
  ) -> Interpreter {
    Interpreter(parts.plan, activation, zone: parts.zone, budget: budget, missing: missing)
  }
}
