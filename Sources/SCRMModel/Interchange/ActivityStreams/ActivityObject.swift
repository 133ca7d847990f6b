import SCRMExpressions
import StrictJSON

/// An object of a document that was checked: its members by the rules of the vocabulary.
struct ActivityObject {
  let json: JSONObject
  /// The types, without prefix or namespace.
  let types: [String]

  init(_ json: JSONObject) {
    self.json = json
    types = Self.types(of: json)
  }

  static func types(of json: JSONObject) -> [String] {
    switch json["type"] ?? json["@type"] {
    case .string(let type)?: [ActivityVocabulary.shortened(type)]
    case .array(let types)?:
      types.compactMap { if case .string(let type) = $0 { ActivityVocabulary.shortened(type) } else { nil } }
    default: []
    }
  }

  var id: String? {
    if case .string(let id)? = json["id"] ?? json["@id"], !id.isEmpty { id } else { nil }
  }

  func isAny(of names: [String]) -> Bool { types.contains { names.contains($0) } }

  /// The values of a member, one or several.
  func all(_ name: String) -> [JSON] {
    switch json[name] {
    case nil, .null?: []
    case .array(let elements)?: elements
    case .some(let single): [single]
    }
  }

  func first(_ name: String) -> JSON? { all(name).first }

  /// The first value that is an object.
  func object(_ name: String) -> ActivityObject? {
    for value in all(name) { if case .object(let object) = value { return ActivityObject(object) } }
    return nil
  }

  /// The address a value stands for: itself, the id of an object, the target of a link.
  static func address(of value: JSON?) -> String? {
    switch value {
    case .string(let text)? where !text.isEmpty: return text
    case .object(let json)?:
      let object = ActivityObject(json)
      if let id = object.id { return id }
      if case .string(let href)? = json["href"], !href.isEmpty { return href }
      return nil
    default: return nil
    }
  }

  func address(_ name: String) -> String? { Self.address(of: first(name)) }

  /// A number, also when it is written as a text.
  func number(_ name: String) -> Double? {
    switch json[name] {
    case .number(let number)?: number.double
    case .string(let text)?: Double(text)
    default: nil
    }
  }

  func plainText(_ name: String) -> String? { if case .string(let text)? = first(name) { text } else { nil } }

  func time(_ name: String) -> Instant? { plainText(name).flatMap { ActivityTime.instant($0) } }

  /// A text in natural language: the member itself or one of its translations.
  ///
  /// The languages asked for go first, then the language of the document, then a text without a language, then the first
  /// by byte order of its tag.
  func text(_ name: String, _ languages: ActivityLanguages) -> LocalizedText? {
    var translations: [(tag: String, text: String)] = []
    for member in [json[name + "Map"], json[name]] {
      guard case .object(let map)? = member else { continue }
      for entry in map { if case .string(let text) = entry.value { translations.append((entry.key, text)) } }
    }
    if case .string(let text)? = first(name) {
      let tag = translations.first { $0.text.sameBytes(as: text) }?.tag ?? languages.document
      return LocalizedText(text, language: tag == "und" ? nil : tag)
    }
    translations.sort { $0.tag.byteOrder($1.tag) == .ascending }
    let wanted = languages.preferred + [languages.document].compactMap { $0 } + ["und"]
    for tag in wanted {
      guard let found = translations.first(where: { ActivityLanguages.matches($0.tag, tag) }) else { continue }
      return LocalizedText(found.text, language: found.tag == "und" ? nil : found.tag)
    }
    return translations.first.map { LocalizedText($0.text, language: $0.tag) }
  }
}

/// The languages that decide between translations.
struct ActivityLanguages {
  var preferred: [String]
  /// The `@language` of the context.
  var document: String?

  /// Whether a tag is the one asked for, or begins with it (RFC 4647, basic filtering).
  static func matches(_ tag: String, _ range: String) -> Bool {
    let (tag, range) = (tag.lowercased(), range.lowercased())
    return tag == range || tag.hasPrefix(range + "-")
  }
}
