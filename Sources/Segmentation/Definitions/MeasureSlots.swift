public import SCRMModel

/// An expression in which every behaviour function is replaced by a variable, `measure.m0`, `measure.m1` and so on.
public struct MeasureSlots: Sendable {
  /// The expression with variables.
  public let tree: ExpressionTree
  /// The facts and the variables.
  public let environment: ExpressionEnvironment
  /// The measures in the order of their variables, each once.
  public let measures: [Measure]

  /// Replaces the behaviour functions of an expression; the slot of measure `n` is `environment.slot("measure.m<n>")`.
  /// - Parameters:
  ///   - tree: the expression of a `SegmentCondition.expression`.
  ///   - environment: the environment of the facts.
  ///   - type: gives the type of a measure.
  /// - Throws: what `type` throws, or `SegmentError` for a malformed behaviour function.
  public init(
    _ tree: ExpressionTree, environment: ExpressionEnvironment,
    type: (Measure) throws(SegmentError) -> ExpressionType
  ) throws(SegmentError) {
    var measures: [Measure] = []
    var fields: [ExpressionRecord.Field] = []
    for (_, measure) in try SegmentCondition.measures(in: tree) where !measures.contains(measure) {
      fields.append(.init("m\(measures.count)", try type(measure)))
      measures.append(measure)
    }
    var environment = environment
    environment.declare(ExpressionRecord("measure", fields))
    environment.declare("measure", .record("measure"))
    self.environment = environment
    self.measures = measures
    self.tree = Self.replaced(tree, measures)
  }

  private static func replaced(_ tree: ExpressionTree, _ measures: [Measure]) -> ExpressionTree {
    if let measure = try? BehaviourReader.measure(tree), let number = measures.firstIndex(of: measure) {
      return ExpressionTree.name("measure").select("m\(number)")
    }
    func inner(_ tree: ExpressionTree) -> ExpressionTree { replaced(tree, measures) }
    switch tree.node {
    case .literal, .name: return tree
    case .select(let operand, let field, let optional): return inner(operand).select(field, optional: optional)
    case .operation(let sign, let operands): return ExpressionTree(.operation(sign, operands.map(inner)))
    case .call(let name, let target, let arguments):
      return ExpressionTree(.call(name, target: target.map(inner), arguments: arguments.map(inner)))
    case .list(let elements):
      return ExpressionTree(.list(elements.map { .init(inner($0.value), isOptional: $0.isOptional) }))
    case .map(let entries):
      return ExpressionTree(.map(entries.map { .init(inner($0.key), inner($0.value), isOptional: $0.isOptional) }))
    }
  }
}
