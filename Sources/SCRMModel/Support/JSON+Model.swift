package import StrictJSON

extension JSONObject {
  /// The member as a case of a text enumeration; `nil` when it is absent.
  package func optionalCase<Choice: RawRepresentable & CaseIterable>(
    _ key: String, as type: Choice.Type = Choice.self
  ) throws(JSONError) -> Choice? where Choice.RawValue == String {
    guard let text = try optionalString(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let expected = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw JSONError(.invalidValue, "expected one of \(expected)").prefixed(by: .key(key))
    }
    return choice
  }

  /// The member as a case of a text enumeration.
  package func requiredCase<Choice: RawRepresentable & CaseIterable>(
    _ key: String, as type: Choice.Type = Choice.self
  ) throws(JSONError) -> Choice where Choice.RawValue == String {
    guard let choice = try optionalCase(key, as: type) else {
      throw JSONError(.missing, "expected a text").prefixed(by: .key(key))
    }
    return choice
  }

  /// The member as a map of values; empty when it is absent.
  package func values(_ key: String) throws(JSONError) -> ValueMap {
    guard let json = self[key], !json.isNull else { return ValueMap() }
    do {
      if case .map(let map) = try Value(json: json, opaque: Money.readers) { return map }
    } catch { throw error.prefixed(by: .key(key)) }
    throw JSONError(.typeMismatch, "expected an object of values").prefixed(by: .key(key))
  }

  /// The member as a value that may be money; `nil` when it is absent.
  package func optionalValue(_ key: String) throws(JSONError) -> Value? {
    guard let json = self[key] else { return nil }
    do { return try Value(json: json, opaque: Money.readers) } catch { throw error.prefixed(by: .key(key)) }
  }
}

extension JSONWriter {
  /// A map of values, left out when it is empty.
  package mutating func field(_ key: String, _ map: ValueMap) {
    if !map.isEmpty { field(key, Value.map(map)) }
  }
}

extension JSONObject {
  /// The member as a type with synthesised coding; `nil` when it is absent.
  package func decoded<T: Decodable>(_ key: String, as type: T.Type = T.self) throws(JSONError) -> T? {
    guard let json = self[key], !json.isNull else { return nil }
    do { return try StrictJSONDecoder().decode(T.self, from: json) } catch { throw error.prefixed(by: .key(key)) }
  }
}

extension JSONWriter {
  /// A value with synthesised coding, left out when it is `nil` or cannot be encoded (a non-finite number).
  package mutating func encoded<T: Encodable>(_ key: String, _ value: T?) {
    guard let value, let tree = try? StrictJSONEncoder().tree(of: value) else { return }
    field(key, tree)
  }
}
