public import SCRMModel

/// One merge as it was seen, with what each side had then: what is needed to revert it.
public struct IdentityMerge: Sendable, Hashable, Codable, Redacted {
  /// The person who stayed.
  public var survivor: PersonID
  /// The person whose id leads to the survivor.
  public var absorbed: PersonID
  /// What the survivor had before, in byte order.
  public var survivorIdentifiers: [IdentifierKey]
  /// What the absorbed person had before, in byte order.
  public var absorbedIdentifiers: [IdentifierKey]

  /// The ids.
  public var redactedDescription: String { "merge of \(absorbed) into \(survivor)" }
}
