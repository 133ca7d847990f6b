public import SCRMExpressions
import StrictJSON

/// What the host adds to documents of a foreign format.
public struct InterchangeDefaults: Sendable {
  /// The source of the interactions.
  public var source: SourceID
  /// The receive time; also the event time of documents that state none.
  public var received: Instant
  /// The brand of the context.
  public var brand: String?
  /// The roles of parties that are known to the host, such as its own accounts.
  ///
  /// The key holds the identifier as the format writes it. A role given here goes before what the document says.
  public var roles: [IdentifierKey: ActorRole]
  /// Whether the document is kept as the raw payload.
  public var retainsPayload: Bool
  /// Whether figures of the moment of delivery (followers, likes, reposts) are kept.
  ///
  /// With them, the same post read again later has the same key and another body, which the loop reports as a conflict:
  /// switch them off where posts are polled again.
  public var retainsCounts: Bool

  /// Creates defaults.
  public init(
    source: SourceID, received: Instant, brand: String? = nil, roles: [IdentifierKey: ActorRole] = [:],
    retainsPayload: Bool = false, retainsCounts: Bool = true
  ) {
    self.source = source
    self.received = received
    self.brand = brand
    self.roles = roles
    self.retainsPayload = retainsPayload
    self.retainsCounts = retainsCounts
  }
}

extension InterchangeDefaults {
  /// A party in the role the host knows it in, else in the one given.
  func party(_ identifiers: [Identifier], _ role: ActorRole, name: String? = nil) -> Party {
    let known = identifiers.lazy.compactMap { roles[IdentifierKey($0.namespace, key: $0.value)] }.first
    return Party(identifiers, role: known ?? role, displayName: name)
  }

  /// The raw payload, when it is to be kept.
  func payload(_ document: JSON, _ mediaType: String) -> RawPayload? {
    retainsPayload ? RawPayload(mediaType: mediaType, bytes: document.bytes) : nil
  }

  /// The key of an interaction without an id, from its content without regard to the order of members.
  func fallbackKey(_ document: JSON) -> EventKey {
    EventKey.fallback(source: source, content: document.canonical.bytes)
  }
}
