import SCRMExpressions
import StrictJSON

/// Turns foreign JSON into values without reading tags such as `{"$int":…}`, so that a foreign document stays data.
///
/// A number becomes an int, a uint or a double. Where that would not be written with the same digits again (`2.50`, `1e3`,
/// integers above 64 bits) the digits are kept beside it, under the JSON Pointer (RFC 6901) of the number.
struct PlainJSONReader {
  /// The digits of numbers that are written in another way than we would, by JSON Pointer.
  private(set) var lexemes = ValueMap()
  private var path: [String] = []

  mutating func value(_ json: JSON, at keys: String...) throws(JSONError) -> Value {
    path = keys
    return try value(json)
  }

  mutating func map(_ object: JSONObject, at keys: String...) throws(JSONError) -> ValueMap {
    path = keys
    return try map(object)
  }

  private mutating func map(_ object: JSONObject) throws(JSONError) -> ValueMap {
    var entries: [(key: ValueMap.Key, value: Value)] = []
    entries.reserveCapacity(object.count)
    for member in object {
      path.append(member.key)
      entries.append((key: .string(member.key), value: try value(member.value)))
      path.removeLast()
    }
    do { return try ValueMap(entries) } catch { throw failure(.duplicateKey, error.reason) }
  }

  private mutating func value(_ json: JSON) throws(JSONError) -> Value {
    switch json {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .string(let text): return .string(text)
    case .number(let number): return try self.number(number)
    case .object(let object): return .map(try map(object))
    case .array(let elements):
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for (index, element) in elements.enumerated() {
        path.append(String(index))
        values.append(try value(element))
        path.removeLast()
      }
      return .list(values)
    }
  }

  private mutating func number(_ number: JSONNumber) throws(JSONError) -> Value {
    let value: Value
    if let whole = number.int64 {
      value = .int(whole)
    } else if let whole = number.uint64 {
      value = .uint(whole)
    } else if let double = number.double {
      value = .double(double)
    } else {
      throw failure(.numberRange, "the number is too large, expected one within 64-bit floating point")
    }
    if JSON(plain: value) != .number(number) {
      lexemes[JSONPointer.text(path)] = .string(number.text)
    }
    return value
  }

  private func failure(_ code: JSONError.Code, _ reason: String) -> JSONError {
    JSONError(code, reason, path: path.map { .key($0) })
  }
}

/// Addresses of parts of a document, RFC 6901.
enum JSONPointer {
  static func text(_ path: [String]) -> String {
    var bytes: [UInt8] = []
    for key in path {
      bytes.append(0x2F)
      for byte in key.utf8 {
        switch byte {
        case 0x7E: bytes += [0x7E, 0x30]
        case 0x2F: bytes += [0x7E, 0x31]
        default: bytes.append(byte)
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func path(_ text: String) -> [String] {
    text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).dropFirst().map { part in
      var bytes: [UInt8] = []
      var escaped = false
      for byte in part {
        if escaped {
          bytes.append(byte == 0x30 ? 0x7E : 0x2F)
          escaped = false
        } else if byte == 0x7E {
          escaped = true
        } else {
          bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

extension JSON {
  /// A value as plain JSON: times in RFC 3339, spans as seconds, bytes as base64, amounts as `{"amount":…,"currency":…}`.
  init(plain value: Value) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .number(JSONNumber(value))
    case .uint(let value): self = .number(JSONNumber(value))
    case .double(let value): self = JSONNumber(value).map { .number($0) } ?? .null
    case .string(let text): self = .string(text)
    case .bytes(let bytes): self = .string(Base64.encode(bytes))
    case .list(let values): self = .array(values.map { JSON(plain: $0) })
    case .map(let map): self = .object(JSONObject(plain: map))
    case .timestamp(let instant): self = .string(instant.description)
    case .duration(let duration): self = .string(duration.secondsText)
    case .type(let name): self = .string(name)
    case .opaque(let money as Money):
      self = .object(
        JSONObject([(key: "amount", value: .string(money.decimal)), (key: "currency", value: .string(money.currency))]))
    case .opaque(let other): self = JSON(plain: other.tagged)
    }
  }

  /// The document with a number written by other digits, if there is the same number at the address.
  func writing(_ digits: JSONNumber, at path: ArraySlice<String>) -> JSON {
    switch self {
    case .number(let number) where path.isEmpty: return number.double == digits.double ? .number(digits) : self
    case .object(var object):
      guard let key = path.first, let member = object[key] else { return self }
      object[key] = member.writing(digits, at: path.dropFirst())
      return .object(object)
    case .array(var elements):
      guard let key = path.first, let index = Int(key), elements.indices.contains(index) else { return self }
      elements[index] = elements[index].writing(digits, at: path.dropFirst())
      return .array(elements)
    default: return self
    }
  }

  /// The document with the members of all objects in byte order.
  var canonical: JSON {
    switch self {
    case .array(let elements): return .array(elements.map(\.canonical))
    case .object(let object):
      let members = object.map { (key: $0.key, value: $0.value.canonical) }
      return .object(JSONObject(members.sorted { $0.key.byteOrder($1.key) == .ascending }))
    default: return self
    }
  }
}

extension JSONObject {
  /// A map of values as plain JSON; keys that are no texts are written as texts.
  init(plain map: ValueMap) {
    self.init(
      map.entries.map { entry in
        let key: String =
          switch entry.key {
          case .string(let text): text
          case .bool(let value): String(value)
          case .int(let value): String(value)
          case .uint(let value): String(value)
          }
        return (key: key, value: JSON(plain: entry.value))
      })
  }
}
