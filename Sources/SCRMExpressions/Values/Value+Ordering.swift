extension Value {
  /// The order of the language: numbers across kinds, text and bytes lexicographically, `false` before `true`, time.
  ///
  /// Follows cel-spec "Ordering". A `NaN` gives ``ValueOrder/unordered``, for which `<`, `<=`, `>` and `>=` are all false.
  /// - Throws: ``ValueError`` with the code `noSuchOverload` for kinds that have no order with each other.
  public func compare(to other: Value) throws(ValueError) -> ValueOrder {
    switch (self, other) {
    case (.int, .int), (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double),
      (.double, .int), (.double, .uint), (.double, .double):
      return Self.numericOrder(self, other)
    case (.bool(let l), .bool(let r)): return l == r ? .same : (r ? .ascending : .descending)
    case (.string(let l), .string(let r)): return l.byteOrder(r)
    case (.bytes(let l), .bytes(let r)):
      return l == r ? .same : (l.lexicographicallyPrecedes(r) ? .ascending : .descending)
    case (.timestamp(let l), .timestamp(let r)): return l < r ? .ascending : (l == r ? .same : .descending)
    case (.duration(let l), .duration(let r)): return l < r ? .ascending : (l == r ? .same : .descending)
    case (.opaque(let l), .opaque(let r)): return try l.compare(to: r)
    default:
      throw ValueError(.noSuchOverload, "\(typeName) and \(other.typeName) have no order")
    }
  }

  /// The exact order of two numbers of any kinds; anything else is unordered.
  static func numericOrder(_ left: Value, _ right: Value) -> ValueOrder {
    switch (left, right) {
    case (.int(let l), .int(let r)): order(l, r)
    case (.uint(let l), .uint(let r)): order(l, r)
    case (.double(let l), .double(let r)): l.isNaN || r.isNaN ? .unordered : order(l, r)
    case (.int(let l), .uint(let r)): l < 0 ? .ascending : order(UInt64(l), r)
    case (.uint, .int), (.double, .int), (.double, .uint): reversed(numericOrder(right, left))
    case (.int(let l), .double(let r)): integerOrder(l, r)
    case (.uint(let l), .double(let r)): integerOrder(l, r)
    default: .unordered
    }
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> ValueOrder {
    left < right ? .ascending : (left == right ? .same : .descending)
  }

  private static func reversed(_ order: ValueOrder) -> ValueOrder {
    switch order {
    case .ascending: .descending
    case .descending: .ascending
    default: order
    }
  }

  // An integer is compared with a double without rounding it first: 2^53 + 1 is greater than 2^53 as a double.
  private static func integerOrder<T: FixedWidthInteger>(_ left: T, _ right: Double) -> ValueOrder {
    if right.isNaN { return .unordered }
    if let exact = T(exactly: right.rounded(.down)) {
      if left != exact { return order(left, exact) }
      return right > right.rounded(.down) ? .ascending : .same
    }
    return right < 0 ? .descending : .ascending
  }
}
