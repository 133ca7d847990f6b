import SCRMExpressions
public import StrictJSON

// A mapping is written by hand: a member that does not exist is an error and not ignored.
extension CSVMapping: JSONCodable {
  /// Reads the documented members; unknown ones are refused.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect([
      "source", "delimiter", "header", "id", "kind", "actor", "target", "object", "text", "time", "received",
      "inReplyTo", "thread", "session", "brand", "channel", "campaign", "amount", "properties", "traits",
    ])
    self.init(
      source: try object.required("source"), delimiter: try object.optionalCase("delimiter") ?? .comma,
      header: object["header"] == nil ? nil : try object.strings("header"), id: try object.optionalString("id"),
      kind: try object.required("kind"), actor: try object.required("actor"), target: try object.optional("target"),
      object: try object.optional("object"), text: try object.optional("text"), time: try object.required("time"),
      received: try object.optional("received"), inReplyTo: try object.optionalString("inReplyTo"),
      thread: try object.optionalString("thread"), session: try object.optionalString("session"),
      brand: try object.optional("brand"), channel: try object.optional("channel"),
      campaign: try object.optional("campaign"), amount: try object.optional("amount"),
      properties: try object.array("properties"), traits: try object.array("traits"))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("source", source)
    if delimiter != .comma { writer.field("delimiter", delimiter.rawValue) }
    writer.field("header", header ?? [])
    writer.field("id", id)
    writer.field("kind", kind)
    writer.field("actor", actor)
    writer.field("target", target)
    writer.field("object", object)
    writer.field("text", text)
    writer.field("time", time)
    writer.field("received", received)
    writer.field("inReplyTo", inReplyTo)
    writer.field("thread", thread)
    writer.field("session", session)
    writer.field("brand", brand)
    writer.field("channel", channel)
    writer.field("campaign", campaign)
    writer.field("amount", amount)
    writer.field("properties", properties)
    writer.field("traits", traits)
    writer.endObject()
  }
}

extension CSVMapping.Lookup: JSONCodable {
  /// Reads a text for all rows, or `{"column":…,"values":{…},"default":…}`.
  public init(json: JSON) throws(JSONError) {
    if case .string(let text) = json {
      self = .constant(text)
      return
    }
    guard case .object(let object) = json else {
      throw JSONError(.typeMismatch, "expected a text or an object with a column, found \(json.kindName)")
    }
    try object.expect(["column", "values", "default"])
    var values: [String: String] = [:]
    for member in try object.optionalObject("values") ?? JSONObject() {
      do { values[member.key] = try member.value.stringValue() } catch {
        throw error.prefixed(by: .key(member.key)).prefixed(by: .key("values"))
      }
    }
    self = .column(try object.string("column"), values: values, default: try object.optionalString("default"))
  }

  /// Writes the text or the object.
  public func write(to writer: inout JSONWriter) {
    guard let column else { return writer.string(fallback ?? "") }
    writer.beginObject()
    writer.field("column", column)
    if !values.isEmpty {
      writer.key("values")
      writer.beginObject()
      for (key, value) in values.sorted(by: { $0.key.byteOrder($1.key) == .ascending }) { writer.field(key, value) }
      writer.endObject()
    }
    writer.field("default", fallback)
    writer.endObject()
  }
}

extension CSVMapping.IdentifierColumn: JSONCodable {
  /// Reads `{"column":…,"namespace":…,"assertion":…,"role":…}`, or `"mention":true` in place of the column.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["column", "mention", "namespace", "assertion", "role"])
    let mention = try object.optionalBool("mention") ?? false
    let column = try object.optionalString("column")
    guard mention == (column == nil) else {
      throw JSONError(.invalidValue, "expected either a column or a mention")
    }
    self = .mention(
      namespace: try object.required("namespace"), assertion: try object.optionalCase("assertion") ?? .claimed,
      role: try object.optionalCase("role"))
    self.column = column
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let column { writer.field("column", column) } else { writer.field("mention", true) }
    writer.field("namespace", namespace)
    if assertion != .claimed { writer.field("assertion", assertion.rawValue) }
    writer.field("role", role?.rawValue)
    writer.endObject()
  }
}

extension CSVMapping.PartyColumns: JSONCodable {
  /// Reads `{"ids":[…],"role":…,"name":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["ids", "role", "name"])
    self.init(
      try object.array("ids"), role: try object.optional("role") ?? .constant("customer"),
      name: try object.optionalString("name"))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("ids", identifiers)
    if role != .constant("customer") { writer.field("role", role) }
    writer.field("name", name)
    writer.endObject()
  }
}
