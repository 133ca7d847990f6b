import SCRMExpressions
import StrictJSON

// Members of foreign documents. What comes from XML holds texts only, so numbers are read from texts as well.
extension JSONObject {
  /// The member as a text, also when it is a number; `nil` when it is absent, null or empty.
  func foreignText(_ key: String) throws(JSONError) -> String? {
    switch self[key] {
    case nil, .null?: return nil
    case .string(let text)?: return text.isEmpty ? nil : text
    case .number(let number)?: return number.text
    case .some(let other): throw Self.mismatch("a text", other, key)
    }
  }

  /// The member as a text that must be there.
  func requiredForeignText(_ key: String) throws(JSONError) -> String {
    if let text = try foreignText(key) { return text }
    throw JSONError(.missing, "required member is missing or empty", path: [.key(key)])
  }

  /// The id under the first of two names, or under the second, where it must be.
  func foreignID(_ name: String, _ other: String) throws(JSONError) -> String {
    if let id = try foreignText(name) { return id }
    return try requiredForeignText(other)
  }

  /// The member as a whole number, also when it is a text; `nil` when it is absent or empty.
  func foreignInteger(_ key: String) throws(JSONError) -> Int64? {
    guard let text = try foreignText(key) else { return nil }
    guard let value = Int64(text) else {
      throw JSONError(.invalidValue, "expected a whole number of 64 bits", path: [.key(key)])
    }
    return value
  }

  /// The member as a finite number, also when it is a text; `nil` when it is absent or empty.
  func foreignNumber(_ key: String) throws(JSONError) -> Double? {
    guard let text = try foreignText(key) else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw JSONError(.invalidValue, "expected a number", path: [.key(key)])
    }
    return value
  }

  /// The member as a time in seconds since 1970.
  func foreignSeconds(_ key: String) throws(JSONError) -> Instant? {
    guard let seconds = try foreignInteger(key) else { return nil }
    guard let instant = Instant(secondsSinceEpoch: seconds) else {
      throw JSONError(.invalidValue, "expected seconds since 1970 within the years 1 to 9999", path: [.key(key)])
    }
    return instant
  }

  /// The objects of a member that may be one object or a list of them, as XML gives them.
  func foreignObjects(_ key: String) throws(JSONError) -> [JSONObject] {
    switch self[key] {
    case nil, .null?: return []
    case .object(let object)?: return [object]
    case .array(let elements)?:
      var objects: [JSONObject] = []
      for (index, element) in elements.enumerated() {
        do { objects.append(try element.objectValue()) } catch {
          throw error.prefixed(by: .index(index)).prefixed(by: .key(key))
        }
      }
      return objects
    case .string(let text)? where text.isEmpty: return []
    case .some(let other): throw Self.mismatch("an object or a list of objects", other, key)
    }
  }

  /// The object without the members named.
  func without(_ names: [String]) -> JSONObject {
    JSONObject(filter { member in !names.contains { $0.sameBytes(as: member.key) } })
  }

  /// The document as a map of plain values.
  func plainValues() throws(JSONError) -> ValueMap {
    var reader = PlainJSONReader()
    return try reader.map(self)
  }

  private static func mismatch(_ expected: String, _ found: JSON, _ key: String) -> JSONError {
    JSONError(.typeMismatch, "expected \(expected), found \(found.kindName)", path: [.key(key)])
  }
}

extension JSON {
  /// The object of a document; an XML root `{"xml":{…}}` is taken off.
  func foreignObject() throws(JSONError) -> JSONObject {
    let object = try objectValue()
    if object.count == 1, case .object(let inner)? = object["xml"] { return inner }
    return object
  }
}
