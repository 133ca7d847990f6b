/// Lists conditions one a line, with `if` and `for` of Swift among them.
@resultBuilder
public enum ConditionBuilder {
  /// A condition.
  public static func buildExpression(_ condition: ExpressionTerm<Bool>) -> [ExpressionTerm<Bool>] { [condition] }
  /// A block.
  public static func buildBlock(_ parts: [ExpressionTerm<Bool>]...) -> [ExpressionTerm<Bool>] { parts.flatMap { $0 } }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [ExpressionTerm<Bool>]?) -> [ExpressionTerm<Bool>] { part ?? [] }
  /// The first branch of an `if`.
  public static func buildEither(first part: [ExpressionTerm<Bool>]) -> [ExpressionTerm<Bool>] { part }
  /// The other branch of an `if`.
  public static func buildEither(second part: [ExpressionTerm<Bool>]) -> [ExpressionTerm<Bool>] { part }
  /// A loop.
  public static func buildArray(_ parts: [[ExpressionTerm<Bool>]]) -> [ExpressionTerm<Bool>] { parts.flatMap { $0 } }
}

extension ExpressionTerm where Kind == Bool {
  /// All of the conditions; `true` when there are none.
  public static func all(@ConditionBuilder _ conditions: () -> [Self]) -> Self { joined(.and, conditions()) }

  /// Any of the conditions; `false` when there are none.
  public static func any(@ConditionBuilder _ conditions: () -> [Self]) -> Self { joined(.or, conditions()) }

  private static func joined(_ sign: ExpressionOperator, _ conditions: [Self]) -> Self {
    switch conditions.count {
    case 0: Self(tree: .literal(.bool(sign == .and)))
    case 1: conditions[0]
    default: Self(tree: ExpressionTree(.operation(sign, conditions.map(\.tree))))
    }
  }
}
