import SCRMExpressions
public import StrictJSON

extension CSVMapping.ObjectColumns: JSONCodable {
  /// Reads `{"type":…,"id":…,"name":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["type", "id", "name"])
    self.init(
      type: try object.required("type"), id: try object.string("id"), name: try object.optionalString("name"))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("type", type)
    writer.field("id", id)
    writer.field("name", name)
    writer.endObject()
  }
}

extension CSVMapping.TextColumn: JSONCodable {
  /// Reads `{"column":…,"language":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["column", "language"])
    self.init(column: try object.string("column"), language: try object.optional("language"))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("column", column)
    writer.field("language", language)
    writer.endObject()
  }
}

extension CSVMapping.TimeColumn: JSONCodable {
  /// Reads `{"column":…,"format":…,"offset":"+08:00"}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["column", "format", "offset"])
    self.init(
      column: try object.string("column"), format: try object.optional("format") ?? .rfc3339,
      offset: try UTCOffset.read(object))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("column", column)
    writer.field("format", format)
    UTCOffset.write(offset, to: &writer)
    writer.endObject()
  }
}

extension CSVMapping.AmountColumns: JSONCodable {
  /// Reads `{"column":…,"currency":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["column", "currency"])
    self.init(column: try object.string("column"), currency: try object.required("currency"))
  }

  /// Writes both members.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("column", column)
    writer.field("currency", currency)
    writer.endObject()
  }
}

extension CSVMapping.FieldColumn: JSONCodable {
  /// Reads the name of a column of texts, or `{"column":…,"name":…,"kind":…,"format":…,"offset":…}`.
  public init(json: JSON) throws(JSONError) {
    if case .string(let column) = json {
      self.init(column: column)
      return
    }
    let object = try json.objectValue()
    try object.expect(["column", "name", "kind", "format", "offset"])
    let kind: Kind
    switch try object.optionalString("kind") ?? "text" {
    case "text": kind = .text
    case "int": kind = .int
    case "double": kind = .double
    case "bool": kind = .bool
    case "timestamp":
      kind = .timestamp(try object.optional("format") ?? .rfc3339, offset: try UTCOffset.read(object))
    default:
      throw JSONError(
        .invalidValue, "expected one of text, int, double, bool, timestamp", path: [.key("kind")])
    }
    self.init(column: try object.string("column"), name: try object.optionalString("name"), kind: kind)
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    if self == CSVMapping.FieldColumn(column: column) { return writer.string(column) }
    writer.beginObject()
    writer.field("column", column)
    if !name.sameBytes(as: column) { writer.field("name", name) }
    switch kind {
    case .text: break
    case .int: writer.field("kind", "int")
    case .double: writer.field("kind", "double")
    case .bool: writer.field("kind", "bool")
    case .timestamp(let format, let offset):
      writer.field("kind", "timestamp")
      writer.field("format", format)
      UTCOffset.write(offset, to: &writer)
    }
    writer.endObject()
  }
}

// An offset from UTC as it is written in RFC 3339.
private enum UTCOffset {
  static func read(_ object: JSONObject) throws(JSONError) -> Int32 {
    guard let text = try object.optionalString("offset") else { return 0 }
    guard let instant = try? Instant(rfc3339: "2000-01-01T00:00:00" + text) else {
      throw JSONError(.invalidValue, "expected an offset from UTC such as +08:00", path: [.key("offset")])
    }
    return instant.utcOffset ?? 0
  }

  static func write(_ offset: Int32, to writer: inout JSONWriter) {
    guard offset != 0, let instant = Instant(secondsSinceEpoch: 0, utcOffset: offset) else { return }
    writer.field("offset", String(instant.description.suffix(6)))
  }
}

extension JSONObject {
  /// Refuses members that are not among those expected.
  func expect(_ names: [String]) throws(JSONError) {
    for member in self where !names.contains(where: { $0.sameBytes(as: member.key) }) {
      throw JSONError(
        .invalidValue, "unknown member, expected one of \(names.joined(separator: ", "))", path: [.key(member.key)])
    }
  }
}
