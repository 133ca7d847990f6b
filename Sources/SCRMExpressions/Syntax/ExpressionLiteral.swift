/// A literal of the language.
public enum ExpressionLiteral: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A signed integer, also a negative one.
  case int(Int64)
  /// An unsigned integer, `5u`.
  case uint(UInt64)
  /// A finite number, `5.0`.
  case double(Double)
  /// Text.
  case string(String)
  /// Bytes, `b"…"`.
  case bytes([UInt8])

  /// The value.
  public var value: Value {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .bytes(let value): .bytes(value)
    }
  }

  /// The literal of a value; `nil` for kinds that have none (lists, maps, times, types, NaN and infinities).
  public init?(_ value: Value) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self = .uint(value)
    case .double(let value):
      guard value.isFinite else { return nil }
      self = .double(value)
    case .string(let value): self = .string(value)
    case .bytes(let value): self = .bytes(value)
    default: return nil
    }
  }
}

extension ExpressionLiteral: Hashable {
  /// Same kind and same content: strings by bytes, zero and negative zero apart.
  public static func == (left: Self, right: Self) -> Bool {
    if case .double(let l) = left, case .double(let r) = right { return l.bitPattern == r.bitPattern }
    return left.value == right.value
  }

  /// Hashes kind and content.
  public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
