import SCRMExpressions
public import StrictJSON

extension IdentityRecord: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      key: try object.required("key"), account: try object.required("account"), person: try object.required("person"),
      version: try object.required("version"))
  }

  /// Writes all members.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("key", key)
    writer.field("account", account)
    writer.field("person", person)
    writer.field("version", version)
    writer.endObject()
  }
}

extension TieRecord: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      key: TieKey(from: try object.required("from"), to: try object.required("to")),
      version: try object.required("version"), schema: Int(clamping: try object.int("schema")),
      bytes: try object.base64("bytes"))
  }

  /// Writes all members, the state as base64.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("from", key.from)
    writer.field("to", key.to)
    writer.field("version", version)
    writer.field("schema", schema)
    writer.field("bytes", Base64.encode(bytes))
    writer.endObject()
  }
}

extension StateRecord: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    guard let key = StateKey(text: try object.string("key")) else {
      throw JSONError(.invalidValue, "expected p:…, e:… or n:…").prefixed(by: .key("key"))
    }
    self.init(
      kind: try object.required("kind"), key: key, version: try object.required("version"),
      schema: Int(clamping: try object.int("schema")), due: try object.optional("due"),
      bytes: try object.base64("bytes"))
  }

  /// Writes all members, the state as base64.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("kind", kind)
    writer.field("key", key.text)
    writer.field("version", version)
    writer.field("schema", schema)
    writer.field("due", due)
    writer.field("bytes", Base64.encode(bytes))
    writer.endObject()
  }
}

extension Membership: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      segment: try object.string("segment"), person: try object.required("person"),
      since: try object.required("since"), version: try object.required("version"))
  }

  /// Writes all members.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("segment", segment)
    writer.field("person", person)
    writer.field("since", since)
    writer.field("version", version)
    writer.endObject()
  }
}

extension JSONObject {
  fileprivate func base64(_ key: String) throws(JSONError) -> [UInt8] {
    guard let bytes = Base64.decode(try string(key)) else {
      throw JSONError(.invalidValue, "expected padded base64").prefixed(by: .key(key))
    }
    return bytes
  }
}
