public import StrictJSON

/// The JSON form of a value: plain JSON where that keeps the kind, a tagged object `{"$kind": …}` where it would not.
///
/// | kind | form |
/// |---|---|
/// | null, bool, string, list | plain |
/// | int within ±(2^53 − 1) | plain integer; beyond: `{"$int":"…"}` |
/// | double that is finite and not whole | plain number; else `{"$double":"5.0"}`, `{"$double":"NaN"}` |
/// | uint | `{"$uint":"5"}` |
/// | bytes | `{"$bytes":"base64"}` |
/// | timestamp, duration | `{"$timestamp":"RFC 3339"}`, `{"$duration":"1.5s"}` |
/// | type | `{"$type":"int"}` |
/// | map with text keys, none a single `$…` | plain object in byte order of the keys; else `{"$map":[[key,value],…]}` |
/// | opaque | `{"$name":content}` under its type name |
extension Value: JSONCodable {
  /// Reads the tagged form; a plain number without fraction or exponent is an int, any other a double.
  /// - Throws: `JSONError` for an unknown tag, a malformed content, or an opaque type (those are read by their own module).
  public init(json: JSON) throws(JSONError) { try self.init(json: json, opaque: [:]) }

  /// Reads the tagged form with readers for opaque types, by type name.
  public init(json: JSON, opaque: [String: OpaqueReader]) throws(JSONError) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .string(let text): self = .string(text)
    case .number(let number): self = try Self.plain(number)
    case .array(let elements):
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for (index, element) in elements.enumerated() {
        do { values.append(try Value(json: element, opaque: opaque)) } catch { throw error.prefixed(by: .index(index)) }
      }
      self = .list(values)
    case .object(let object):
      if object.count == 1, let member = object.first(where: { _ in true }), member.key.utf8.first == 0x24 {
        do { self = try Self.tagged(member.key, member.value, opaque: opaque) } catch {
          throw error.prefixed(by: .key(member.key))
        }
        return
      }
      var entries: [(key: ValueMap.Key, value: Value)] = []
      entries.reserveCapacity(object.count)
      for member in object {
        do { entries.append((key: .string(member.key), value: try Value(json: member.value, opaque: opaque))) } catch {
          throw error.prefixed(by: .key(member.key))
        }
      }
      self = .map(try Self.map(entries))
    }
  }

  /// A reader of the content of an opaque type.
  public typealias OpaqueReader = @Sendable (Value) throws(JSONError) -> any OpaqueValue

  /// Writes the tagged form.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .int(let value):
      if value.magnitude <= 9_007_199_254_740_991 {
        writer.int(value)
      } else {
        Self.write("$int", String(value), to: &writer)
      }
    case .uint(let value): Self.write("$uint", String(value), to: &writer)
    case .double(let value):
      if value.isFinite, value != value.rounded() {
        writer.double(value)
      } else {
        Self.write("$double", Self.text(value), to: &writer)
      }
    case .string(let text): writer.string(text)
    case .bytes(let bytes): Self.write("$bytes", Base64.encode(bytes), to: &writer)
    case .list(let values):
      writer.beginArray()
      for value in values { value.write(to: &writer) }
      writer.endArray()
    case .map(let map): Self.write(map, to: &writer)
    case .timestamp(let instant): Self.write("$timestamp", instant.description, to: &writer)
    case .duration(let duration): Self.write("$duration", duration.secondsText, to: &writer)
    case .type(let name): Self.write("$type", name, to: &writer)
    case .opaque(let value):
      writer.beginObject()
      writer.key("$" + Swift.type(of: value).typeName)
      value.tagged.write(to: &writer)
      writer.endObject()
    }
  }

  private static func write(_ tag: String, _ content: String, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key(tag)
    writer.string(content)
    writer.endObject()
  }

  private static func write(_ map: ValueMap, to writer: inout JSONWriter) {
    let plain =
      map.entries.allSatisfy { if case .string = $0.key { true } else { false } }
      && !(map.count == 1 && map.entries.allSatisfy { $0.key.text?.utf8.first == 0x24 })
    writer.beginObject()
    if plain {
      for entry in map.entries {
        writer.key(entry.key.text ?? "")
        entry.value.write(to: &writer)
      }
    } else {
      writer.key("$map")
      writer.beginArray()
      for entry in map.entries {
        writer.beginArray()
        entry.key.value.write(to: &writer)
        entry.value.write(to: &writer)
        writer.endArray()
      }
      writer.endArray()
    }
    writer.endObject()
  }

  private static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return value.description
  }

  private static func plain(_ number: JSONNumber) throws(JSONError) -> Value {
    if number.isInteger {
      guard let value = number.int64 else {
        throw JSONError(
          .numberRange, "a plain integer must fit in 64 signed bits; write {\"$uint\": …} or {\"$double\": …}")
      }
      return .int(value)
    }
    guard let value = number.double else { throw JSONError(.numberRange, "a number must fit in a 64-bit double") }
    return .double(value)
  }

  private static func map(_ entries: [(key: ValueMap.Key, value: Value)]) throws(JSONError) -> ValueMap {
    do { return try ValueMap(entries) } catch { throw JSONError(.duplicateKey, error.reason) }
  }

  private static func tagged(
    _ tag: String, _ content: JSON, opaque: [String: OpaqueReader]
  ) throws(JSONError) -> Value {
    switch tag {
    case "$int": if let value = JSONNumber(text: try content.stringValue())?.int64 { return .int(value) }
    case "$uint": if let value = JSONNumber(text: try content.stringValue())?.uint64 { return .uint(value) }
    case "$double":
      switch try content.stringValue() {
      case "NaN": return .double(.nan)
      case "Infinity": return .double(.infinity)
      case "-Infinity": return .double(-.infinity)
      case let text: if let value = JSONNumber(text: text)?.double { return .double(value) }
      }
    case "$bytes": if let bytes = Base64.decode(try content.stringValue()) { return .bytes(bytes) }
    case "$timestamp": return .timestamp(try Instant(json: content))
    case "$duration": if let duration = Duration(secondsText: try content.stringValue()) { return .duration(duration) }
    case "$type": return .type(try content.stringValue())
    case "$map":
      var entries: [(key: ValueMap.Key, value: Value)] = []
      for (index, element) in try content.arrayValue().enumerated() {
        do { entries.append(try Self.entry(element, opaque: opaque)) } catch { throw error.prefixed(by: .index(index)) }
      }
      return .map(try map(entries))
    default:
      guard let reader = opaque[String(tag.dropFirst())] else {
        throw JSONError(.invalidValue, "unknown tag; a map with this single key is written as {\"$map\": …}")
      }
      return .opaque(try reader(try Value(json: content, opaque: opaque)))
    }
    throw JSONError(.invalidValue, "the content does not fit the tag")
  }

  private static func entry(
    _ json: JSON, opaque: [String: OpaqueReader]
  ) throws(JSONError) -> (key: ValueMap.Key, value: Value) {
    let pair = try json.arrayValue()
    guard pair.count == 2 else { throw JSONError(.invalidValue, "expected a pair of key and value") }
    let key: ValueMap.Key
    switch try Value(json: pair[0], opaque: opaque) {
    case .bool(let value): key = .bool(value)
    case .int(let value): key = .int(value)
    case .uint(let value): key = .uint(value)
    case .string(let text): key = .string(text)
    default: throw JSONError(.typeMismatch, "a map key must be a bool, int, uint or string")
    }
    return (key: key, value: try Value(json: pair[1], opaque: opaque))
  }
}

extension ValueMap.Key {
  /// The text, when this is a text key.
  public var text: String? { if case .string(let text) = self { text } else { nil } }
}

extension Instant: JSONCodable {
  /// Reads an RFC 3339 text.
  public init(json: JSON) throws(JSONError) {
    let text = try json.stringValue()
    do { self = try Instant(rfc3339: text) } catch { throw JSONError(.invalidValue, error.reason) }
  }

  /// Writes RFC 3339.
  public func write(to writer: inout JSONWriter) { writer.string(description) }
}

extension CivilDate: JSONCodable {
  /// Reads `yyyy-MM-dd`.
  public init(json: JSON) throws(JSONError) {
    guard let date = CivilDate(try json.stringValue()) else {
      throw JSONError(.invalidValue, "expected a date such as 1990-12-31")
    }
    self = date
  }

  /// Writes `yyyy-MM-dd`.
  public func write(to writer: inout JSONWriter) { writer.string(description) }
}
