/// Encodes types with synthesised coding as a tree or document; members stand in the order they are encoded.
public struct StrictJSONEncoder: Sendable {
  /// Creates an encoder.
  public init() {}

  /// The compact document.
  /// - Throws: ``JSONError`` when a number is not finite or a type refuses.
  public func encode<T: Encodable>(_ value: T) throws(JSONError) -> [UInt8] { try tree(of: value).bytes }

  /// The tree.
  /// - Throws: ``JSONError`` when a number is not finite or a type refuses.
  public func tree<T: Encodable>(of value: T) throws(JSONError) -> JSON {
    do {
      return try TreeEncoder.box(value, codingPath: [])
    } catch let error as JSONError {
      throw error
    } catch let error as EncodingError {
      guard case .invalidValue(_, let context) = error else { throw JSONError(.invalidValue, "the value was refused") }
      throw JSONError(.invalidValue, context.debugDescription, path: JSONError.path(context.codingPath))
    } catch {
      throw JSONError(.invalidValue, "the value was refused")
    }
  }
}

/// The place where one encoder collects its value; nested containers hand theirs to it when they are read.
private final class Slot {
  enum Content {
    case empty
    case value(JSON)
    case object([(key: String, slot: Slot)])
    case array([Slot])
  }
  var content = Content.empty

  var json: JSON {
    switch content {
    case .empty: .object(JSONObject())
    case .value(let json): json
    case .object(let members): .object(JSONObject(members.map { (key: $0.key, value: $0.slot.json) }))
    case .array(let elements): .array(elements.map(\.json))
    }
  }

  func member(_ key: String) -> Slot {
    let slot = Slot()
    if case .object(var members) = content {
      content = .empty
      members.append((key: key, slot: slot))
      content = .object(members)
    } else {
      content = .object([(key: key, slot: slot)])
    }
    return slot
  }

  func element() -> Slot {
    let slot = Slot()
    if case .array(var elements) = content {
      content = .empty
      elements.append(slot)
      content = .array(elements)
    } else {
      content = .array([slot])
    }
    return slot
  }
}

private struct TreeEncoder: Encoder {
  let slot: Slot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func box<T: Encodable>(_ value: T, codingPath: [any CodingKey]) throws -> JSON {
    if let direct = value as? any JSONCodable { return try JSON(bytes: direct.jsonBytes) }
    let slot = Slot()
    try value.encode(to: TreeEncoder(slot: slot, codingPath: codingPath))
    return slot.json
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .empty = slot.content { slot.content = .object([]) }
    return KeyedEncodingContainer(KeyedSlot<Key>(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .empty = slot.content { slot.content = .array([]) }
    return UnkeyedSlot(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleSlot(slot: slot, codingPath: codingPath) }
}

private struct KeyedSlot<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: Slot
  let codingPath: [any CodingKey]

  mutating func encodeNil(forKey key: Key) throws { slot.member(key.stringValue).content = .value(.null) }
  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    slot.member(key.stringValue).content = .value(try TreeEncoder.box(value, codingPath: codingPath + [key]))
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    TreeEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    TreeEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder { TreeEncoder(slot: slot.member("super"), codingPath: codingPath) }
  mutating func superEncoder(forKey key: Key) -> any Encoder {
    TreeEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct UnkeyedSlot: UnkeyedEncodingContainer {
  let slot: Slot
  let codingPath: [any CodingKey]
  var count: Int { if case .array(let elements) = slot.content { elements.count } else { 0 } }

  mutating func encodeNil() throws { slot.element().content = .value(.null) }
  mutating func encode<T: Encodable>(_ value: T) throws {
    let key = MemberKey(intValue: count)
    slot.element().content = .value(try TreeEncoder.box(value, codingPath: codingPath + [key]))
  }
  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    TreeEncoder(slot: slot.element(), codingPath: codingPath).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    TreeEncoder(slot: slot.element(), codingPath: codingPath).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder { TreeEncoder(slot: slot.element(), codingPath: codingPath) }
}

private struct SingleSlot: SingleValueEncodingContainer {
  let slot: Slot
  let codingPath: [any CodingKey]

  mutating func encodeNil() throws { slot.content = .value(.null) }
  mutating func encode(_ value: Bool) throws { slot.content = .value(.bool(value)) }
  mutating func encode(_ value: String) throws { slot.content = .value(.string(value)) }
  mutating func encode(_ value: Double) throws {
    guard let number = JSONNumber(value) else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: codingPath, debugDescription: "JSON has no NaN and infinities"))
    }
    slot.content = .value(.number(number))
  }
  mutating func encode(_ value: Float) throws { try encode(Double(value)) }
  mutating func encode(_ value: Int) throws { integer(Int64(value)) }
  mutating func encode(_ value: Int8) throws { integer(Int64(value)) }
  mutating func encode(_ value: Int16) throws { integer(Int64(value)) }
  mutating func encode(_ value: Int32) throws { integer(Int64(value)) }
  mutating func encode(_ value: Int64) throws { integer(value) }
  mutating func encode(_ value: UInt) throws { slot.content = .value(.number(JSONNumber(UInt64(value)))) }
  mutating func encode(_ value: UInt8) throws { integer(Int64(value)) }
  mutating func encode(_ value: UInt16) throws { integer(Int64(value)) }
  mutating func encode(_ value: UInt32) throws { integer(Int64(value)) }
  mutating func encode(_ value: UInt64) throws { slot.content = .value(.number(JSONNumber(value))) }
  mutating func encode<T: Encodable>(_ value: T) throws {
    slot.content = .value(try TreeEncoder.box(value, codingPath: codingPath))
  }
  private func integer(_ value: Int64) { slot.content = .value(.number(JSONNumber(value))) }
}
