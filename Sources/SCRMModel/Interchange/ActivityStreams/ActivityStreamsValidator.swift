import StrictJSON

/// Checks a document by the rules of ActivityStreams 2.0 Core and the Activity Vocabulary.
///
/// Members of extensions are not looked at; `null` counts as absent.
struct ActivityStreamsValidator {
  private enum Form {
    // One or several objects, links or addresses.
    case references
    // The same, and a text that is an address must be absolute.
    case addresses
    // One or several objects, links, addresses or plain words.
    case words
    case address
    case text
    case textsByLanguage
    case time
    // A time, a truth value, or objects.
    case end
    case duration
    case number
    case nonNegative
    case count
    case mediaType
    case language
  }

  private static let forms: [String: Form] = {
    var forms: [String: Form] = [
      "id": .address, "@id": .address, "href": .address, "url": .addresses, "published": .time, "updated": .time,
      "startTime": .time, "endTime": .time, "deleted": .time, "closed": .end, "duration": .duration,
      "latitude": .number, "longitude": .number, "altitude": .number, "accuracy": .nonNegative, "radius": .nonNegative,
      "totalItems": .count, "startIndex": .count, "height": .count, "width": .count, "mediaType": .mediaType,
      "hreflang": .language, "relationship": .words, "formerType": .words, "units": .words, "rel": .words,
    ]
    for name in ["name", "summary", "content"] {
      forms[name] = .text
      forms[name + "Map"] = .textsByLanguage
    }
    for name in [
      "actor", "object", "target", "origin", "result", "instrument", "attachment", "attributedTo", "audience", "bcc",
      "bto", "cc", "to", "context", "generator", "icon", "image", "inReplyTo", "location", "preview", "replies", "tag",
      "items", "orderedItems", "first", "last", "next", "prev", "current", "partOf", "oneOf", "anyOf", "subject",
      "describes",
    ] {
      forms[name] = .references
    }
    return forms
  }()

  private static let pageMembers = ["first", "last", "next", "prev", "current"]

  /// Checks a document.
  /// - Returns: the `@language` of its context, if it gives one.
  static func check(document: JSON) throws(JSONError) -> String? {
    let object = try document.objectValue()
    let language = try context(object["@context"])
    try check(object)
    return language
  }

  // MARK: Context

  private static func context(_ json: JSON?) throws(JSONError) -> String? {
    var names: [String] = []
    var language: String?
    func read(_ json: JSON, _ level: Int) throws(JSONError) {
      switch json {
      case .string(let address): names.append(address)
      case .null: break
      case .object(let terms):
        for member in terms {
          guard case .string(let text) = member.value else { continue }
          if member.key == "@language" {
            guard LanguageTag.isWellFormed(text) else {
              throw JSONError(.invalidValue, "expected a language tag of BCP 47", path: [.key("@language")])
            }
            language = text
          } else {
            names.append(text)
          }
        }
      case .array(let parts) where level == 0:
        for (index, part) in parts.enumerated() {
          do throws(JSONError) { try read(part, 1) } catch { throw error.prefixed(by: .index(index)) }
        }
      default:
        throw JSONError(.typeMismatch, "expected addresses and objects of terms, found \(json.kindName)")
      }
    }
    guard let json, !json.isNull else { return nil }
    do throws(JSONError) {
      try read(json, 0)
      guard names.contains(where: ActivityVocabulary.isContext) else {
        throw JSONError(.invalidValue, "the context does not name ActivityStreams 2.0")
      }
    } catch { throw error.prefixed(by: .key("@context")) }
    return language
  }

  // MARK: Objects

  private static func check(_ object: JSONObject) throws(JSONError) {
    try checkType(object)
    let types = ActivityObject.types(of: object)
    for member in object where !member.value.isNull {
      guard let form = forms[member.key] else { continue }
      do throws(JSONError) {
        try check(member.value, form)
        if pageMembers.contains(member.key) { try checkPage(member.value) }
      } catch { throw error.prefixed(by: .key(member.key)) }
    }
    try checkItems(object, types)
  }

  private static func checkType(_ object: JSONObject) throws(JSONError) {
    for name in ["type", "@type"] {
      let values: [JSON]
      switch object[name] {
      case nil, .null?: continue
      case .array(let several)?: values = several
      case .some(let single): values = [single]
      }
      for value in values {
        guard case .string(let type) = value, !type.isEmpty else {
          throw JSONError(.typeMismatch, "expected the name of a type, found \(value.kindName)", path: [.key(name)])
        }
      }
    }
  }

  private static func checkItems(_ object: JSONObject, _ types: [String]) throws(JSONError) {
    let isOrdered = types.contains { ActivityVocabulary.orderedCollections.contains($0) }
    let isUnordered = types.contains { ActivityVocabulary.unorderedCollections.contains($0) }
    if isOrdered, !isUnordered, let items = object["items"], !items.isNull {
      throw JSONError(.invalidValue, "an ordered collection has orderedItems, not items", path: [.key("items")])
    }
    if isUnordered, !isOrdered, let items = object["orderedItems"], !items.isNull {
      throw JSONError(
        .invalidValue, "an unordered collection has items, not orderedItems", path: [.key("orderedItems")])
    }
  }

  // Extension types may be pages; a type of the vocabulary that is none is certainly wrong.
  private static func checkPage(_ json: JSON) throws(JSONError) {
    guard case .object(let object) = json else { return }
    let types = ActivityObject.types(of: object)
    if types.isEmpty || types.contains(where: { !ActivityVocabulary.knows($0) }) { return }
    guard types.contains(where: { ActivityVocabulary.pages.contains($0) || ActivityVocabulary.links.contains($0) })
    else { throw JSONError(.invalidValue, "expected a page of a collection or a link to one") }
  }

  // MARK: Members

  private static func check(_ json: JSON, _ form: Form) throws(JSONError) {
    switch form {
    case .references, .addresses, .words: try checkReferences(json, form)
    case .address:
      guard IRIText.isAbsolute(try json.stringValue()) else { throw invalid("an absolute IRI") }
    case .text: try checkText(json)
    case .textsByLanguage: try checkTexts(json)
    case .time: try checkTime(json)
    case .end:
      switch json {
      case .bool: break
      case .string: try checkTime(json)
      default: try checkReferences(json, .references)
      }
    case .duration:
      guard ActivityTime.isDuration(try json.stringValue()) else { throw invalid("a duration such as PT2H30M") }
    case .number: _ = try number(json)
    case .nonNegative:
      guard try number(json) >= 0 else { throw invalid("a number that is not negative") }
    case .count:
      guard case .number(let number) = json, number.uint64 != nil else { throw invalid("a whole number from 0") }
    case .mediaType:
      guard MediaTypeText.isWellFormed(try json.stringValue()) else { throw invalid("a media type such as text/html") }
    case .language:
      guard LanguageTag.isWellFormed(try json.stringValue()) else { throw invalid("a language tag of BCP 47") }
    }
  }

  private static func invalid(_ expected: String) -> JSONError { JSONError(.invalidValue, "expected \(expected)") }

  private static func checkReferences(_ json: JSON, _ form: Form) throws(JSONError) {
    switch json {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        do throws(JSONError) {
          if case .array = element { throw JSONError(.typeMismatch, "a list within a list") }
          try checkReferences(element, form)
        } catch { throw error.prefixed(by: .index(index)) }
      }
    case .object(let object): try check(object)
    case .string(let text):
      switch form {
      case .words: break
      case .addresses: if !IRIText.isAbsolute(text) { throw invalid("an absolute IRI") }
      default: if !IRIText.isReference(text) { throw invalid("an IRI") }
      }
    case .null: break
    case .bool, .number:
      throw JSONError(.typeMismatch, "expected an object, a link or an IRI, found \(json.kindName)")
    }
  }

  // One text, several, or translations in place of the member with `Map`, which the corpus of the W3C holds as well.
  private static func checkText(_ json: JSON) throws(JSONError) {
    switch json {
    case .string: break
    case .object: try checkTexts(json)
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        do throws(JSONError) { _ = try element.stringValue() } catch { throw error.prefixed(by: .index(index)) }
      }
    default: throw JSONError(.typeMismatch, "expected a text, found \(json.kindName)")
    }
  }

  private static func checkTexts(_ json: JSON) throws(JSONError) {
    guard case .object(let map) = json else {
      throw JSONError(.typeMismatch, "expected texts by language tag, found \(json.kindName)")
    }
    for member in map where !member.value.isNull {
      guard LanguageTag.isWellFormed(member.key) else {
        throw JSONError(.invalidValue, "a key is no language tag of BCP 47")
      }
      do throws(JSONError) { try checkTranslation(member.value) } catch {
        throw error.prefixed(by: .key(member.key))
      }
    }
  }

  private static func checkTranslation(_ json: JSON) throws(JSONError) {
    if case .object = json { throw JSONError(.typeMismatch, "expected a text, found an object") }
    try checkText(json)
  }

  private static func checkTime(_ json: JSON) throws(JSONError) {
    guard ActivityTime.instant(try json.stringValue()) != nil else {
      throw invalid("a date-time such as 2024-05-01T08:30:00Z")
    }
  }

  private static func number(_ json: JSON) throws(JSONError) -> Double {
    switch json {
    case .number: return try json.doubleValue()
    case .string(let text):
      guard let value = Double(text), value.isFinite else { throw invalid("a number") }
      return value
    default: throw JSONError(.typeMismatch, "expected a number, found \(json.kindName)")
    }
  }
}
