// Checked arithmetic of the language (cel-spec, "Numeric Values" and "Timestamp and Duration").
extension Value {
  private static func overflow() -> ValueError { ValueError(.outOfRange, "the result does not fit in 64 bits") }

  private static func undefined(_ sign: String, _ left: Value, _ right: Value) -> ValueError {
    ValueError(.noSuchOverload, "'\(sign)' is not defined for \(left.typeName) and \(right.typeName)")
  }

  func negated() throws(ValueError) -> Value {
    switch self {
    case .int(let value):
      guard value != .min else { throw Self.overflow() }
      return .int(-value)
    case .double(let value): return .double(-value)
    default: throw ValueError(.noSuchOverload, "'-' is not defined for \(typeName)")
    }
  }

  func plus(_ other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.int(let l), .int(let r)): return .int(try Self.checked(l.addingReportingOverflow(r)))
    case (.uint(let l), .uint(let r)): return .uint(try Self.checked(l.addingReportingOverflow(r)))
    case (.double(let l), .double(let r)): return .double(l + r)
    case (.string(let l), .string(let r)): return .string(l + r)
    case (.bytes(let l), .bytes(let r)): return .bytes(l + r)
    case (.list(let l), .list(let r)): return .list(l + r)
    case (.timestamp(let l), .duration(let r)), (.duration(let r), .timestamp(let l)):
      return .timestamp(try l.shifted(by: r.wholeNanoseconds))
    case (.duration(let l), .duration(let r)):
      return .duration(try Duration.checked(nanoseconds: l.wholeNanoseconds + r.wholeNanoseconds))
    default: throw Self.undefined("+", self, other)
    }
  }

  func minus(_ other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.int(let l), .int(let r)): return .int(try Self.checked(l.subtractingReportingOverflow(r)))
    case (.uint(let l), .uint(let r)): return .uint(try Self.checked(l.subtractingReportingOverflow(r)))
    case (.double(let l), .double(let r)): return .double(l - r)
    case (.timestamp(let l), .timestamp(let r)):
      return .duration(try Duration.checked(nanoseconds: l.wholeNanoseconds - r.wholeNanoseconds))
    case (.timestamp(let l), .duration(let r)): return .timestamp(try l.shifted(by: -r.wholeNanoseconds))
    case (.duration(let l), .duration(let r)):
      return .duration(try Duration.checked(nanoseconds: l.wholeNanoseconds - r.wholeNanoseconds))
    default: throw Self.undefined("-", self, other)
    }
  }

  func times(_ other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.int(let l), .int(let r)): return .int(try Self.checked(l.multipliedReportingOverflow(by: r)))
    case (.uint(let l), .uint(let r)): return .uint(try Self.checked(l.multipliedReportingOverflow(by: r)))
    case (.double(let l), .double(let r)): return .double(l * r)
    default: throw Self.undefined("*", self, other)
    }
  }

  func divided(by other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.int(_), .int(0)), (.uint(_), .uint(0)): throw ValueError(.divisionByZero, "the divisor is zero")
    case (.int(let l), .int(let r)): return .int(try Self.checked(l.dividedReportingOverflow(by: r)))
    case (.uint(let l), .uint(let r)): return .uint(l / r)
    case (.double(let l), .double(let r)): return .double(l / r)
    default: throw Self.undefined("/", self, other)
    }
  }

  func remainder(by other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.int(_), .int(0)), (.uint(_), .uint(0)): throw ValueError(.divisionByZero, "the divisor is zero")
    case (.int(let l), .int(let r)): return .int(try Self.checked(l.remainderReportingOverflow(dividingBy: r)))
    case (.uint(let l), .uint(let r)): return .uint(l % r)
    default: throw Self.undefined("%", self, other)
    }
  }

  private static func checked<T>(_ result: (partialValue: T, overflow: Bool)) throws(ValueError) -> T {
    if result.overflow { throw overflow() }
    return result.partialValue
  }
}

extension Duration {
  /// The span in nanoseconds; what is finer is dropped.
  var wholeNanoseconds: Int128 {
    let (seconds, nanoseconds) = limitedParts
    return Int128(seconds) * 1_000_000_000 + Int128(nanoseconds)
  }

  /// The span of a number of nanoseconds of 64 bits, about ±292 years.
  static func checked(nanoseconds: Int128) throws(ValueError) -> Duration {
    guard let nanoseconds = Int64(exactly: nanoseconds) else {
      throw ValueError(.outOfRange, "a duration is at most 292 years")
    }
    return .nanoseconds(nanoseconds)
  }
}

extension Instant {
  var wholeNanoseconds: Int128 { Int128(secondsSinceEpoch) * 1_000_000_000 + Int128(nanoseconds) }

  /// The instant so many nanoseconds later.
  func shifted(by nanoseconds: Int128) throws(ValueError) -> Instant {
    let total = wholeNanoseconds + nanoseconds
    let seconds = total >= 0 ? total / 1_000_000_000 : -((999_999_999 - total) / 1_000_000_000)
    guard let whole = Int64(exactly: seconds),
      let instant = Instant(
        secondsSinceEpoch: whole, nanoseconds: Int32(truncatingIfNeeded: total - seconds * 1_000_000_000),
        utcOffset: utcOffset)
    else { throw ValueError(.outOfRange, "a timestamp lies in the years 0001 to 9999") }
    return instant
  }
}
