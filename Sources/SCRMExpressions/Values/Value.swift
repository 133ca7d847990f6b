/// A dynamically typed value of the Common Expression Language (CEL).
///
/// Traits and interaction properties are values, so every fact can be used in every condition without glue. The kinds,
/// equality and ordering are those of the CEL specification (google/cel-spec, `doc/langdef.md`), with one opaque kind
/// for host types such as money.
///
/// Swift's `==` and hashing are *structural*: same kind and same content, strings by bytes, `NaN` equal to itself. That
/// makes values usable as dictionary keys and comparable after a round trip. The equality of the language, where
/// `1 == 1.0` and `NaN != NaN`, is ``isEqual(to:)``.
public enum Value: Sendable {
  /// The null value.
  case null
  /// A truth value.
  case bool(Bool)
  /// A signed 64-bit integer.
  case int(Int64)
  /// An unsigned 64-bit integer.
  case uint(UInt64)
  /// A 64-bit IEEE 754 number.
  case double(Double)
  /// Unicode text, compared by its UTF-8 bytes.
  case string(String)
  /// A sequence of bytes.
  case bytes([UInt8])
  /// A list of values of any kinds.
  case list([Value])
  /// A map from keys to values.
  case map(ValueMap)
  /// A point in time.
  case timestamp(Instant)
  /// A span of time.
  case duration(Duration)
  /// A type, as returned by the CEL function `type`.
  case type(String)
  /// A host type with its own checked equality and ordering.
  case opaque(any OpaqueValue)
}

/// A host type that takes part in conditions without being taken apart, such as money.
public protocol OpaqueValue: Sendable, Hashable {
  /// The name of the type in conditions and in the JSON form, such as `money`.
  static var typeName: String { get }
  /// The order of this value and `other`.
  /// - Throws: ``ValueError`` with the code `noSuchOverload` when the two cannot be compared (other type, other currency).
  func compare(to other: any OpaqueValue) throws(ValueError) -> ValueOrder
  /// The content for the tagged JSON form.
  var tagged: Value { get }
}

/// The result of comparing two values.
public enum ValueOrder: Sendable, Hashable {
  /// The left value is smaller.
  case ascending
  /// Neither is smaller.
  case same
  /// The left value is greater.
  case descending
  /// A `NaN` takes part: every ordering is false.
  case unordered
}

/// Why an operation on values has no result.
public struct ValueError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; new codes may be added.
  public struct Code: Sendable, Hashable {
    /// The name of the code.
    public let name: String
    /// The operation is not defined for the kinds given.
    public static let noSuchOverload = Code(name: "noSuchOverload")
    /// A map key is of a kind that cannot be one.
    public static let invalidKey = Code(name: "invalidKey")
    /// A map names the same key twice.
    public static let duplicateKey = Code(name: "duplicateKey")
    /// A number, time or duration is out of its range.
    public static let outOfRange = Code(name: "outOfRange")
    /// A number is divided by zero.
    public static let divisionByZero = Code(name: "divisionByZero")
    /// A map has no such key, or a record no such field.
    public static let noSuchKey = Code(name: "noSuchKey")
    /// An index lies outside of a list or text.
    public static let indexOutOfRange = Code(name: "indexOutOfRange")
    /// A value cannot be converted, or an argument has no meaning for the function.
    public static let invalidArgument = Code(name: "invalidArgument")
    /// A name has no value.
    public static let unknownName = Code(name: "unknownName")
    /// A function is not declared.
    public static let unknownFunction = Code(name: "unknownFunction")
    /// The evaluation costs more than its budget.
    public static let budgetExceeded = Code(name: "budgetExceeded")
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was wrong and what was expected, without the values.
  public let reason: String

  /// Creates an error.
  public init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  /// The code and the reason.
  public var description: String { "\(code.name): \(reason)" }
}

extension Value {
  /// The name of the value's CEL type, such as `int` or `timestamp`.
  public var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .map: "map"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .type: "type"
    case .opaque(let value): Swift.type(of: value).typeName
    }
  }

  /// The text, when this is a string.
  public var stringValue: String? { if case .string(let text) = self { text } else { nil } }
  /// The truth value, when this is one.
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The integer, when this is an `int`, or a `uint` that fits.
  public var intValue: Int64? {
    switch self {
    case .int(let value): value
    case .uint(let value): Int64(exactly: value)
    default: nil
    }
  }
  /// The number as a double, when this is an `int`, `uint` or `double`; large integers are rounded.
  public var doubleValue: Double? {
    switch self {
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
  /// The elements, when this is a list.
  public var listValue: [Value]? { if case .list(let values) = self { values } else { nil } }
  /// The map, when this is one.
  public var mapValue: ValueMap? { if case .map(let map) = self { map } else { nil } }
  /// The instant, when this is a timestamp.
  public var timestampValue: Instant? { if case .timestamp(let instant) = self { instant } else { nil } }
}

// `nil` is no literal: in `found ? value : nil` it would be `.null` instead of an absent value.
extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// Creates a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Creates an int.
  public init(integerLiteral value: Int64) { self = .int(value) }
  /// Creates a double.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// Creates a truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Creates a list.
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
}

extension Value: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind alone: values may hold personal data, so they are never printed.
  public var description: String { "‹\(typeName)›" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// A mirror without children, so that `dump` shows nothing personal.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
