import SCRMExpressions
public import StrictJSON

/// Reads statuses and notifications as the API of a Mastodon server gives them.
///
/// A status that reblogs another is a share of it, one that answers another is a comment, one that only the mentioned
/// see is a message, any other a post. A status that was edited replaces the one it was. The notifications `favourite`,
/// `reblog`, `follow` and `follow_request` are what their account did; `mention` and the like carry a status.
///
/// ```swift
/// let reader = MastodonReader(InterchangeDefaults(source: "mastodon", received: now), server: "social.example")
/// ```
public struct MastodonReader: InteractionDocumentReader {
  /// What the host adds.
  public var defaults: InterchangeDefaults
  /// The domain of the server that was asked: the scope of account ids, and what completes the address of its own
  /// accounts (`acme` is `acme@social.example`).
  ///
  /// Without it, the domain is that of the address of the account's page.
  public var server: String?

  /// `application/json`.
  public var mediaType: String { "application/json" }

  /// Creates a reader.
  public init(_ defaults: InterchangeDefaults, server: String? = nil) {
    self.defaults = defaults
    self.server = server
  }

  /// What a status or a notification holds.
  /// - Throws: `JSONError` with the path of what is missing or malformed.
  public func read(_ document: JSON) throws(JSONError) -> DocumentReading {
    let object = try document.objectValue()
    var reading =
      object["type"] != nil && object["content"] == nil
      ? try notification(object) : DocumentReading([try status(object)])
    for index in reading.interactions.indices {
      reading.interactions[index].raw = defaults.payload(document, mediaType)
    }
    return reading
  }

  // MARK: Notifications

  private func notification(_ object: JSONObject) throws(JSONError) -> DocumentReading {
    let type = try object.requiredForeignText("type")
    let kinds: [String: InteractionKind] = [
      "favourite": .like, "reblog": .share, "follow": .follow, "follow_request": "follow_request",
    ]
    guard let kind = kinds[type] else {
      guard ["mention", "status", "update"].contains(type) else {
        return DocumentReading(notAnInteraction: "a notification of the server, not something a person did", at: "type")
      }
      let status = try object.object("status")
      do { return DocumentReading([try self.status(status)]) } catch { throw error.prefixed(by: .key("status")) }
    }
    let author = try account(object, "account")
    var context = InteractionContext(brand: defaults.brand, channel: "mastodon")
    context.extra["mastodon"] = .map(["type": .string(type)])
    var (reference, target) = (ObjectReference?.none, Party?.none)
    if let status = try object.optionalObject("status") {
      do throws(JSONError) {
        reference = ObjectReference(type: "post", id: try status.requiredForeignText("id"))
        target = try account(status, "account").party
      } catch { throw error.prefixed(by: .key("status")) }
    }
    // The id of a notification is no id of a status, which counts on its own.
    let id = "notification-" + (try object.requiredForeignText("id"))
    return DocumentReading([
      Interaction(
        key: EventKey(defaults.source, id), kind: kind, actor: author.party, object: reference, target: target,
        traits: author.traits, context: context, at: try time(object, "created_at"), received: defaults.received)
    ])
  }

  // MARK: Statuses

  private func status(_ status: JSONObject) throws(JSONError) -> Interaction {
    let id = try status.requiredForeignText("id")
    let author = try account(status, "account")
    var context = InteractionContext(brand: defaults.brand, channel: "mastodon")
    context.extra["mastodon"] = .map(try rest(status).plainValues())
    var (kind, object, target) = (InteractionKind.post, ObjectReference?.none, try mentioned(status))
    if let shared = try status.optionalObject("reblog") {
      kind = .share
      do throws(JSONError) {
        object = ObjectReference(type: "post", id: try shared.requiredForeignText("id"))
        target = try account(shared, "account").party
      } catch { throw error.prefixed(by: .key("reblog")) }
    } else if let answered = try status.foreignText("in_reply_to_id") {
      kind = .comment
      context.inReplyTo = EventKey(defaults.source, answered)
    } else if try status.foreignText("visibility") == "direct" {
      kind = .message
    }
    let created = try time(status, "created_at")
    var interaction = Interaction(
      key: EventKey(defaults.source, id), kind: kind, actor: author.party, object: object, target: target,
      text: try text(status), attachments: try attachments(status), properties: try properties(status),
      traits: author.traits, context: context, at: created, received: defaults.received)
    if let edited = try status.foreignText("edited_at") {
      interaction.key = EventKey(defaults.source, id + "#edited=" + edited)
      interaction.revision = .replaces(id)
      interaction.occurred = try time(status, "edited_at")
    }
    return interaction
  }

  private func time(_ object: JSONObject, _ name: String) throws(JSONError) -> Instant {
    let text = try object.requiredForeignText(name)
    do throws(InstantError) { return try Instant(rfc3339: text) } catch {
      throw JSONError(.invalidValue, error.reason, path: [.key(name)])
    }
  }

  private func text(_ status: JSONObject) throws(JSONError) -> LocalizedText? {
    guard let content = try status.foreignText("content") else { return nil }
    return LocalizedText(HTMLText.plain(content), language: try status.foreignText("language"))
  }

  /// The account that is answered, else the first that is mentioned.
  private func mentioned(_ status: JSONObject) throws(JSONError) -> Party? {
    let answered = try status.foreignText("in_reply_to_account_id")
    let mentions = try status.foreignObjects("mentions")
    var first: JSONObject?
    for mention in mentions {
      if first == nil { first = mention }
      if let answered, try mention.foreignText("id").sameBytes(as: answered) { first = mention }
    }
    guard let first else { return nil }
    do { return try MastodonAccount(first, self).party } catch { throw error.prefixed(by: .key("mentions")) }
  }

  private func account(_ object: JSONObject, _ name: String) throws(JSONError) -> MastodonAccount {
    let account = try object.object(name)
    do { return try MastodonAccount(account, self) } catch { throw error.prefixed(by: .key(name)) }
  }

  private func attachments(_ status: JSONObject) throws(JSONError) -> [Attachment] {
    try status.foreignObjects("media_attachments").map { (media) throws(JSONError) in
      let kind: Attachment.Kind =
        switch try media.foreignText("type") {
        case "image"?: .image
        case "video"?, "gifv"?: .video
        case "audio"?: .audio
        default: .document
        }
      return Attachment(kind, url: try media.foreignText("url"), text: try media.foreignText("description"))
    }
  }

  private func properties(_ status: JSONObject) throws(JSONError) -> ValueMap {
    var properties = ValueMap()
    properties.set("visibility", try status.foreignText("visibility"))
    properties.set("spoiler_text", try status.foreignText("spoiler_text"))
    properties.set("url", try status.foreignText("url"))
    var tags: [Value] = []
    for tag in try status.foreignObjects("tags") {
      if let name = try tag.foreignText("name") { tags.append(.string(name)) }
    }
    if !tags.isEmpty { properties["tags"] = .list(tags) }
    if defaults.retainsCounts {
      for name in ["replies_count", "reblogs_count", "favourites_count"] {
        properties.set(name, try status.foreignInteger(name))
      }
    }
    return properties
  }

  private func rest(_ status: JSONObject) -> JSONObject {
    let rest = status.without(["id", "created_at", "content", "account", "language", "media_attachments", "tags"])
    return defaults.retainsCounts ? rest : PlatformCounts.removed(from: rest)
  }
}
