import SCRMExpressions
public import StrictJSON

/// Reads statuses and comments of Weibo, as its API gives them and as its stream delivers them.
///
/// A status with a `retweeted_status` is a share of it, one that answers another is a comment, any other a post. The
/// `verified_type` tells the voice of an organisation (1 … 7) from a person.
public struct WeiboReader: InteractionDocumentReader {
  /// What the host adds.
  public var defaults: InterchangeDefaults

  /// `application/json`.
  public var mediaType: String { "application/json" }

  /// Creates a reader.
  public init(_ defaults: InterchangeDefaults) { self.defaults = defaults }

  /// What a status, a comment or an event of the stream holds.
  /// - Throws: `JSONError` with the path of what is missing or malformed.
  public func read(_ document: JSON) throws(JSONError) -> DocumentReading {
    let object = try document.objectValue()
    var reading: DocumentReading
    if case .object(let text)? = object["text"] {
      do throws(JSONError) { reading = try streamed(text) } catch { throw error.prefixed(by: .key("text")) }
    } else {
      reading = DocumentReading([try interaction(object)])
    }
    for index in reading.interactions.indices {
      reading.interactions[index].raw = defaults.payload(document, mediaType)
    }
    return reading
  }

  // {"id":…,"text":{"type":"status","event":"add","status":{…}}}
  private func streamed(_ event: JSONObject) throws(JSONError) -> DocumentReading {
    let type = try event.requiredForeignText("type")
    guard type == "status" || type == "comment" else {
      return DocumentReading(notAnInteraction: "an event about something else than a status or a comment", at: "text")
    }
    let status = try event.object(type)
    let interaction: Interaction
    do { interaction = try self.interaction(status) } catch { throw error.prefixed(by: .key(type)) }
    switch try event.requiredForeignText("event") {
    case "add": return DocumentReading([interaction])
    case "del":
      return DocumentReading([
        Interaction(
          key: EventKey(defaults.source, interaction.key.id + "#del"), kind: .retract, actor: interaction.actor,
          object: ObjectReference(type: "post", id: interaction.key.id), context: interaction.context,
          revision: .retracts(interaction.key.id), at: defaults.received, received: defaults.received)
      ])
    default: return DocumentReading(notAnInteraction: "an event that neither adds nor deletes", at: "text.event")
    }
  }

  // MARK: Statuses and comments

  private func interaction(_ status: JSONObject) throws(JSONError) -> Interaction {
    let user = try status.object("user")
    let author: WeiboUser
    do { author = try WeiboUser(user, defaults) } catch { throw error.prefixed(by: .key("user")) }
    let time = try status.requiredForeignText("created_at")
    guard let occurred = PlatformTime.weibo(time) else {
      throw JSONError(
        .invalidValue, "expected a time such as Tue May 31 17:46:55 +0800 2011", path: [.key("created_at")])
    }
    var context = InteractionContext(brand: defaults.brand, channel: "weibo")
    context.extra["weibo"] = .map(try rest(status).plainValues())
    var (kind, target, object) = (InteractionKind.post, Party?.none, ObjectReference?.none)
    if let shared = try status.optionalObject("retweeted_status") {
      kind = .share
      do throws(JSONError) {
        object = ObjectReference(type: "post", id: try Self.id(shared))
        // The author of a deleted status is gone.
        target = try shared.optionalObject("user").map { (user) throws(JSONError) in
          try WeiboUser(user, defaults).party
        }
      } catch { throw error.prefixed(by: .key("retweeted_status")) }
    } else if let answered = try answered(status) {
      kind = .comment
      context.inReplyTo = EventKey(defaults.source, answered)
      target = try repliedTo(status)
    }
    return Interaction(
      key: EventKey(defaults.source, try Self.id(status)), kind: kind, actor: author.party, object: object,
      target: target, text: try status.foreignText("text").map { LocalizedText($0) }, place: try place(status),
      attachments: try pictures(status), properties: try properties(status),
      traits: defaults.retainsCounts ? author.traits : author.stableTraits, context: context, at: occurred,
      received: defaults.received)
  }

  private static func id(_ status: JSONObject) throws(JSONError) -> String {
    try status.foreignID("idstr", "id")
  }

  // A comment names the status, and the comment it answers.
  private func answered(_ status: JSONObject) throws(JSONError) -> String? {
    if let comment = try status.optionalObject("reply_comment") { return try Self.id(comment) }
    if let commented = try status.optionalObject("status") { return try Self.id(commented) }
    return try status.foreignText("in_reply_to_status_id")
  }

  private func repliedTo(_ status: JSONObject) throws(JSONError) -> Party? {
    for name in ["reply_comment", "status"] {
      guard let answered = try status.optionalObject(name) else { continue }
      return try answered.optionalObject("user").map { (user) throws(JSONError) in
        try WeiboUser(user, defaults).party
      }
    }
    guard let id = try status.foreignText("in_reply_to_user_id") else { return nil }
    return defaults.party(
      [Identifier(.weibo, id, .verified)], .customer, name: try status.foreignText("in_reply_to_screen_name"))
  }

  // {"type":"Point","coordinates":[latitude, longitude]}
  private func place(_ status: JSONObject) throws(JSONError) -> Place? {
    guard case .object(let geo)? = status["geo"], case .array(let numbers)? = geo["coordinates"], numbers.count == 2
    else { return nil }
    do throws(JSONError) {
      return Place(latitude: try numbers[0].doubleValue(), longitude: try numbers[1].doubleValue())
    } catch { throw error.prefixed(by: .key("coordinates")).prefixed(by: .key("geo")) }
  }

  private func pictures(_ status: JSONObject) throws(JSONError) -> [Attachment] {
    var attachments: [Attachment] = []
    for picture in try status.foreignObjects("pic_urls") {
      if let url = try picture.foreignText("thumbnail_pic") { attachments.append(Attachment(.image, url: url)) }
    }
    if attachments.isEmpty, let url = try status.foreignText("original_pic") {
      attachments.append(Attachment(.image, url: url))
    }
    return attachments
  }

  private func properties(_ status: JSONObject) throws(JSONError) -> ValueMap {
    var properties = ValueMap()
    properties.set("client", try status.foreignText("source").map { HTMLText.plain($0) })
    if defaults.retainsCounts {
      for name in ["reposts_count", "comments_count", "attitudes_count"] {
        properties.set(name, try status.foreignInteger(name))
      }
    }
    return properties
  }

  // Everything else; without counts where they are not wanted, since they make the same status another body.
  private func rest(_ status: JSONObject) -> JSONObject {
    let rest = status.without(["idstr", "created_at", "text", "user"])
    return defaults.retainsCounts ? rest : PlatformCounts.removed(from: rest)
  }
}

/// Figures of the moment in documents of platforms.
enum PlatformCounts {
  /// The object without members whose name ends in `_count`, at all levels.
  static func removed(from object: JSONObject) -> JSONObject {
    JSONObject(
      object.compactMap { member in
        member.key.hasSuffix("_count") ? nil : (key: member.key, value: removed(from: member.value))
      })
  }

  private static func removed(from json: JSON) -> JSON {
    switch json {
    case .object(let object): .object(removed(from: object))
    case .array(let elements): .array(elements.map { removed(from: $0) })
    default: json
    }
  }
}
