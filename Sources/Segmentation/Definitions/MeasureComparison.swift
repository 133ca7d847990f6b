public import SCRMModel

/// How a measure is compared with a constant.
public enum MeasureComparison: String, Sendable, Hashable, Codable, CaseIterable {
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

  /// The comparison that holds when this one does not.
  public var inverted: MeasureComparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The comparison with its sides changed.
  var mirrored: MeasureComparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }

  /// The operator of the language.
  var sign: ExpressionOperator {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }

  /// Whether two ordered values fulfil it.
  @inlinable
  public func holds<Ordered: Comparable>(_ left: Ordered, _ right: Ordered) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// Whether two values fulfil it by the order of the language; values that cannot be compared fulfil only `!=`.
  public func holds(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: return left.isEqual(to: right)
    case .notEqual: return !left.isEqual(to: right)
    default: break
    }
    switch (self, try? left.compare(to: right)) {
    case (.less, .ascending), (.greater, .descending): return true
    case (.lessOrEqual, .ascending), (.lessOrEqual, .same): return true
    case (.greaterOrEqual, .descending), (.greaterOrEqual, .same): return true
    default: return false
    }
  }
}
