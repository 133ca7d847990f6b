struct KeyedSlot<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: TreeEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  private func put(_ json: JSON, _ key: Key) { encoder.slot.append(TreeSlot(.value(json)), key: key.stringValue) }

  private func nested(_ key: any CodingKey) -> TreeEncoder {
    let child = encoder.child(key)
    encoder.slot.append(child.slot, key: key.stringValue)
    return child
  }

  func encodeNil(forKey key: Key) throws { put(.null, key) }
  func encode(_ value: Bool, forKey key: Key) throws { put(.bool(value), key) }
  func encode(_ value: String, forKey key: Key) throws { put(.string(value), key) }
  func encode(_ value: Int, forKey key: Key) throws { put(.number(JSONNumber(Int64(value))), key) }
  func encode(_ value: Int64, forKey key: Key) throws { put(.number(JSONNumber(value)), key) }
  func encode(_ value: Double, forKey key: Key) throws {
    put(try encoder.child(key).number(JSONNumber(value), of: value), key)
  }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { put(try encoder.child(key).box(value), key) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { nested(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }
  func superEncoder() -> any Encoder { nested(MemberKey(stringValue: "super")) }
  func superEncoder(forKey key: Key) -> any Encoder { nested(key) }
}

struct UnkeyedSlot: UnkeyedEncodingContainer {
  let encoder: TreeEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.slot.count }

  private func nested() -> TreeEncoder {
    let child = encoder.child(ElementKey(count))
    encoder.slot.append(child.slot)
    return child
  }

  func encodeNil() throws { encoder.slot.append(TreeSlot(.value(.null))) }
  func encode<T: Encodable>(_ value: T) throws {
    encoder.slot.append(TreeSlot(.value(try encoder.child(ElementKey(count)).box(value))))
  }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    nested().container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
  func superEncoder() -> any Encoder { nested() }
}

struct SingleSlot: SingleValueEncodingContainer {
  let encoder: TreeEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  private func put(_ json: JSON) { encoder.slot.content = .value(json) }
  private func integer(_ value: Int64) { put(.number(JSONNumber(value))) }

  func encodeNil() throws { put(.null) }
  func encode(_ value: Bool) throws { put(.bool(value)) }
  func encode(_ value: String) throws { put(.string(value)) }
  func encode(_ value: Double) throws { put(try encoder.number(JSONNumber(value), of: value)) }
  func encode(_ value: Float) throws { put(try encoder.number(JSONNumber(value), of: value)) }
  func encode(_ value: Int) throws { integer(Int64(value)) }
  func encode(_ value: Int8) throws { integer(Int64(value)) }
  func encode(_ value: Int16) throws { integer(Int64(value)) }
  func encode(_ value: Int32) throws { integer(Int64(value)) }
  func encode(_ value: Int64) throws { integer(value) }
  func encode(_ value: UInt) throws { put(.number(JSONNumber(UInt64(value)))) }
  func encode(_ value: UInt8) throws { integer(Int64(value)) }
  func encode(_ value: UInt16) throws { integer(Int64(value)) }
  func encode(_ value: UInt32) throws { integer(Int64(value)) }
  func encode(_ value: UInt64) throws { put(.number(JSONNumber(value))) }
  func encode<T: Encodable>(_ value: T) throws { put(try encoder.box(value)) }
}
