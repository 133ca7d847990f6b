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
      return try TreeEncoder(slot: TreeSlot(), trail: .root).box(value)
    } catch let error as EncodingError {
      throw JSONError(error)
    } catch let error as JSONError {
      throw error
    } catch {
      throw JSONError(.invalidValue, "the value was refused")
    }
  }
}

/// The place where one encoder collects its value; nested containers hand theirs to it when they are read.
final class TreeSlot {
  enum Content {
    case empty
    case value(JSON)
    case object([(key: String, slot: TreeSlot)])
    case array([TreeSlot])
  }
  var content = Content.empty

  init(_ content: Content = .empty) { self.content = content }

  /// What was collected; a type that encodes nothing is an empty object, of equal names the last one counts.
  var json: JSON {
    switch content {
    case .empty: .object(JSONObject())
    case .value(let json): json
    case .object(let members): .object(JSONObject(lastOf: members.map { (key: $0.key, value: $0.slot.json) }))
    case .array(let elements): .array(elements.map(\.json))
    }
  }

  func append(_ slot: TreeSlot, key: String) {
    if case .object(var members) = content {
      content = .empty
      members.append((key: key, slot: slot))
      content = .object(members)
    } else {
      content = .object([(key: key, slot: slot)])
    }
  }

  func append(_ slot: TreeSlot) {
    if case .array(var elements) = content {
      content = .empty
      elements.append(slot)
      content = .array(elements)
    } else {
      content = .array([slot])
    }
  }

  var count: Int { if case .array(let elements) = content { elements.count } else { 0 } }
}

/// An encoder at one place of a tree.
struct TreeEncoder: Encoder {
  let slot: TreeSlot
  let trail: CodingTrail
  var codingPath: [any CodingKey] { trail.keys }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The tree of a value that stands at this place.
  func box<T: Encodable>(_ value: T) throws -> JSON {
    do {
      // The single-value container knows plain values, and refuses numbers that JSON has not.
      let isPlain = T.self == String.self || T.self == Bool.self || T.self == Int64.self || T.self == Double.self
      if !isPlain, let own = value as? any JSONCodable { return try own.tree() }
      let inner = TreeEncoder(slot: TreeSlot(), trail: trail)
      try value.encode(to: inner)
      return inner.slot.json
    } catch let error as JSONError {
      let keys = codingPath
      throw EncodingError.invalidValue(
        value,
        .init(codingPath: keys, debugDescription: error.reason, underlyingError: error.located(under: keys)))
    }
  }

  func number(_ value: JSONNumber?, of original: Any) throws -> JSON {
    guard let value else {
      throw EncodingError.invalidValue(
        original, .init(codingPath: codingPath, debugDescription: "JSON has no NaN and infinities"))
    }
    return .number(value)
  }

  func child(_ key: any CodingKey) -> TreeEncoder {
    TreeEncoder(slot: TreeSlot(), trail: .step(from: trail, key))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .empty = slot.content { slot.content = .object([]) }
    return KeyedEncodingContainer(KeyedSlot<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .empty = slot.content { slot.content = .array([]) }
    return UnkeyedSlot(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleSlot(encoder: self) }
}
