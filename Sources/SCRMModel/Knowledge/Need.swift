public import SCRMExpressions

/// Something a person was observed to need or to suffer from, with the interactions it shows in.
public struct Need: Sendable, Hashable, Codable, Redacted {
  /// The kinds of needs.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Something wanted.
    case need
    /// Something that hurts.
    case painPoint
  }

  /// What kind it is.
  public var kind: Kind
  /// What it is, in words.
  public var text: String
  /// The interactions it was concluded from.
  public var evidence: [EventKey]
  /// When it was observed.
  public var observed: Instant
  /// How far it is believed, 0 … 1; assigned values are limited.
  @UnitInterval public var confidence: Double

  /// Creates a need.
  public init(_ kind: Kind, _ text: String, evidence: [EventKey], observed: Instant, confidence: Double = 1) {
    self.kind = kind
    self.text = text
    self.evidence = evidence
    self.observed = observed
    self.confidence = confidence
  }

  /// The kind and the number of interactions it rests on.
  public var redactedDescription: String { "\(kind.rawValue) seen in \(evidence.count) interactions" }
}
