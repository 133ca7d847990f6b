/// Checks a tree against an environment and lays it out as a plan, in one walk.
///
/// Unchecked, what does not resolve becomes an error of the evaluation instead of a diagnostic.
struct Compiler {
  let environment: ExpressionEnvironment
  let isChecked: Bool
  var plan = Plan()
  var types = TypeUnifier()
  private(set) var diagnostics: [ExpressionDiagnostic] = []
  /// Variables of loops and of `cel.bind`, the innermost last.
  var scope: [(name: String, local: Int32, type: ExpressionType)] = []

  /// A part that is laid out.
  struct Part {
    var node: Int32
    var type: ExpressionType
  }

  init(_ environment: ExpressionEnvironment, isChecked: Bool) {
    self.environment = environment
    self.isChecked = isChecked
    plan.variables = environment.variables
    plan.nodes.reserveCapacity(16)
    plan.locations.reserveCapacity(16)
  }

  // MARK: Results

  mutating func report(
    _ code: ExpressionDiagnostic.Code, _ message: String, at tree: ExpressionTree, suggestion: String? = nil
  ) {
    guard isChecked || code == .macro, diagnostics.count < environment.limits.maximumErrors else { return }
    diagnostics.append(ExpressionDiagnostic(code, message, at: tree.location, suggestion: suggestion))
  }

  mutating func emit(_ node: PlanNode, _ type: ExpressionType, at tree: ExpressionTree) -> Part {
    plan.nodes.append(node)
    plan.locations.append(tree.location)
    return Part(node: Int32(plan.nodes.count - 1), type: type)
  }

  mutating func constant(_ value: Value, _ type: ExpressionType, at tree: ExpressionTree) -> Part {
    plan.constants.append(value)
    return emit(.constant(Int32(plan.constants.count - 1)), type, at: tree)
  }

  mutating func run(_ parts: [Part]) -> PlanNode.Run {
    let start = Int32(plan.children.count)
    for part in parts { plan.children.append(part.node) }
    return PlanNode.Run(start: start, count: Int32(parts.count))
  }

  mutating func name(_ text: String) -> Int32 {
    for (index, known) in plan.names.enumerated() where known.sameBytes(as: text) { return Int32(index) }
    plan.names.append(text)
    return Int32(plan.names.count - 1)
  }

  mutating func local(_ name: String, _ type: ExpressionType) -> Int32 {
    let index = Int32(scope.count)
    scope.append((name: name, local: index, type: type))
    plan.localCount = max(plan.localCount, scope.count)
    return index
  }

  /// Whether a part is a constant.
  func value(_ part: Part) -> Value? {
    if case .constant(let index) = plan.nodes[Int(part.node)] { plan.constants[Int(index)] } else { nil }
  }

  // MARK: Walk

  /// Lays out a tree; `nil` type demands nothing.
  mutating func compile(_ tree: ExpressionTree) -> Part {
    switch tree.node {
    case .literal(let literal): return constant(literal.value, Self.type(of: literal), at: tree)
    case .name, .select(_, _, optional: false): return compileName(tree)
    case .select(let operand, let field, optional: true):
      let part = compile(operand)
      return select(part, field, optional: true, at: tree)
    case .operation(let sign, let operands): return compile(sign, operands, at: tree)
    case .call(let function, let target, let arguments):
      return compileCall(function, target: target, arguments, at: tree)
    case .list(let elements): return compileList(elements, at: tree)
    case .map(let entries): return compileMap(entries, at: tree)
    }
  }

  /// The plan of a whole tree.
  mutating func finish(_ tree: ExpressionTree, source: String) throws(ExpressionError) -> (Plan, ExpressionType) {
    let part = compile(tree)
    guard diagnostics.isEmpty else { throw ExpressionError(diagnostics, source: source) }
    plan.root = part.node
    return (plan, types.final(part.type))
  }

  private static func type(of literal: ExpressionLiteral) -> ExpressionType {
    switch literal {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    }
  }
}
