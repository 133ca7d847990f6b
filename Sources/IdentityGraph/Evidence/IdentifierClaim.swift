public import SCRMModel

/// One identifier of a statement, in its normal form, and how sure the statement is of it.
public struct IdentifierClaim: Sendable, Hashable, Codable, Redacted {
  /// The normalised identifier.
  public var key: IdentifierKey
  /// How it was asserted.
  public var assertion: Identifier.Assertion

  /// Creates a claim.
  public init(_ key: IdentifierKey, _ assertion: Identifier.Assertion = .claimed) {
    self.key = key
    self.assertion = assertion
  }

  /// The namespace and the assertion.
  public var redactedDescription: String { "\(key) \(assertion.rawValue)" }
}
