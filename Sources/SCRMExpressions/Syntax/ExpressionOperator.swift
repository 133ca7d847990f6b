/// An operator of the language; its raw value is the name in the JSON form.
public enum ExpressionOperator: String, Sendable, Hashable, CaseIterable {
  /// Conjunction of two or more operands, `a && b && c`.
  case and = "&&"
  /// Disjunction of two or more operands, `a || b || c`.
  case or = "||"
  /// Negation of a truth value, `!a`.
  case not = "!"
  /// The negative of a number, `-a`.
  case negate = "-x"
  /// Condition, value when true, value when false: `a ? b : c`.
  case conditional = "?:"
  /// Equality.
  case equal = "=="
  /// Inequality.
  case notEqual = "!="
  /// Less than.
  case less = "<"
  /// Less than or equal.
  case lessOrEqual = "<="
  /// Greater than.
  case greater = ">"
  /// Greater than or equal.
  case greaterOrEqual = ">="
  /// Membership in a list or among the keys of a map.
  case `in` = "in"
  /// Sum or concatenation.
  case add = "+"
  /// Difference.
  case subtract = "-"
  /// Product.
  case multiply = "*"
  /// Quotient.
  case divide = "/"
  /// Remainder.
  case remainder = "%"
  /// Element of a list or map, `a[b]`.
  case index = "[]"
  /// Optional element of a list or map, `a[?b]`.
  case optionalIndex = "[?]"

  /// The number of operands, at least two for `and` and `or`.
  public var operandCount: ClosedRange<Int> {
    switch self {
    case .and, .or: 2...Int.max
    case .not, .negate: 1...1
    case .conditional: 3...3
    default: 2...2
    }
  }

  /// How tightly the operator binds: 1 (conditional) to 8 (index).
  package var precedence: Int {
    switch self {
    case .conditional: 1
    case .or: 2
    case .and: 3
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: 4
    case .add, .subtract: 5
    case .multiply, .divide, .remainder: 6
    case .not, .negate: 7
    case .index, .optionalIndex: 8
    }
  }
}
