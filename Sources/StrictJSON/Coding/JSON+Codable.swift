// The bridge between the tree and any other encoder or decoder, such as Foundation's. What those do not keep is lost
// on the way: the order of members (they come sorted by name), and how a number was written.
extension JSON {
  init(decoding decoder: any Decoder) throws {
    if let own = decoder as? TreeDecoder {
      self = own.json
      return
    }
    if let container = try? decoder.container(keyedBy: MemberKey.self) {
      var members: [JSONObject.Element] = []
      for key in container.allKeys.sorted(by: { $0.stringValue.utf8.lexicographicallyPrecedes($1.stringValue.utf8) }) {
        members.append((key: key.stringValue, value: try container.decode(Bridged.self, forKey: key).json))
      }
      self = .object(JSONObject(members))
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [JSON] = []
      while !container.isAtEnd { elements.append(try container.decode(Bridged.self).json) }
      self = .array(elements)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Int64.self) {
        self = .number(JSONNumber(value))
      } else if let value = try? container.decode(UInt64.self) {
        self = .number(JSONNumber(value))
      } else if let value = try? container.decode(Double.self) {
        guard let number = JSONNumber(value) else { throw JSONError(.numberRange, "JSON has no NaN and infinities") }
        self = .number(number)
      } else {
        self = .string(try container.decode(String.self))
      }
    }
  }

  func encodeTree(to encoder: any Encoder) throws {
    if let own = encoder as? TreeEncoder {
      own.slot.content = .value(self)
      return
    }
    switch self {
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(Bridged(json: element)) }
    case .object(let object):
      var container = encoder.container(keyedBy: MemberKey.self)
      for member in object {
        try container.encode(Bridged(json: member.value), forKey: MemberKey(stringValue: member.key))
      }
    default:
      var container = encoder.singleValueContainer()
      try encodePlain(to: &container)
    }
  }

  private func encodePlain(to container: inout any SingleValueEncodingContainer) throws {
    switch self {
    case .bool(let value): try container.encode(value)
    case .string(let text): try container.encode(text)
    case .number(let number):
      if let value = number.int64 {
        try container.encode(value)
      } else if let value = number.uint64 {
        try container.encode(value)
      } else if let value = number.double {
        try container.encode(value)
      } else {
        throw EncodingError.invalidValue(
          number,
          .init(codingPath: container.codingPath, debugDescription: "the number exceeds 64-bit floating point"))
      }
    default: try container.encodeNil()
    }
  }

  // A wrapper that is plain Codable, so that nested parts do not take the document path again.
  private struct Bridged: Codable {
    let json: JSON
    init(json: JSON) { self.json = json }
    init(from decoder: any Decoder) throws { json = try JSON(decoding: decoder) }
    func encode(to encoder: any Encoder) throws { try json.encodeTree(to: encoder) }
  }
}
