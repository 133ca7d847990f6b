public import SCRMModel

/// What came of a number of statements.
public struct IdentityCommit: Sendable {
  /// The changes to people known before, merges first, each ordered by the ids.
  public var changes: [IdentityChange] = []
  /// The statements that were refused, with the reason; all others stand.
  public var refused: [(event: EventKey, error: SCRMError)] = []

  init() {}
}
