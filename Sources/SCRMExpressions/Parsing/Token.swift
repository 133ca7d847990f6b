/// A token of an expression.
struct Token {
  enum Kind: UInt8 {
    case end, invalid
    case name, escapedName
    case int, uint, double, string, bytes
    case `true`, `false`, null, `in`
    case and, or, not, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, star, slash, percent
    case question, colon, comma, dot
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  }

  var kind: Kind
  var start: Int32
  var end: Int32

  /// The operator between two operands; `nil` for any other token.
  var binaryOperator: ExpressionOperator? {
    switch kind {
    case .and: .and
    case .or: .or
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .in: .in
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .percent: .remainder
    default: nil
    }
  }
}
