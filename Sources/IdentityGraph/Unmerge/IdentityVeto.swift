public import SCRMExpressions
public import SCRMModel

/// The decision that two sets of identifiers are not one person: no identifier of one side is ever in a person with one
/// of the other.
///
/// A veto stands until the host removes it, so an undone merge stays undone when the same evidence comes again.
public struct IdentityVeto: Sendable, Hashable, Codable, Redacted {
  /// One side, in byte order.
  public var first: [IdentifierKey]
  /// The other side, in byte order.
  public var second: [IdentifierKey]
  /// Who decided it, and why, as the host says it.
  public var reason: String
  /// When it was decided.
  public var time: Instant

  /// Creates a veto.
  public init(first: [IdentifierKey], second: [IdentifierKey], reason: String, time: Instant) {
    self.first = first
    self.second = second
    self.reason = reason
    self.time = time
  }

  /// The sizes and the time.
  public var redactedDescription: String {
    "veto of \(first.count) against \(second.count) identifiers at \(time)"
  }
}
