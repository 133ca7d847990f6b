import SCRMExpressions
import StrictJSON

extension ActivityMapper {
  // MARK: What it is about

  func reference(to json: JSON?) -> ObjectReference? {
    switch json {
    case .string(let address): return ObjectReference(type: "object", id: address)
    case .object(let members)?:
      let object = ActivityObject(members)
      let isActivity = object.types.contains { ActivityVocabulary.kinds[$0] != nil }
      let id = isActivity ? ActivityKey.id(of: object, reader.defaults) : address(of: object)
      guard let id else { return nil }
      return ObjectReference(type: Self.typeName(object), id: id, name: object.text("name", languages)?.text)
    default: return nil
    }
  }

  private func address(of object: ActivityObject) -> String? {
    ActivityObject.address(of: .object(object.json)) ?? object.address("url")
  }

  // Note, Article and the like are posts; CollectionPage becomes collection_page.
  private static func typeName(_ object: ActivityObject) -> String {
    if object.isAny(of: ActivityVocabulary.posts) { return "post" }
    guard let type = object.types.first(where: ActivityVocabulary.knows) else { return "object" }
    var name = ""
    for scalar in type.unicodeScalars {
      if scalar.properties.isUppercase, !name.isEmpty { name += "_" }
      name += scalar.properties.lowercaseMapping
    }
    return name
  }

  /// The object an activity puts content into; the activity itself where it has the content.
  private var carrier: ActivityObject {
    if case .object(let json)? = subject { ActivityObject(json) } else { activity }
  }

  /// What was said: of a post, a question or an edit the content, of others what the activity itself says.
  func text(_ kind: InteractionKind) -> LocalizedText? {
    switch kind {
    case .post, .comment, "question", "create": return said(carrier)
    case .identify, .retract: return nil
    default: return content(of: activity)
    }
  }

  private func said(_ object: ActivityObject) -> LocalizedText? {
    if let content = content(of: object) { return content }
    if let name = object.text("name", languages) { return name }
    return object.text("summary", languages).map { LocalizedText(HTMLText.plain($0.text), language: $0.language) }
  }

  // Content is HTML unless it says otherwise (Vocabulary, content).
  private func content(of object: ActivityObject) -> LocalizedText? {
    guard var content = object.text("content", languages) else { return nil }
    let type = object.plainText("mediaType").map { MediaTypeText.essence($0) } ?? "text/html"
    if type == "text/html" { content.text = HTMLText.plain(content.text) }
    return content
  }

  var attachments: [Attachment] {
    var attachments: [Attachment] = []
    func add(_ object: ActivityObject) {
      let kind = object.types.lazy.compactMap { ActivityVocabulary.media[$0] }.first
      let isLink = object.isAny(of: ActivityVocabulary.links)
      guard kind != nil || isLink else { return }
      let link = object.object("url")
      attachments.append(
        Attachment(
          kind ?? .link, url: object.address("url") ?? object.plainText("href"),
          mediaType: object.plainText("mediaType") ?? link?.plainText("mediaType"),
          text: object.text("name", languages)?.text))
    }
    if case .object? = subject { add(carrier) }
    for attachment in carrier.all("attachment") {
      switch attachment {
      case .object(let json): add(ActivityObject(json))
      case .string(let address): attachments.append(Attachment(.link, url: address))
      default: break
      }
    }
    return attachments
  }

  // MARK: Circumstances

  private var whereabouts: ActivityObject? {
    activity.object("location") ?? carrier.object("location")
      ?? activity.object("target").flatMap { target in
        target.isAny(of: ["Place"]) ? target : nil
      }
  }

  var place: Place? {
    guard let whereabouts, let latitude = whereabouts.number("latitude"),
      let longitude = whereabouts.number("longitude")
    else { return nil }
    let metres = Self.metres[whereabouts.plainText("units") ?? "m"]
    let accuracy = whereabouts.number("radius").flatMap { radius in metres.map { $0 * radius } }
    return Place(
      latitude: latitude, longitude: longitude, accuracy: accuracy,
      name: whereabouts.text("name", languages)?.text)
  }

  private static let metres = ["cm": 0.01, "feet": 0.3048, "inches": 0.0254, "km": 1_000, "m": 1, "miles": 1_609.344]

  var inReplyTo: String? { carrier.address("inReplyTo") ?? activity.address("inReplyTo") }

  var thread: String? { carrier.address("context") ?? activity.address("context") }

  /// The group that was joined or left.
  var group: String? {
    guard activity.isAny(of: ["Join", "Leave"]), case .object(let json)? = activity.first("object"),
      ActivityObject(json).isAny(of: ["Group", "Organization"])
    else { return nil }
    return ActivityObject.address(of: .object(json))
  }

  var properties: ValueMap {
    var properties = ValueMap()
    if case .object(let json)? = subject, reference(to: subject) == nil,
      let name = ActivityObject(json).text("name", languages)
    {
      // Without an address there is no reference; the name is what is known.
      properties["object"] = .string(name.text)
      properties["objectType"] = .string(Self.typeName(ActivityObject(json)))
    }
    if place == nil, let name = whereabouts?.text("name", languages) { properties["place"] = .string(name.text) }
    let choices = (activity.all("oneOf") + activity.all("anyOf")).compactMap { choice -> Value? in
      guard case .object(let json) = choice else { return nil }
      return ActivityObject(json).text("name", languages).map { .string($0.text) }
    }
    if !choices.isEmpty { properties["choices"] = .list(choices) }
    let tags = carrier.all("tag").compactMap { tag -> Value? in
      guard case .object(let json) = tag, !ActivityObject(json).isAny(of: ["Mention"]) else { return nil }
      return ActivityObject(json).text("name", languages).map { .string($0.text) }
    }
    if !tags.isEmpty { properties["tags"] = .list(tags) }
    return properties
  }

  /// The activity as it was, without context, hidden addressees and what was said, which is the text.
  func extra() throws(JSONError) -> ValueMap {
    func reduced(_ object: JSONObject) -> JSONObject {
      object.without(["@context", "content", "contentMap"] + Self.hidden)
    }
    var rest = reduced(activity.json).without(["id", "actor", "published"])
    if case .object(let object)? = rest["object"] { rest["object"] = .object(reduced(object)) }
    return ["activitystreams": .map(try rest.plainValues())]
  }
}

/// The id by which an activity is known when it comes again, is edited or undone.
enum ActivityKey {
  /// A Create has the id of what it creates, because later activities name the post; any other its own id, and without
  /// one a hash of the activity.
  static func id(of activity: ActivityObject, _ defaults: InterchangeDefaults) -> String {
    if activity.isAny(of: ["Create"]), let created = activity.address("object") { return created }
    if let id = activity.id { return id }
    let content = activity.json.without(["@context"] + ActivityMapper.hidden)
    return defaults.fallbackKey(.object(content)).id
  }
}
