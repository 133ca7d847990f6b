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

  /// The order of two numbers of any kinds; anything else is unordered.
  ///
  /// Integers are compared exactly. With a double an integer is compared as the nearest double, so that 2^63 − 1 and
  /// 2^63 as a double are equal: the conformance tests of cel-spec (`lte_dyn_big_double_int`) ask for it.
  static func numericOrder(_ left: Value, _ right: Value) -> ValueOrder {
    switch (left, right) {
    case (.int(let l), .int(let r)): order(l, r)
    case (.uint(let l), .uint(let r)): order(l, r)
    case (.double(let l), .double(let r)): order(l, r)
    case (.int(let l), .uint(let r)): l < 0 ? .ascending : order(UInt64(l), r)
    case (.uint, .int), (.double, .int), (.double, .uint): reversed(numericOrder(right, left))
    case (.int(let l), .double(let r)): order(Double(l), r)
    case (.uint(let l), .double(let r)): order(Double(l), r)
    default: .unordered
    }
  }

  private static func order(_ left: Double, _ right: Double) -> ValueOrder {
    left.isNaN || right.isNaN ? .unordered : (left < right ? .ascending : (left == right ? .same : .descending))
  }

  private static func order<T: FixedWidthInteger>(_ left: T, _ right: T) -> ValueOrder {
    left < right ? .ascending : (left == right ? .same : .descending)
  }

  private static func reversed(_ order: ValueOrder) -> ValueOrder {
    switch order {
    case .ascending: .descending
    case .descending: .ascending
    default: order
    }
  }
}
