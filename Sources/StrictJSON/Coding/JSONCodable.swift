/// A type with a documented JSON form of its own.
///
/// Conforming types are `Codable` too, through the same form, so that any encoder or decoder gives the same document.
public protocol JSONCodable: Codable, Sendable {
  /// Reads the form from a tree.
  /// - Throws: ``JSONError`` with the path to what was wrong.
  init(json: JSON) throws(JSONError)
  /// Writes the form as one value.
  func write(to writer: inout JSONWriter)
}

extension JSONCodable {
  /// Reads a document.
  public init(jsonBytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    try self.init(json: try JSON(bytes: jsonBytes, limits: limits))
  }

  /// Reads a document.
  public init(jsonText: String, limits: JSONLimits = .default) throws(JSONError) {
    try self.init(json: try JSON(text: jsonText, limits: limits))
  }

  /// The compact document.
  public var jsonBytes: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// The compact document as text.
  public var jsonText: String { String(decoding: jsonBytes, as: UTF8.self) }

  /// Reads the form through any decoder.
  public init(from decoder: any Decoder) throws {
    try self.init(json: try JSON(decoding: decoder))
  }

  /// Writes the form through any encoder.
  public func encode(to encoder: any Encoder) throws {
    try JSON(bytes: jsonBytes).encodeTree(to: encoder)
  }
}

extension JSON: JSONCodable {
  /// The tree itself.
  public init(json: JSON) throws(JSONError) { self = json }
  /// Writes the tree.
  public func write(to writer: inout JSONWriter) { writer.value(self) }
}

extension String: JSONCodable {
  /// Reads a string.
  public init(json: JSON) throws(JSONError) { self = try json.stringValue() }
  /// Writes a string.
  public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Bool: JSONCodable {
  /// Reads a truth value.
  public init(json: JSON) throws(JSONError) { self = try json.boolValue() }
  /// Writes a truth value.
  public func write(to writer: inout JSONWriter) { writer.bool(self) }
}

extension Int64: JSONCodable {
  /// Reads an integer.
  public init(json: JSON) throws(JSONError) { self = try json.int64Value() }
  /// Writes an integer.
  public func write(to writer: inout JSONWriter) { writer.int(self) }
}

extension Double: JSONCodable {
  /// Reads a number.
  public init(json: JSON) throws(JSONError) { self = try json.doubleValue() }
  /// Writes a number; NaN and infinities are written as `null`.
  public func write(to writer: inout JSONWriter) { writer.double(self) }
}
