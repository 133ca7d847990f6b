public import SCRMModel

/// One merge of two people known before, with what each side had then: what is needed to revert it.
///
/// ``EvidenceGraph/add(_:recording:)`` records it; that somebody goes by another id because they turned out to be seen
/// earlier is no merge. An identifier that was nobody's counts as a person of its own.
public struct IdentityMerge: Sendable, Hashable, Codable, Redacted {
  /// The person who stayed.
  public var survivor: PersonID
  /// The person whose id leads to the survivor.
  public var absorbed: PersonID
  /// What the survivor had before, with those of whom the same statements made one person with them, in byte order.
  public var survivorIdentifiers: [IdentifierKey]
  /// What the absorbed person had before, in byte order.
  public var absorbedIdentifiers: [IdentifierKey]

  /// The ids.
  public var redactedDescription: String { "merge of \(absorbed) into \(survivor)" }
}
