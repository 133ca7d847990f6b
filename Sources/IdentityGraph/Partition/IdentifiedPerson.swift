public import SCRMModel

/// A person the evidence graph makes of the evidence.
public struct IdentifiedPerson: Sendable, Hashable, Codable, Redacted {
  /// The stable id: that of the identifier by which the person was first seen.
  public var id: PersonID
  /// The identifiers, in byte order.
  public var identifiers: [IdentifierKey]

  /// The id and the number of identifiers.
  public var redactedDescription: String { "person \(id) with \(identifiers.count) identifiers" }
}
