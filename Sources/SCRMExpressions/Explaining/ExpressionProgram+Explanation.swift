extension ExpressionProgram {
  /// Why the condition says what it says; separate from ``verdict(_:budget:)``, which records nothing.
  ///
  /// Evaluates parts again, each within the budget.
  public func explain(
    _ activation: ExpressionActivation, budget: UInt64 = defaultBudget
  ) -> ExpressionExplanation {
    var explainer = Explainer(program: self, activation: activation, budget: budget)
    explainer.explain(plan.root)
    return ExpressionExplanation(verdict: verdict(activation, budget: budget), reasons: explainer.reasons)
  }
}

/// Follows the parts that decide.
private struct Explainer {
  typealias Outcome = ExpressionExplanation.Outcome

  let program: ExpressionProgram
  let activation: ExpressionActivation
  let budget: UInt64
  private let bytes: [UInt8]
  private(set) var reasons: [ExpressionExplanation.Reason] = []

  init(program: ExpressionProgram, activation: ExpressionActivation, budget: UInt64) {
    self.program = program
    self.activation = activation
    self.budget = budget
    bytes = Array(program.source.utf8)
  }

  private func outcome(_ node: Int32) -> Outcome {
    var interpreter = program.interpreter(activation, budget: budget, missing: .undecided)
    do {
      if case .bool(let value) = try interpreter.evaluate(node) { return .decided(value) }
      return .failed(ExpressionEvaluationError(.noSuchOverload, "the result is no truth value"))
    } catch {
      switch error {
      case .error(let error), .exhausted(let error): return .failed(error)
      case .missing(let paths): return .missing(paths)
      }
    }
  }

  private func value(_ node: Int32) -> Value? {
    var interpreter = program.interpreter(activation, budget: budget, missing: .undecided)
    do { return .some(try interpreter.evaluate(node)) } catch { return .none }
  }

  mutating func explain(_ node: Int32) {
    switch program.plan.nodes[Int(node)] {
    case .and(let run): explain(run, of: node, decisive: false)
    case .or(let run): explain(run, of: node, decisive: true)
    case .not(let operand): explain(operand)
    case .conditional(let test, let whenTrue, let whenFalse):
      explain(test)
      if case .decided(let value) = outcome(test) { explain(value ? whenTrue : whenFalse) }
    default: add(node, operands(node))
    }
  }

  private mutating func explain(_ run: PlanNode.Run, of node: Int32, decisive: Bool) {
    let children = Array(program.plan.run(run))
    switch outcome(node) {
    case .decided(let value) where value == decisive:
      if let first = children.first(where: { outcome($0) == .decided(decisive) }) { explain(first) }
    case .decided: for child in children { explain(child) }
    case .missing:
      for child in children {
        if case .missing = outcome(child) { explain(child) }
      }
    case .failed:
      for child in children {
        if case .failed = outcome(child) { explain(child) }
      }
    }
  }

  private func operands(_ node: Int32) -> [Int32] {
    switch program.plan.nodes[Int(node)] {
    case .slot: [node]
    case .select, .index: [node]
    case .has(let operand, _): [operand]
    case .binary(_, let left, let right): [left, right]
    case .builtIn(_, let run), .host(_, let run): Array(program.plan.run(run))
    case .matches(let operand, _): [operand]
    // Only the range: the bodies read the variables of the loop.
    case .loop(_, let run, _): Array(program.plan.run(run).prefix(1))
    default: []
    }
  }

  private func text(_ node: Int32) -> String {
    let location = program.plan.locations[Int(node)]
    guard location.isKnown, location.start <= location.end, Int(location.end) <= bytes.count else { return "" }
    return String(decoding: bytes[Int(location.start)..<Int(location.end)], as: UTF8.self)
  }

  private mutating func add(_ node: Int32, _ operands: [Int32]) {
    let seen = operands.compactMap { operand -> ExpressionExplanation.Operand? in
      switch program.plan.nodes[Int(operand)] {
      case .constant, .list: nil
      default: ExpressionExplanation.Operand(text: text(operand), value: value(operand))
      }
    }
    reasons.append(
      ExpressionExplanation.Reason(
        text: text(node), location: program.plan.locations[Int(node)], outcome: outcome(node), operands: seen))
  }
}
