// Members by name; errors carry the name in their path. `null` counts as absent.
extension JSONObject {
  /// The member, or an error when it is absent.
  public func required<T: JSONCodable>(_ key: String, as type: T.Type = T.self) throws(JSONError) -> T {
    guard let json = self[key] else { throw JSONError(.missing, "required member is missing").prefixed(by: .key(key)) }
    do { return try T(json: json) } catch { throw error.prefixed(by: .key(key)) }
  }

  /// The member, `nil` when it is absent.
  public func optional<T: JSONCodable>(_ key: String, as type: T.Type = T.self) throws(JSONError) -> T? {
    guard let json = self[key], !json.isNull else { return nil }
    do { return try T(json: json) } catch { throw error.prefixed(by: .key(key)) }
  }

  /// The elements of a list, none when it is absent.
  public func array<T: JSONCodable>(_ key: String, of type: T.Type = T.self) throws(JSONError) -> [T] {
    guard let json = self[key], !json.isNull else { return [] }
    do throws(JSONError) {
      var values: [T] = []
      let elements = try json.arrayValue()
      values.reserveCapacity(elements.count)
      for (index, element) in elements.enumerated() {
        do { values.append(try T(json: element)) } catch { throw error.prefixed(by: .index(index)) }
      }
      return values
    } catch { throw error.prefixed(by: .key(key)) }
  }

  /// A required string.
  public func string(_ key: String) throws(JSONError) -> String { try required(key) }
  /// An optional string.
  public func optionalString(_ key: String) throws(JSONError) -> String? { try optional(key) }
  /// A required integer.
  public func int(_ key: String) throws(JSONError) -> Int64 { try required(key) }
  /// An optional integer.
  public func optionalInt(_ key: String) throws(JSONError) -> Int64? { try optional(key) }
  /// A required truth value.
  public func bool(_ key: String) throws(JSONError) -> Bool { try required(key) }
  /// An optional truth value.
  public func optionalBool(_ key: String) throws(JSONError) -> Bool? { try optional(key) }
  /// A required number.
  public func double(_ key: String) throws(JSONError) -> Double { try required(key) }
  /// An optional number.
  public func optionalDouble(_ key: String) throws(JSONError) -> Double? { try optional(key) }

  /// A list of strings, empty when it is absent.
  public func strings(_ key: String) throws(JSONError) -> [String] { try array(key) }

  /// A required object.
  public func object(_ key: String) throws(JSONError) -> JSONObject {
    guard let object = try optionalObject(key) else {
      throw JSONError(.missing, "required member is missing").prefixed(by: .key(key))
    }
    return object
  }

  /// An optional object.
  public func optionalObject(_ key: String) throws(JSONError) -> JSONObject? {
    guard let json = self[key], !json.isNull else { return nil }
    do { return try json.objectValue() } catch { throw error.prefixed(by: .key(key)) }
  }
}
