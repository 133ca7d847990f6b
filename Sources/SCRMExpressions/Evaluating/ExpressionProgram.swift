/// A compiled expression: checked, with every name resolved, ready to be evaluated many times.
///
/// Immutable, so that any number of tasks may evaluate one program, each with its own activation.
public struct ExpressionProgram: Sendable {
  /// The tree it was compiled from.
  public let tree: ExpressionTree
  /// The text it was compiled from, empty for a tree that was not read from text.
  public let source: String
  /// The type of the result.
  public let resultType: ExpressionType
  let plan: Plan
  let zone: @Sendable (String) -> ZoneRules?

  init(
    _ tree: ExpressionTree, source: String, _ plan: Plan, _ resultType: ExpressionType,
    zone: @escaping @Sendable (String) -> ZoneRules?
  ) {
    self.tree = tree
    self.source = source
    self.plan = plan
    self.resultType = resultType
    self.zone = zone
  }

  /// Evaluates the expression.
  ///
  /// A variable without a value is an error here; see ``verdict(_:budget:)`` for conditions over incomplete data.
  /// - Parameter budget: the cost at which the evaluation ends with `budgetExceeded`.
  /// - Throws: ``ExpressionEvaluationError``.
  public func evaluate(
    _ activation: ExpressionActivation, budget: UInt64 = 10_000_000
  ) throws(ExpressionEvaluationError) -> Value {
    var interpreter = Interpreter(plan, activation, zone: zone, budget: budget, missing: .error)
    do { return try interpreter.evaluate(plan.root) } catch {
      switch error {
      case .error(let error), .exhausted(let error): throw error
      case .missing(let paths):
        throw ExpressionEvaluationError(.unknownName, "no value for \(paths.joined(separator: ", "))")
      }
    }
  }
}

extension ExpressionEnvironment {
  /// Reads, checks and compiles an expression.
  ///
  /// O(n) in the bytes for all but hostile generic types.
  /// - Throws: ``ExpressionError`` with every fault found in one pass.
  public func compile(_ text: String) throws(ExpressionError) -> ExpressionProgram {
    try compile(try ExpressionTree(parsing: text, limits: limits), source: text, isChecked: true)
  }

  /// Checks and compiles a tree.
  /// - Throws: ``ExpressionError`` with every fault found in one pass.
  public func compile(_ tree: ExpressionTree) throws(ExpressionError) -> ExpressionProgram {
    try compile(tree, source: "", isChecked: true)
  }

  /// Compiles without checking types: what does not fit fails when it is evaluated.
  /// - Throws: ``ExpressionError`` for what is not of the language.
  public func compileUnchecked(_ text: String) throws(ExpressionError) -> ExpressionProgram {
    try compile(try ExpressionTree(parsing: text, limits: limits), source: text, isChecked: false)
  }

  private func compile(
    _ tree: ExpressionTree, source: String, isChecked: Bool
  ) throws(ExpressionError) -> ExpressionProgram {
    var compiler = Compiler(self, isChecked: isChecked)
    let (plan, type) = try compiler.finish(tree, source: source)
    return ExpressionProgram(tree, source: source, plan, isChecked ? type : .dyn, zone: zone)
  }
}
