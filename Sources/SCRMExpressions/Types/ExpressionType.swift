/// A type of the language, as the checker knows it.
public indirect enum ExpressionType: Sendable {
  /// Any type, known only when the expression is evaluated.
  case dyn
  /// The type of `null`.
  case null
  /// Truth values.
  case bool
  /// Signed integers of 64 bits.
  case int
  /// Unsigned integers of 64 bits.
  case uint
  /// Numbers of 64 bits.
  case double
  /// Unicode text.
  case string
  /// Bytes.
  case bytes
  /// Points in time.
  case timestamp
  /// Spans of time.
  case duration
  /// Lists.
  case list(ExpressionType)
  /// Maps.
  case map(ExpressionType, ExpressionType)
  /// Values that may be absent.
  case optional(ExpressionType)
  /// Types as values.
  case type(ExpressionType)
  /// A record declared in the environment, by its name.
  case record(String)
  /// A host type, with parameters if it is generic.
  case opaque(String, [ExpressionType])
  /// A parameter of a generic function.
  case parameter(String)
}

extension ExpressionType: Hashable {
  /// Whether both are the same type; names by bytes.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.dyn, .dyn), (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double),
      (.string, .string), (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration):
      true
    case (.list(let l), .list(let r)), (.optional(let l), .optional(let r)), (.type(let l), .type(let r)): l == r
    case (.map(let lKey, let l), .map(let rKey, let r)): lKey == rKey && l == r
    case (.record(let l), .record(let r)), (.parameter(let l), .parameter(let r)): l.sameBytes(as: r)
    case (.opaque(let l, let lTypes), .opaque(let r, let rTypes)): l.sameBytes(as: r) && lTypes == rTypes
    default: false
    }
  }

  /// Hashes the text of the type.
  public func hash(into hasher: inout Hasher) { description.hashBytes(into: &hasher) }
}

extension ExpressionType: CustomStringConvertible {
  /// The type as text, such as `list(string)` or `map(string, dyn)`.
  public var description: String {
    switch self {
    case .dyn: "dyn"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let value): "optional_type(\(value))"
    case .type(let type): "type(\(type))"
    case .record(let name): name
    case .opaque(let name, let types):
      types.isEmpty ? name : "\(name)(\(types.map(\.description).joined(separator: ", ")))"
    case .parameter(let name): "param(\(name))"
    }
  }
}

extension ExpressionType {
  /// Reads a type such as `list(string)`, `map(string, dyn)` or `optional_type(int)`; `nil` for a malformed text.
  ///
  /// A name that is no type of the language is an opaque type, `param(T)` a parameter.
  public init?(_ text: String) {
    var reader = TypeReader(bytes: Array(text.utf8))
    guard let type = reader.type(depth: 0), reader.isAtEnd else { return nil }
    self = type
  }
}

/// Reads the text of a type.
private struct TypeReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func skipBlanks() { while position < bytes.count, bytes[position] == 0x20 { position += 1 } }

  var isAtEnd: Bool { position == bytes.count }

  mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func type(depth: Int) -> ExpressionType? {
    skipBlanks()
    let start = position
    while position < bytes.count, Keywords.isPart(bytes[position]) || bytes[position] == 0x2E { position += 1 }
    guard position > start, depth < 32 else { return nil }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    var types: [ExpressionType] = []
    if take(0x28) {
      repeat {
        guard let type = type(depth: depth + 1) else { return nil }
        types.append(type)
      } while take(0x2C)
      guard take(0x29) else { return nil }
    }
    skipBlanks()
    return Self.make(name, types)
  }

  private static func make(_ name: String, _ types: [ExpressionType]) -> ExpressionType? {
    let plain: [String: ExpressionType] = [
      "dyn": .dyn, "null_type": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
      "string": .string, "bytes": .bytes, "timestamp": .timestamp, "duration": .duration,
      "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
      "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn), "optional_type": .optional(.dyn),
    ]
    switch (name, types.count) {
    case (_, 0): return plain[name] ?? .opaque(name, [])
    case ("list", 1): return .list(types[0])
    case ("map", 2): return .map(types[0], types[1])
    case ("optional_type", 1): return .optional(types[0])
    case ("type", 1): return .type(types[0])
    case ("param", 1):
      if case .opaque(let parameter, let inner) = types[0], inner.isEmpty { return .parameter(parameter) }
      return nil
    case ("list", _), ("map", _), ("optional_type", _), ("type", _), ("param", _): return nil
    default: return plain[name] == nil ? .opaque(name, types) : nil
    }
  }
}
