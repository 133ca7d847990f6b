/// What a test asks of its field.
public enum ConditionTest: Sendable {
  /// The field compared with a literal: `==`, `!=`, `<`, `<=`, `>` or `>=`.
  case compares(Comparison, ExpressionLiteral)
  /// A text tested for a part of it, or for a match of a regular expression.
  case text(TextTest, String)
  /// The field is one of the literals, `field in [a, b]`.
  case isIn([ExpressionLiteral])
  /// The field is a list that holds the literal, or a map with that key, `literal in field`.
  case includes(ExpressionLiteral)
  /// The field has a value, `has(field)`.
  case exists
  /// The field is true.
  case isTrue

  /// How a field is compared; the raw value is the operator of the JSON form.
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    /// Equal.
    case equal = "=="
    /// Not equal.
    case notEqual = "!="
    /// Less.
    case less = "<"
    /// Less or equal.
    case lessOrEqual = "<="
    /// Greater.
    case greater = ">"
    /// Greater or equal.
    case greaterOrEqual = ">="
  }

  /// How a text is tested; the raw value is the operator of the JSON form and the function called.
  public enum TextTest: String, Sendable, Hashable, CaseIterable {
    /// Holds the text.
    case contains
    /// Starts with the text.
    case startsWith
    /// Ends with the text.
    case endsWith
    /// Holds a match of the regular expression.
    case matches
  }
}

extension ConditionTest: Hashable {
  /// Whether both ask the same; text by bytes.
  public static func == (left: ConditionTest, right: ConditionTest) -> Bool {
    switch (left, right) {
    case (.compares(let l, let lValue), .compares(let r, let rValue)): l == r && lValue == rValue
    case (.text(let l, let lText), .text(let r, let rText)): l == r && lText.sameBytes(as: rText)
    case (.isIn(let l), .isIn(let r)): l == r
    case (.includes(let l), .includes(let r)): l == r
    case (.exists, .exists), (.isTrue, .isTrue): true
    default: false
    }
  }

  /// Hashes the operator and its value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    switch self {
    case .compares(_, let literal), .includes(let literal): hasher.combine(literal)
    case .text(_, let text): text.hashBytes(into: &hasher)
    case .isIn(let literals): hasher.combine(literals)
    case .exists, .isTrue: break
    }
  }

  /// The operator of the JSON form.
  var name: String {
    switch self {
    case .compares(let comparison, _): comparison.rawValue
    case .text(let test, _): test.rawValue
    case .isIn: "in"
    case .includes: "includes"
    case .exists: "exists"
    case .isTrue: "isTrue"
    }
  }

  /// Every operator of the JSON form, for messages.
  static let names =
    Comparison.allCases.map(\.rawValue) + TextTest.allCases.map(\.rawValue) + ["in", "includes", "exists", "isTrue"]
}
