/// A kind whose terms have an order.
public protocol OrderedExpressionKind: Sendable {}

/// A kind whose terms can be added, subtracted and multiplied.
public protocol NumericExpressionKind: OrderedExpressionKind {
  /// The literal of a whole number.
  static func literal(_ value: Int64) -> ExpressionLiteral
}

extension Int64: NumericExpressionKind {
  /// An int.
  public static func literal(_ value: Int64) -> ExpressionLiteral { .int(value) }
}

extension UInt64: NumericExpressionKind {
  /// A uint; a negative number stays an int, which the checker refuses.
  public static func literal(_ value: Int64) -> ExpressionLiteral {
    UInt64(exactly: value).map { .uint($0) } ?? .int(value)
  }
}

extension Double: NumericExpressionKind {
  /// A double.
  public static func literal(_ value: Int64) -> ExpressionLiteral { .double(Double(value)) }
}

extension String: OrderedExpressionKind {}
extension Instant: OrderedExpressionKind {}
extension Duration: OrderedExpressionKind {}

extension ExpressionTerm {
  /// Equality.
  public static func == (left: Self, right: Self) -> ExpressionTerm<Bool> { left.operation(.equal, right) }
  /// Inequality.
  public static func != (left: Self, right: Self) -> ExpressionTerm<Bool> { left.operation(.notEqual, right) }

  /// Membership in a list of terms.
  public func isIn(_ values: [Self]) -> ExpressionTerm<Bool> {
    ExpressionTerm<Bool>(
      tree: .operation(.in, tree, ExpressionTree(.list(values.map { ExpressionTree.Element($0.tree) }))))
  }

  /// Membership in a list that is a variable.
  public func isIn(_ list: ExpressionTerm<[Kind]>) -> ExpressionTerm<Bool> {
    ExpressionTerm<Bool>(tree: .operation(.in, tree, list.tree))
  }
}

extension ExpressionTerm where Kind: OrderedExpressionKind {
  /// Less than.
  public static func < (left: Self, right: Self) -> ExpressionTerm<Bool> { left.operation(.less, right) }
  /// Less than or equal.
  public static func <= (left: Self, right: Self) -> ExpressionTerm<Bool> { left.operation(.lessOrEqual, right) }
  /// Greater than.
  public static func > (left: Self, right: Self) -> ExpressionTerm<Bool> { left.operation(.greater, right) }
  /// Greater than or equal.
  public static func >= (left: Self, right: Self) -> ExpressionTerm<Bool> { left.operation(.greaterOrEqual, right) }
}

extension ExpressionTerm where Kind: NumericExpressionKind {
  /// Sum.
  public static func + (left: Self, right: Self) -> Self { left.operation(.add, right) }
  /// Difference.
  public static func - (left: Self, right: Self) -> Self { left.operation(.subtract, right) }
  /// Product.
  public static func * (left: Self, right: Self) -> Self { left.operation(.multiply, right) }
  /// Quotient.
  public static func / (left: Self, right: Self) -> Self { left.operation(.divide, right) }
}

extension ExpressionTerm where Kind == Bool {
  /// Both hold; a chain is one node, as in text.
  public static func && (left: Self, right: Self) -> Self { left.chained(.and, right) }
  /// One holds; a chain is one node, as in text.
  public static func || (left: Self, right: Self) -> Self { left.chained(.or, right) }
  /// It does not hold.
  public static prefix func ! (operand: Self) -> Self { Self(tree: .operation(.not, operand.tree)) }

  /// A value for either case.
  public func then<Result>(
    _ whenTrue: ExpressionTerm<Result>, otherwise whenFalse: ExpressionTerm<Result>
  ) -> ExpressionTerm<Result> {
    ExpressionTerm<Result>(tree: .operation(.conditional, tree, whenTrue.tree, whenFalse.tree))
  }

  private func chained(_ sign: ExpressionOperator, _ other: Self) -> Self {
    if case .operation(sign, let operands) = tree.node {
      return Self(tree: ExpressionTree(.operation(sign, operands + [other.tree])))
    }
    return operation(sign, other)
  }
}

extension ExpressionTerm where Kind == String {
  /// Whether the text contains a part.
  public func contains(_ part: Self) -> ExpressionTerm<Bool> { .init(tree: tree.call("contains", part.tree)) }
  /// Whether the text starts with a part.
  public func startsWith(_ part: Self) -> ExpressionTerm<Bool> { .init(tree: tree.call("startsWith", part.tree)) }
  /// Whether the text ends with a part.
  public func endsWith(_ part: Self) -> ExpressionTerm<Bool> { .init(tree: tree.call("endsWith", part.tree)) }
  /// Whether a part of the text matches a pattern in RE2 syntax.
  public func matches(_ pattern: Self) -> ExpressionTerm<Bool> { .init(tree: tree.call("matches", pattern.tree)) }
  /// The number of code points.
  public var size: ExpressionTerm<Int64> { .init(tree: .call("size", tree)) }
}

extension ExpressionTerm {
  /// Whether an element fulfils a condition, `list.exists(name, …)`.
  public func exists<Element>(
    _ name: String = "e", _ condition: (ExpressionTerm<Element>) -> ExpressionTerm<Bool>
  ) -> ExpressionTerm<Bool> where Kind == [Element] {
    .init(tree: tree.call("exists", .name(name), condition(ExpressionTerm<Element>(tree: .name(name))).tree))
  }

  /// Whether every element fulfils a condition, `list.all(name, …)`.
  public func all<Element>(
    _ name: String = "e", _ condition: (ExpressionTerm<Element>) -> ExpressionTerm<Bool>
  ) -> ExpressionTerm<Bool> where Kind == [Element] {
    .init(tree: tree.call("all", .name(name), condition(ExpressionTerm<Element>(tree: .name(name))).tree))
  }
}
