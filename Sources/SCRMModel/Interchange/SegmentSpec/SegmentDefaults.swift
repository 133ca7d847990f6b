public import SCRMExpressions

/// What the host adds to messages of the Segment spec: where they come from, and what a message may lack.
public struct SegmentDefaults: Sendable {
  /// Gives the id of a message without one from its line number and its canonical bytes.
  ///
  /// The bytes are the message as compact JSON with the members of all objects in byte order, without `sentAt` and
  /// `receivedAt`, which differ between two deliveries of one message.
  public typealias MessageID = @Sendable (_ line: Int, _ canonical: [UInt8]) -> String

  /// The source of the interactions.
  public var source: SourceID
  /// The receive time of messages without `receivedAt`; also the event time of those without any time.
  public var received: Instant
  /// The scope of `userId` and `anonymousId`; one for all sources that share their user ids.
  public var system: String
  /// How `userId` is asserted: `verified` by default, because a system of the host gave it at a login.
  ///
  /// Choose `claimed` for sources that anyone can write to, such as a web page.
  public var userAssertion: Identifier.Assertion
  /// What kind of id `previousId` of an alias is; `nil` for a user id.
  public var previousNamespace: IdentifierNamespace?
  /// The currency of amounts without one; the spec says US dollars.
  public var currency: String
  /// The id of messages without `messageId`; by default ``EventKey/fallback(source:content:)``.
  public var messageID: MessageID

  /// Creates defaults.
  public init(
    source: SourceID, received: Instant, system: String = "", userAssertion: Identifier.Assertion = .verified,
    previousNamespace: IdentifierNamespace? = nil, currency: String = "USD", messageID: MessageID? = nil
  ) {
    self.source = source
    self.received = received
    self.system = system
    self.userAssertion = userAssertion
    self.previousNamespace = previousNamespace
    self.currency = currency
    self.messageID = messageID ?? { _, bytes in EventKey.fallback(source: source, content: bytes).id }
  }
}
