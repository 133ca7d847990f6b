extension Interpreter {
  /// The math extension.
  mutating func callMathematics(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    switch function {
    case .greatest, .least: return try extreme(function, arguments)
    case .bitAnd, .bitOr, .bitXor, .bitShiftLeft, .bitShiftRight:
      guard arguments.count == 2 else { break }
      return try bits(function, arguments)
    default: break
    }
    guard let value = arguments.first, arguments.count == 1 else { throw undefined(function, arguments) }
    switch (function, value) {
    case (.abs, .int(let value)):
      guard value != .min else { throw ValueError(.outOfRange, "the result does not fit in 64 bits") }
      return .int(Swift.abs(value))
    case (.abs, .uint): return value
    case (.abs, .double(let value)): return .double(Swift.abs(value))
    case (.sign, .int(let value)): return .int(value.signum())
    case (.sign, .uint(let value)): return .uint(value == 0 ? 0 : 1)
    case (.sign, .double(let value)): return .double(value.isNaN ? value : (value > 0 ? 1 : (value < 0 ? -1 : 0)))
    case (.bitNot, .int(let value)): return .int(~value)
    case (.bitNot, .uint(let value)): return .uint(~value)
    case (.squareRoot, _):
      guard let number = value.doubleValue else { break }
      return .double(number.squareRoot())
    case (_, .double(let value)): if let result = Self.double(function, value) { return result }
    default: break
    }
    throw undefined(function, arguments)
  }

  private static func double(_ function: BuiltInFunction, _ value: Double) -> Value? {
    switch function {
    case .ceil: .double(value.rounded(.up))
    case .floor: .double(value.rounded(.down))
    case .round: .double(value.rounded(.toNearestOrAwayFromZero))
    case .trunc: .double(value.rounded(.towardZero))
    case .isNaN: .bool(value.isNaN)
    case .isInf: .bool(value.isInfinite)
    case .isFinite: .bool(value.isFinite)
    default: Optional<Value>.none
    }
  }

  private mutating func extreme(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    var values = arguments
    if arguments.count == 1, case .list(let list) = arguments[0] { values = list }
    try spend(values.count)
    guard var best = values.first, best.doubleValue != nil else {
      throw ValueError(.noSuchOverload, "expected numbers or a list of numbers that is not empty")
    }
    for value in values.dropFirst() {
      guard value.doubleValue != nil else { throw undefined(function, arguments) }
      let order = try value.compare(to: best)
      if order == (function == .greatest ? .descending : .ascending) { best = value }
    }
    return best
  }

  private func bits(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    switch (function, arguments[0], arguments[1]) {
    case (.bitAnd, .int(let l), .int(let r)): return .int(l & r)
    case (.bitAnd, .uint(let l), .uint(let r)): return .uint(l & r)
    case (.bitOr, .int(let l), .int(let r)): return .int(l | r)
    case (.bitOr, .uint(let l), .uint(let r)): return .uint(l | r)
    case (.bitXor, .int(let l), .int(let r)): return .int(l ^ r)
    case (.bitXor, .uint(let l), .uint(let r)): return .uint(l ^ r)
    case (.bitShiftLeft, .int(let value), .int(let count)):
      return .int(value << (try Self.shift(count)))
    case (.bitShiftLeft, .uint(let value), .int(let count)):
      return .uint(value << (try Self.shift(count)))
    // Right shifts fill with zeros, also those of negative numbers.
    case (.bitShiftRight, .int(let value), .int(let count)):
      return .int(Int64(bitPattern: UInt64(bitPattern: value) >> (try Self.shift(count))))
    case (.bitShiftRight, .uint(let value), .int(let count)):
      return .uint(value >> (try Self.shift(count)))
    default: throw undefined(function, arguments)
    }
  }

  private static func shift(_ count: Int64) throws(ValueError) -> Int64 {
    guard count >= 0 else { throw ValueError(.invalidArgument, "the number of bits to shift is negative") }
    return min(count, 64)
  }
}
