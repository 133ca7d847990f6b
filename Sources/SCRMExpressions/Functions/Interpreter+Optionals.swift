extension Interpreter {
  /// Functions of optional values.
  mutating func callOptional(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    guard let value = arguments.first else { return .optional(nil) }
    switch function {
    case .optionalOf: return .optional(value)
    case .optionalOfNonZero: return .optional(value.isZero ? nil : value)
    case .hasValue:
      guard let optional = value.optionalValue else { break }
      return .bool(optional.wrapped != nil)
    case .optionalValue:
      guard let optional = value.optionalValue else { break }
      guard let wrapped = optional.wrapped else {
        throw ValueError(.invalidArgument, "the optional value is empty; orValue gives another one")
      }
      return wrapped
    case .optionalUnwrap:
      guard case .list(let values) = value else { break }
      try spend(values.count)
      var kept: [Value] = []
      for element in values {
        guard let optional = element.optionalValue else { throw undefined(function, arguments) }
        if let wrapped = optional.wrapped { kept.append(wrapped) }
      }
      return .list(kept)
    default: break
    }
    throw undefined(function, arguments)
  }
}

extension Value {
  /// Whether the value is the empty one of its kind.
  fileprivate var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let values): values.isEmpty
    case .map(let map): map.isEmpty
    case .timestamp(let instant): instant == .epoch
    case .duration(let duration): duration == .zero
    case .type: false
    case .opaque(let value): (value as? OptionalValue).map { $0.wrapped == nil } ?? false
    }
  }
}
