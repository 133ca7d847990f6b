public import SCRMModel

/// A link in the evidence that was not made, and why.
public struct PreventedJoin: Sendable, Hashable, Codable, Redacted {
  /// One end.
  public var left: IdentifierKey
  /// The other end.
  public var right: IdentifierKey
  /// The divided value by which they would be linked; `nil` for evidence between them.
  public var via: IdentifierKey?
  /// What stopped it.
  public var obstacle: JoinObstacle

  /// The namespaces and the obstacle.
  public var redactedDescription: String { "\(left) – \(right) prevented: \(obstacle)" }
}
