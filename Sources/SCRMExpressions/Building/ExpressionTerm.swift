/// A part of an expression with a type known to the Swift compiler: makes the same trees as the text does.
///
/// ```swift
/// let type = ExpressionTerm<String>(variable: "event.type")
/// let influence = ExpressionTerm<Double>(variable: "profile.influence")
/// let condition = type == "comment" && influence > 20.5
/// print(condition.tree)  // event.type == "comment" && profile.influence > 20.5
/// ```
///
/// The kinds are `Bool`, `Int64`, `UInt64`, `Double`, `String`, ``Instant``, `Duration` and arrays of them. What the
/// kinds promise about the variables is checked when the tree is compiled.
public struct ExpressionTerm<Kind: Sendable>: Sendable {
  /// The tree.
  public let tree: ExpressionTree

  /// Wraps a tree that is known to be of the kind.
  public init(tree: ExpressionTree) { self.tree = tree }

  /// A variable or a field of one, as a path: `profile.city`.
  ///
  /// A step of the path that is no name of the language is taken as a field in backticks.
  public init(variable path: String) {
    let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    tree = steps.dropFirst().reduce(.name(steps.first ?? "")) { $0.select($1) }
  }

  /// Whether the field has a value, `has(…)`.
  public var isPresent: ExpressionTerm<Bool> { .init(tree: .call("has", tree)) }

  func operation<Result>(_ sign: ExpressionOperator, _ other: Self) -> ExpressionTerm<Result> {
    ExpressionTerm<Result>(tree: .operation(sign, tree, other.tree))
  }
}

extension ExpressionTerm: ExpressibleByUnicodeScalarLiteral where Kind == String {
  /// A text.
  public init(unicodeScalarLiteral value: String) { self.init(tree: .literal(.string(value))) }
}

extension ExpressionTerm: ExpressibleByExtendedGraphemeClusterLiteral where Kind == String {
  /// A text.
  public init(extendedGraphemeClusterLiteral value: String) { self.init(tree: .literal(.string(value))) }
}

extension ExpressionTerm: ExpressibleByStringLiteral where Kind == String {
  /// A text; a variable is made by ``init(variable:)``.
  public init(stringLiteral value: String) { self.init(tree: .literal(.string(value))) }
}

extension ExpressionTerm: ExpressibleByIntegerLiteral where Kind: NumericExpressionKind {
  /// A number of the kind.
  public init(integerLiteral value: Int64) { self.init(tree: .literal(Kind.literal(value))) }
}

extension ExpressionTerm: ExpressibleByFloatLiteral where Kind == Double {
  /// A double.
  public init(floatLiteral value: Double) { self.init(tree: .literal(.double(value))) }
}

extension ExpressionTerm: ExpressibleByBooleanLiteral where Kind == Bool {
  /// A truth value.
  public init(booleanLiteral value: Bool) { self.init(tree: .literal(.bool(value))) }
}
