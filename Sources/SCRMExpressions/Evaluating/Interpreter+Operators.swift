extension Interpreter {
  /// An operator on two values.
  mutating func apply(_ sign: ExpressionOperator, _ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch sign {
    case .equal:
      try spend(comparing: left, right)
      return .bool(left.isEqual(to: right))
    case .notEqual:
      try spend(comparing: left, right)
      return .bool(!left.isEqual(to: right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      try spend(size: min(left.size, right.size))
      let order = try left.compare(to: right)
      switch sign {
      case .less: return .bool(order == .ascending)
      case .lessOrEqual: return .bool(order == .ascending || order == .same)
      case .greater: return .bool(order == .descending)
      default: return .bool(order == .descending || order == .same)
      }
    case .in:
      if case .list(let values) = right { try spend(values.count) }
      return .bool(try left.isContained(in: right))
    case .add:
      switch left {
      case .string, .bytes: try spend(size: left.size + right.size)
      case .list: try spend(left.size + right.size)
      default: break
      }
      return try left.plus(right)
    case .subtract: return try left.minus(right)
    case .multiply: return try left.times(right)
    case .divide: return try left.divided(by: right)
    default: return try left.remainder(by: right)
    }
  }

  /// Comparing containers costs all their parts.
  private mutating func spend(comparing left: Value, _ right: Value) throws(ValueError) {
    switch (left, right) {
    case (.list, .list), (.map, .map): try spend(min(left.deepSize, right.deepSize))
    case (.string, .string), (.bytes, .bytes): try spend(size: min(left.size, right.size))
    default: break
    }
  }
}

extension Value {
  /// The number of parts at all levels.
  var deepSize: Int {
    switch self {
    case .list(let values): values.reduce(1) { $0 + $1.deepSize }
    case .map(let map): map.entries.reduce(1) { $0 + 1 + $1.value.deepSize }
    case .opaque(let value): (value as? OptionalValue)?.wrapped.map { 1 + $0.deepSize } ?? 1
    default: 1 + size / 10
    }
  }
}
