/// Why a bind token was refused; holds nothing of the token.
public struct BindTokenError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of refusal; codes may be added, so keep a default branch.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// The text is no token.
    public static let malformed = Code(description: "malformed")
    /// The signature is not that of the content: forged, altered, or signed under another secret.
    public static let forged = Code(description: "forged")
    /// The token is used at or after its end.
    public static let expired = Code(description: "expired")
    /// The token is used before it was issued.
    public static let notYetValid = Code(description: "notYetValid")
    /// The token was used before.
    public static let replayed = Code(description: "replayed")
    /// The token is for another purpose.
    public static let wrongPurpose = Code(description: "wrongPurpose")
    /// A value given to issue or use a token does not have the required form.
    public static let invalidValue = Code(description: "invalidValue")
  }

  /// What kind of refusal it is.
  public let code: Code
  /// What was wrong and what was expected.
  public let reason: String

  /// Creates an error.
  public init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  /// `code: reason`.
  public var description: String { "\(code): \(reason)" }
}
