extension ConditionTree {
  /// Reads a tree; what is no group and no test of a field becomes an expression.
  ///
  /// O(n) in the nodes.
  public init(_ tree: ExpressionTree) {
    switch tree.node {
    case .operation(.and, let operands) where operands.count > 1: self = .all(operands.map(ConditionTree.init))
    case .operation(.or, let operands) where operands.count > 1: self = .any(operands.map(ConditionTree.init))
    case .operation(.not, let operands) where operands.count == 1: self = .not(ConditionTree(operands[0]))
    default:
      if let (field, test) = ConditionTest.test(of: tree) {
        self = .test(field, test)
      } else {
        self = .expression(tree)
      }
    }
  }

  /// The condition as a tree.
  ///
  /// O(n) in the nodes.
  public var tree: ExpressionTree {
    switch self {
    case .all(let conditions): Self.group(.and, conditions, empty: true)
    case .any(let conditions): Self.group(.or, conditions, empty: false)
    case .not(let condition): .operation(.not, condition.tree)
    case .test(let field, let test): test.tree(of: field)
    case .expression(let tree): tree
    }
  }

  private static func group(
    _ sign: ExpressionOperator, _ conditions: [ConditionTree], empty: Bool
  ) -> ExpressionTree {
    if conditions.count == 1 { return conditions[0].tree }
    return conditions.isEmpty ? .literal(.bool(empty)) : ExpressionTree(.operation(sign, conditions.map(\.tree)))
  }
}

extension ConditionTest {
  /// The test a tree is, with its field; `nil` for any other tree.
  fileprivate static func test(of tree: ExpressionTree) -> (ConditionField, ConditionTest)? {
    switch tree.node {
    case .name, .select: return ConditionField(tree).map { ($0, .isTrue) }
    case .operation(let sign, let operands) where operands.count == 2: return test(sign, operands[0], operands[1])
    case .call("has", target: nil, let arguments) where arguments.count == 1:
      return ConditionField(arguments[0]).map { ($0, .exists) }
    case .call(let function, let target?, let arguments) where arguments.count == 1:
      guard let test = TextTest(rawValue: function), let field = ConditionField(target),
        case .literal(.string(let text)) = arguments[0].node
      else { return nil }
      return (field, .text(test, text))
    default: return nil
    }
  }

  private static func test(
    _ sign: ExpressionOperator, _ left: ExpressionTree, _ right: ExpressionTree
  ) -> (ConditionField, ConditionTest)? {
    if sign == .in, case .literal(let literal) = left.node {
      return ConditionField(right).map { ($0, .includes(literal)) }
    }
    guard let field = ConditionField(left) else { return nil }
    if let comparison = Comparison(rawValue: sign.rawValue), case .literal(let literal) = right.node {
      return (field, .compares(comparison, literal))
    }
    guard sign == .in, case .list(let elements) = right.node else { return nil }
    var literals: [ExpressionLiteral] = []
    for element in elements {
      guard !element.isOptional, case .literal(let literal) = element.value.node else { return nil }
      literals.append(literal)
    }
    return (field, .isIn(literals))
  }

  fileprivate func tree(of field: ConditionField) -> ExpressionTree {
    switch self {
    case .compares(let comparison, let literal):
      .operation(comparison.operator, field.tree, .literal(literal))
    case .text(let test, let text): field.tree.call(test.rawValue, .literal(.string(text)))
    case .isIn(let literals):
      .operation(.in, field.tree, ExpressionTree(.list(literals.map { ExpressionTree.Element(.literal($0)) })))
    case .includes(let literal): .operation(.in, .literal(literal), field.tree)
    case .exists: .call("has", field.tree)
    case .isTrue: field.tree
    }
  }
}

extension ConditionTest.Comparison {
  fileprivate var `operator`: ExpressionOperator {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}
