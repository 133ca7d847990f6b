public import SCRMExpressions

/// A label on a person, with who put it there and how long it counts.
public struct Tag: Sendable, Hashable, Codable, Redacted {
  /// The label.
  public var name: String
  /// The system, rule or form that set it.
  public var source: SourceID
  /// From when on it counts.
  public var since: Instant
  /// From when on it counts no longer; `nil` for never.
  public var expires: Instant?
  /// How far it is believed, 0 … 1; assigned values are limited.
  @UnitInterval public var confidence: Double

  /// Creates a tag.
  public init(_ name: String, source: SourceID, since: Instant, expires: Instant? = nil, confidence: Double = 1) {
    self.name = name
    self.source = source
    self.since = since
    self.expires = expires
    self.confidence = confidence
  }

  /// Whether it counts at a time: from `since` on, until before `expires`.
  public func isActive(at time: Instant) -> Bool {
    since <= time && expires.map { time < $0 } ?? true
  }

  /// The source and time.
  public var redactedDescription: String { "tag from \(source) since \(since)" }
}
