public import StrictJSON

/// Reads documents of ActivityStreams 2.0 (W3C Recommendation, 23 May 2017): activities, and collections of them.
///
/// Every document is checked by the rules of the vocabulary; one that breaks them is refused. An activity with an actor
/// becomes an interaction, one for each of several actors. Anything else that is well-formed is set aside with the
/// reason: objects, links, activities without an actor that has an id, types of extensions.
/// `Documentation/Interchange.md` lists the mapping.
///
/// ```swift
/// let reader = ActivityStreamsReader(InterchangeDefaults(source: "fediverse", received: now))
/// let reading = try reader.read(JSON(bytes: document))
/// ```
public struct ActivityStreamsReader: InteractionDocumentReader {
  /// What the host adds.
  public var defaults: InterchangeDefaults
  /// How the identity of actors is asserted: `claimed`, unless the host checked who delivered the document.
  public var actorAssertion: Identifier.Assertion
  /// The languages to choose from translations, the most wanted first (BCP 47).
  public var languages: [String]

  /// `application/activity+json`.
  public var mediaType: String { "application/activity+json" }

  /// Creates a reader.
  public init(
    _ defaults: InterchangeDefaults, actorAssertion: Identifier.Assertion = .claimed, languages: [String] = []
  ) {
    self.defaults = defaults
    self.actorAssertion = actorAssertion
    self.languages = languages
  }

  /// What a document holds.
  /// - Throws: `JSONError` with the path of what breaks the rules of the vocabulary.
  public func read(_ document: JSON) throws(JSONError) -> DocumentReading {
    let language = try ActivityStreamsValidator.check(document: document)
    var reading = DocumentReading()
    try collect(
      document, ActivityLanguages(preferred: languages, document: language), at: "", into: &reading)
    return reading
  }

  private func collect(
    _ json: JSON, _ languages: ActivityLanguages, at path: String, into reading: inout DocumentReading
  ) throws(JSONError) {
    func setAside(_ reason: String) { reading.setAside.append(SetAside(path: path, reason: reason)) }
    guard case .object(let members) = json else {
      setAside("an address alone, expected an activity")
      return
    }
    let object = ActivityObject(members)
    if object.isAny(of: ActivityVocabulary.collections) {
      try collectItems(of: object, languages, at: path, into: &reading)
    } else if object.types.contains(where: { ActivityVocabulary.kinds[$0] != nil }) {
      let mapper = ActivityMapper(reader: self, activity: object, languages: languages)
      let interactions = try mapper.interactions()
      if interactions.isEmpty {
        setAside(
          object.first("actor") == nil
            ? "an activity without an actor" : "an activity whose actor has no id to be found by")
      } else {
        reading.interactions += interactions
      }
    } else if object.types.isEmpty {
      setAside("an object without a type")
    } else if object.isAny(of: ActivityVocabulary.links) {
      setAside("a link, expected an activity")
    } else if let known = object.types.first(where: ActivityVocabulary.knows) {
      setAside("an object of the type \(known), expected an activity")
    } else {
      setAside("a type of an extension, expected one of the vocabulary beside it")
    }
  }

  private func collectItems(
    of collection: ActivityObject, _ languages: ActivityLanguages, at path: String,
    into reading: inout DocumentReading
  ) throws(JSONError) {
    let before = (reading.interactions.count, reading.setAside.count)
    let prefix = path.isEmpty ? "" : path + "."
    for name in ["items", "orderedItems"] {
      for (index, item) in collection.all(name).enumerated() {
        try collect(item, languages, at: "\(prefix)\(name)[\(index)]", into: &reading)
      }
    }
    if case .object(let page)? = collection.first("first"), ActivityObject(page).isAny(of: ActivityVocabulary.pages) {
      try collect(.object(page), languages, at: prefix + "first", into: &reading)
    }
    if (reading.interactions.count, reading.setAside.count) == before {
      reading.setAside.append(SetAside(path: path, reason: "a collection without items in the document"))
    }
  }
}
