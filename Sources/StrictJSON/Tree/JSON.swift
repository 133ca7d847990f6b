/// A JSON document (RFC 8259) as a tree that keeps what was written: member order, number lexemes, string bytes.
///
/// `==` compares strings by their UTF-8 bytes and numbers by their lexemes, so `1.0` and `1` differ.
public enum JSON: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, as written.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An array.
  case array([JSON])
  /// An object; members keep their order.
  case object(JSONObject)
}

extension JSON {
  /// The name of the kind, for messages.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Whether this is `null`.
  public var isNull: Bool { if case .null = self { true } else { false } }

  /// The object, or an error that names the kind found.
  public func objectValue() throws(JSONError) -> JSONObject {
    if case .object(let value) = self { return value }
    throw mismatch("an object")
  }

  /// The elements, or an error that names the kind found.
  public func arrayValue() throws(JSONError) -> [JSON] {
    if case .array(let value) = self { return value }
    throw mismatch("an array")
  }

  /// The string, or an error that names the kind found.
  public func stringValue() throws(JSONError) -> String {
    if case .string(let value) = self { return value }
    throw mismatch("a string")
  }

  /// The truth value, or an error that names the kind found.
  public func boolValue() throws(JSONError) -> Bool {
    if case .bool(let value) = self { return value }
    throw mismatch("a truth value")
  }

  /// The integer, or an error that names the kind found or the range.
  public func int64Value() throws(JSONError) -> Int64 {
    guard case .number(let number) = self else { throw mismatch("an integer") }
    guard let value = number.int64 else { throw JSONError(.numberRange, "expected an integer of 64 signed bits") }
    return value
  }

  /// The non-negative integer, or an error that names the kind found or the range.
  public func uint64Value() throws(JSONError) -> UInt64 {
    guard case .number(let number) = self else { throw mismatch("a non-negative integer") }
    guard let value = number.uint64 else { throw JSONError(.numberRange, "expected an integer of 64 unsigned bits") }
    return value
  }

  /// The number as the nearest double, or an error that names the kind found or the range.
  public func doubleValue() throws(JSONError) -> Double {
    guard case .number(let number) = self else { throw mismatch("a number") }
    guard let value = number.double else {
      throw JSONError(.numberRange, "expected a number within 64-bit floating point")
    }
    return value
  }

  func mismatch(_ expected: String) -> JSONError { JSONError(.typeMismatch, "expected \(expected), found \(kindName)") }
}

extension JSON: Hashable {
  /// Whether both have the same kind and content; see the type for strings and numbers.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let l), .bool(let r)): l == r
    case (.number(let l), .number(let r)): l == r
    case (.string(let l), .string(let r)): UTF8Text.same(l, r)
    case (.array(let l), .array(let r)): l == r
    case (.object(let l), .object(let r)): l == r
    default: false
    }
  }

  /// Hashes kind and content.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let number): hasher.combine(number)
    case .string(let text): UTF8Text.hash(text, into: &hasher)
    case .array(let elements): hasher.combine(elements)
    case .object(let object): hasher.combine(object)
    }
  }
}
