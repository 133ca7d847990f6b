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
  /// - Throws: what the decoder throws, or ``JSONError`` with the path from the root of what it decodes.
  public init(from decoder: any Decoder) throws {
    if let own = decoder as? TreeDecoder {
      self = try own.located { try Self(json: own.json) }
      return
    }
    let json = try JSON(decoding: decoder)
    do { try self.init(json: json) } catch { throw error.located(under: decoder.codingPath) }
  }

  /// Writes the form through any encoder.
  public func encode(to encoder: any Encoder) throws { try tree().encodeTree(to: encoder) }

  /// The form as a tree.
  func tree() throws(JSONError) -> JSON {
    if let json = self as? JSON { return json }
    return try JSON(bytes: jsonBytes, limits: JSONLimits(maximumDepth: 512, maximumBytes: .max))
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
