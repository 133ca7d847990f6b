extension Compiler {
  /// The part as a constant, when its operands are constants and it has a value; otherwise as it is.
  ///
  /// What ends in an error is left to the evaluation, where `&&` and `||` may absorb it.
  mutating func folded(_ part: Part, _ operands: [Part]) -> Part {
    guard environment.foldsConstants else { return part }
    for operand in operands {
      guard case .constant = plan.nodes[Int(operand.node)] else { return part }
    }
    guard diagnostics.isEmpty, let value = foldedValue(part) else { return part }
    plan.constants.append(value)
    plan.nodes[Int(part.node)] = .constant(Int32(plan.constants.count - 1))
    return part
  }

  private func foldedValue(_ part: Part) -> Value? {
    // The most common case, a list of literals, needs no evaluator.
    if case .list(let run, _) = plan.nodes[Int(part.node)] {
      return .list(plan.run(run).map { self.value(Part(node: $0, type: .dyn)) ?? .null })
    }
    let activation = ExpressionActivation(slotCount: 0)
    var interpreter = Interpreter(plan, activation, zone: environment.zone, budget: 10_000, missing: .error)
    return try? interpreter.evaluate(part.node)
  }
}
