/// Why the SDK refused something: a code to branch on, what was concerned, and what was expected.
///
/// Reasons never hold personal data.
public struct SCRMError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; codes may be added, so keep a default branch.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// A value does not have the required form.
    public static let invalidValue = Code(description: "invalidValue")
    /// A value exceeds one of the ``Limits``.
    public static let limitExceeded = Code(description: "limitExceeded")
    /// Something required is missing.
    public static let missing = Code(description: "missing")
    /// Two amounts of different currencies were to be combined.
    public static let currencyMismatch = Code(description: "currencyMismatch")
    /// The same event key came with another body.
    public static let conflictingBody = Code(description: "conflictingBody")
    /// A time lies outside what is accepted.
    public static let timeOutOfRange = Code(description: "timeOutOfRange")
    /// Two registered names collide, or a name was registered twice.
    public static let duplicateName = Code(description: "duplicateName")
    /// Stored state has a schema this version does not read.
    public static let unsupportedSchema = Code(description: "unsupportedSchema")
    /// Stored state cannot be decoded.
    public static let corruptState = Code(description: "corruptState")
    /// The stored log was decided with another configuration.
    public static let configurationMismatch = Code(description: "configurationMismatch")
    /// A stage or store is asked for something that it does not do.
    public static let unsupported = Code(description: "unsupported")
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was concerned, such as `interaction.actor.identifiers[2]` or an event key.
  public let subject: String
  /// What was wrong and what was expected.
  public let reason: String

  /// Creates an error.
  public init(_ code: Code, subject: String, _ reason: String) {
    self.code = code
    self.subject = subject
    self.reason = reason
  }

  /// `subject: reason (code)`.
  public var description: String { "\(subject): \(reason) (\(code))" }
}
