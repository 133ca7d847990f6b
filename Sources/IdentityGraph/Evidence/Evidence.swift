public import SCRMExpressions
public import SCRMModel

/// One edge of the evidence graph as one statement asserted it.
public struct Evidence: Sendable, Hashable, Codable, Redacted {
  /// The hub of the statement.
  public var hub: IdentifierClaim
  /// The other identifier.
  public var other: IdentifierClaim
  /// The statement; its source is who asserted it.
  public var event: EventKey
  /// When it was so.
  public var time: Instant
  /// The probability that both belong to one party, 0 … 1.
  @UnitInterval public var strength: Double

  /// Creates evidence.
  public init(hub: IdentifierClaim, other: IdentifierClaim, event: EventKey, time: Instant, strength: Double) {
    self.hub = hub
    self.other = other
    self.event = event
    self.time = time
    self.strength = strength
  }

  /// How sure the edge is: as sure as its weaker end.
  public var assertion: Identifier.Assertion { min(hub.assertion, other.assertion) }

  /// Namespaces, assertion, event and time.
  public var redactedDescription: String {
    "\(hub.key) – \(other.key), \(assertion.rawValue), strength \(strength), by \(event) at \(time)"
  }
}
