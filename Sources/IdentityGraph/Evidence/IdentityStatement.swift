public import SCRMExpressions
public import SCRMModel

/// What one interaction, record or model says about who somebody is: these identifiers are one party.
///
/// The first identifier is the *hub*: the account the statement is about, such as an openid, a user id or the number of
/// a record. The statement is a star of evidence, one edge from the hub to every other identifier; with a single
/// identifier it is a sighting. "This openid was seen with that telephone number", "this check-in token was signed for
/// that account" and "a model holds these two for one person with 0.97" are all statements.
public struct IdentityStatement: Sendable, Hashable, Codable, Redacted {
  /// The interaction or record that says so; its source is who asserts it.
  public var event: EventKey
  /// When it was so, event time.
  public var time: Instant
  /// The identifiers, the hub first.
  public var identifiers: [IdentifierClaim]
  /// What is said of the party beside them.
  public var descriptors: [IdentityDescriptor]
  /// The probability that the identifiers belong to one party, 0 … 1.
  ///
  /// Assigned values are limited.
  @UnitInterval public var strength: Double

  /// Creates a statement; 1 as strength means that nothing but the assertions speaks against it.
  public init(
    event: EventKey, time: Instant, identifiers: [IdentifierClaim], descriptors: [IdentityDescriptor] = [],
    strength: Double = 1
  ) {
    self.event = event
    self.time = time
    self.identifiers = identifiers
    self.descriptors = descriptors
    self.strength = strength
  }

  /// The event and counts.
  public var redactedDescription: String {
    "\(event) with \(identifiers.count) identifiers and \(descriptors.count) descriptors"
  }
}
