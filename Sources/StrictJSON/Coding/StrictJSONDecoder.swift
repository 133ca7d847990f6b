/// Decodes types with synthesised coding from strictly read JSON; what was wrong comes with its path.
public struct StrictJSONDecoder: Sendable {
  private let limits: JSONLimits

  /// Creates a decoder.
  public init(limits: JSONLimits = .default) { self.limits = limits }

  /// Decodes a document.
  public func decode<T: Decodable>(_ type: T.Type = T.self, from bytes: [UInt8]) throws(JSONError) -> T {
    try decode(type, from: try JSON(bytes: bytes, limits: limits))
  }

  /// Decodes a tree.
  public func decode<T: Decodable>(_ type: T.Type = T.self, from json: JSON) throws(JSONError) -> T {
    do {
      return try TreeDecoder(json: json, codingPath: []).unbox(T.self)
    } catch let error as JSONError {
      throw error
    } catch let error as DecodingError {
      throw JSONError(error)
    } catch {
      throw JSONError(.invalidValue, "the value was refused")
    }
  }
}

extension JSONError {
  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(.missing, "required member is missing", path: Self.path(context.codingPath + [key]))
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self.init(.typeMismatch, context.debugDescription, path: Self.path(context.codingPath))
    case .dataCorrupted(let context):
      self.init(.invalidValue, context.debugDescription, path: Self.path(context.codingPath))
    @unknown default: self.init(.invalidValue, "the value was refused")
    }
  }

  static func path(_ keys: [any CodingKey]) -> [PathElement] {
    keys.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) }
  }
}

struct TreeDecoder: Decoder {
  let json: JSON
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func unbox<T: Decodable>(_ type: T.Type) throws -> T {
    do {
      if let direct = type as? any JSONCodable.Type {
        if let value = try direct.init(json: json) as? T { return value }
      }
      return try T(from: self)
    } catch var error as JSONError {
      if !codingPath.isEmpty, !error.path.starts(with: JSONError.path(codingPath)) {
        error.path = JSONError.path(codingPath) + error.path
      }
      throw error
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedTree<Key>(object: try object(), decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = json else { throw mismatch("an array") }
    return UnkeyedTree(elements: elements, decoder: self)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { SingleTree(decoder: self) }

  private func object() throws -> JSONObject {
    guard case .object(let object) = json else { throw mismatch("an object") }
    return object
  }

  func mismatch(_ expected: String) -> DecodingError {
    .typeMismatch(
      JSON.self, .init(codingPath: codingPath, debugDescription: "expected \(expected), found \(json.kindName)"))
  }

  func child(_ json: JSON, _ key: any CodingKey) -> TreeDecoder {
    TreeDecoder(json: json, codingPath: codingPath + [key])
  }

  func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard case .number(let number) = json else { throw mismatch("an integer") }
    guard let value = T(number.text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "expected an integer of \(T.bitWidth) bits"))
    }
    return value
  }

  func double() throws -> Double {
    guard case .number(let number) = json else { throw mismatch("a number") }
    guard let value = number.double else {
      throw DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: "the number does not fit"))
    }
    return value
  }
}

private struct KeyedTree<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONObject
  let decoder: TreeDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { object.compactMap { Key(stringValue: $0.key) } }

  private func child(_ key: Key) throws -> TreeDecoder {
    guard let json = object[key.stringValue] else {
      throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "required member is missing"))
    }
    return decoder.child(json, key)
  }

  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try child(key).json.isNull }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try child(key).unbox(type) }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try child(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try child(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }
}

private struct UnkeyedTree: UnkeyedDecodingContainer {
  let elements: [JSON]
  let decoder: TreeDecoder
  var currentIndex = 0

  init(elements: [JSON], decoder: TreeDecoder) {
    self.elements = elements
    self.decoder = decoder
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private mutating func next() throws -> TreeDecoder {
    guard currentIndex < elements.count else {
      throw DecodingError.valueNotFound(
        JSON.self, .init(codingPath: codingPath, debugDescription: "expected a further element"))
    }
    defer { currentIndex += 1 }
    return decoder.child(elements[currentIndex], MemberKey(intValue: currentIndex))
  }

  mutating func decodeNil() throws -> Bool {
    guard currentIndex < elements.count, elements[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().unbox(type) }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct SingleTree: SingleValueDecodingContainer {
  let decoder: TreeDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }
  func decodeNil() -> Bool { decoder.json.isNull }
  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let value) = decoder.json else { throw decoder.mismatch("a truth value") }
    return value
  }
  func decode(_ type: String.Type) throws -> String {
    guard case .string(let value) = decoder.json else { throw decoder.mismatch("a string") }
    return value
  }
  func decode(_ type: Double.Type) throws -> Double { try decoder.double() }
  func decode(_ type: Float.Type) throws -> Float { Float(try decoder.double()) }
  func decode(_ type: Int.Type) throws -> Int { try decoder.integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer(type) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.unbox(type) }
}
