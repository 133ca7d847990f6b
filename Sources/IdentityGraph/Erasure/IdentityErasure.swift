public import SCRMModel

/// The receipt of an erasure: how much was removed, without what it was.
public struct IdentityErasure: Sendable, Hashable, Codable {
  /// The person erased.
  public var person: PersonID
  /// The accounts whose identifiers were removed, ordered.
  public var accounts: [AccountID]
  /// How many edges were removed.
  public var edges: Int
  /// How many statements were removed.
  public var statements: Int
  /// How many descriptors were removed.
  public var descriptors: Int
  /// Whether keyed tombstones refuse the identifiers from now on.
  public var leavesTombstones: Bool
}
