/// A member name for any coding container.
struct MemberKey: CodingKey {
  let stringValue: String
  let intValue: Int?
  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }
  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}

// The bridge between the tree and any other encoder or decoder, such as Foundation's.
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
      } else if let value = try? container.decode(Double.self), let number = JSONNumber(value) {
        self = .number(number)
      } else {
        self = .string(try container.decode(String.self))
      }
    }
  }

  func encodeTree(to encoder: any Encoder) throws {
    switch self {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .number(let number):
      var container = encoder.singleValueContainer()
      if let value = number.int64 {
        try container.encode(value)
      } else if let value = number.uint64 {
        try container.encode(value)
      } else {
        try container.encode(number.double ?? 0)
      }
    case .string(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(Bridged(json: element)) }
    case .object(let object):
      var container = encoder.container(keyedBy: MemberKey.self)
      for member in object { try container.encode(Bridged(json: member.value), forKey: MemberKey(stringValue: member.key)) }
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
