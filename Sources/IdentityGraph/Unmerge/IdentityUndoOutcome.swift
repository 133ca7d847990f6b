public import SCRMModel

/// What undoing would do, or did.
public struct IdentityUndoOutcome: Sendable, Hashable, Codable, Redacted {
  /// The people concerned as they are before, ordered by id.
  public var before: [IdentifiedPerson]
  /// The people of the same identifiers as they are after, ordered by id.
  public var after: [IdentifiedPerson]
  /// The changes, as a commit reports them.
  public var changes: [IdentityChange]

  /// The numbers of people.
  public var redactedDescription: String { "\(before.count) people become \(after.count)" }
}
