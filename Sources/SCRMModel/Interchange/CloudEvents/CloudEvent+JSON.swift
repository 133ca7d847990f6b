import SCRMExpressions
public import StrictJSON

extension CloudEvent: JSONCodable {
  private static let known = [
    "id", "source", "specversion", "type", "subject", "time", "datacontenttype", "dataschema", "data", "data_base64",
  ]

  /// Reads an event in the JSON format.
  /// - Throws: `JSONError` with the path of an attribute that breaks the rules of the standard.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    guard try Self.text("specversion", object) == Self.specVersion else {
      throw JSONError(.invalidValue, "expected the version \(Self.specVersion)", path: [.key("specversion")])
    }
    self.init(
      id: try Self.requiredText("id", object), source: try Self.requiredText("source", object),
      type: try Self.requiredText("type", object), subject: try Self.text("subject", object))
    try Self.require(IRIText.isReference(source), "a URI reference", at: "source")
    if let text = try Self.text("time", object) {
      do throws(InstantError) { time = try Instant(rfc3339: text) } catch {
        throw JSONError(.invalidValue, error.reason, path: [.key("time")])
      }
      if let time, time.description != text { timeText = text }
    }
    dataContentType = try Self.text("datacontenttype", object)
    try Self.require(
      dataContentType.map(MediaTypeText.isWellFormed) ?? true, "a media type of RFC 2046", at: "datacontenttype")
    dataSchema = try Self.text("dataschema", object)
    try Self.require(dataSchema.map(IRIText.isAbsolute) ?? true, "an absolute URI", at: "dataschema")
    data = try Self.data(of: object)
    for member in object where !Self.known.contains(member.key) {
      do throws(JSONError) {
        try Self.checkName(member.key)
        if !member.value.isNull { extensions.append(CloudEventExtension(member.key, try Self.value(member.value))) }
      } catch { throw error.prefixed(by: .key(member.key)) }
    }
    unset = object.filter { $0.value.isNull }.map(\.key)
  }

  private static func require(_ condition: Bool, _ expected: String, at name: String) throws(JSONError) {
    if !condition { throw JSONError(.invalidValue, "expected \(expected)", path: [.key(name)]) }
  }

  private static func requiredText(_ name: String, _ object: JSONObject) throws(JSONError) -> String {
    if let text = try text(name, object) { return text }
    throw JSONError(.missing, "required attribute is missing", path: [.key(name)])
  }

  private static func text(_ name: String, _ object: JSONObject) throws(JSONError) -> String? {
    guard let text = try object.optionalString(name) else { return nil }
    do throws(JSONError) { try check(text) } catch { throw error.prefixed(by: .key(name)) }
    if text.isEmpty { throw JSONError(.invalidValue, "expected a text that is not empty", path: [.key(name)]) }
    return text
  }

  private static func data(of object: JSONObject) throws(JSONError) -> CloudEventData? {
    let base64 = try object.optionalString("data_base64")
    guard let data = object["data"], !data.isNull else { return base64.map { .base64($0) } }
    if base64 != nil {
      throw JSONError(.invalidValue, "an event has data or data_base64, not both", path: [.key("data_base64")])
    }
    return .json(data)
  }

  // Names: lower-case letters and digits of ASCII (section "Naming Conventions").
  static func checkName(_ name: String) throws(JSONError) {
    let isValid = !name.isEmpty && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    if !isValid { throw JSONError(.invalidValue, "the name of an attribute has lower-case letters and digits only") }
  }

  private static func value(_ json: JSON) throws(JSONError) -> CloudEventExtension.Value {
    switch json {
    case .bool(let value): return .bool(value)
    case .string(let text):
      try check(text)
      return .string(text)
    case .number(let number):
      guard let value = number.int64.flatMap({ Int32(exactly: $0) }) else {
        throw JSONError(.numberRange, "expected a whole number of 32 signed bits")
      }
      return .integer(value)
    default:
      throw JSONError(.typeMismatch, "expected a truth value, a whole number or a text, found \(json.kindName)")
    }
  }

  // Texts hold neither controls nor noncharacters (section "Type System").
  private static func check(_ text: String) throws(JSONError) {
    if !isText(text) { throw JSONError(.invalidValue, "a text must not hold controls or noncharacters") }
  }

  static func isText(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      let value = scalar.value
      return value >= 0x20 && !(0x7F...0x9F).contains(value) && !(0xFDD0...0xFDEF).contains(value)
        && value & 0xFFFE != 0xFFFE
    }
  }

  /// Writes the JSON format: the attributes, the extensions, the data, and what was `null`.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("specversion", Self.specVersion)
    writer.field("id", id)
    writer.field("source", source)
    writer.field("type", type)
    writer.field("subject", subject)
    if let time {
      // The kept spelling counts as long as it is still the same time.
      let isSame = timeText.flatMap { try? Instant(rfc3339: $0) } == time
      writer.field("time", isSame ? timeText ?? time.description : time.description)
    }
    writer.field("datacontenttype", dataContentType)
    writer.field("dataschema", dataSchema)
    for attribute in extensions {
      switch attribute.value {
      case .bool(let value): writer.field(attribute.name, value)
      case .integer(let value): writer.field(attribute.name, Int64(value))
      case .string(let text): writer.field(attribute.name, text)
      }
    }
    switch data {
    case .json(let json)?: writer.field("data", json)
    case .base64(let text)?: writer.field("data_base64", text)
    case nil: break
    }
    for name in unset where isAbsent(name) { writer.field(name, JSON.null) }
    writer.endObject()
  }

  private func isAbsent(_ name: String) -> Bool {
    switch name {
    case "subject": subject == nil
    case "time": time == nil
    case "datacontenttype": dataContentType == nil
    case "dataschema": dataSchema == nil
    case "data": if case .json? = data { false } else { true }
    case "data_base64": if case .base64? = data { false } else { true }
    default: self[extension: name] == nil
    }
  }
}

extension CloudEvent {
  /// Reads a batch (`application/cloudevents-batch+json`): an array of events.
  ///
  /// - Returns: the events in their order, or why one was refused; the others are read all the same.
  /// - Throws: `JSONError` when the document is no array.
  public static func batch(_ json: JSON) throws(JSONError) -> [Result<CloudEvent, JSONError>] {
    try json.arrayValue().enumerated().map { index, element in
      do throws(JSONError) { return .success(try CloudEvent(json: element)) } catch {
        return .failure(error.prefixed(by: .index(index)))
      }
    }
  }

  /// Writes events as a batch.
  public static func batch(_ events: [CloudEvent]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginArray()
    for event in events { writer.write(event) }
    writer.endArray()
    return writer.bytes
  }
}
