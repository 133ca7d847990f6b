/// Why a store refused a call.
///
/// Anything else a store throws (a lost connection) is passed on to the caller of the loop.
public struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of refusal; codes may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// The log or a record has moved on since it was read; decide again.
    public static let conflict = Code(description: "conflict")
    /// The idempotency key was used before with another body.
    public static let keyReused = Code(description: "keyReused")
    /// An event key of the change set is already in the log.
    public static let duplicateEvent = Code(description: "duplicateEvent")
    /// The change set contradicts itself: positions with gaps, the same record twice.
    public static let malformed = Code(description: "malformed")
    /// The claim is not, or no longer, held.
    public static let claimLost = Code(description: "claimLost")
    /// What was asked for does not exist.
    public static let notFound = Code(description: "notFound")
    /// The stored data has a schema this version does not read.
    public static let unsupportedSchema = Code(description: "unsupportedSchema")
  }

  /// What kind of refusal it is.
  public let code: Code
  /// What was wrong, without personal data.
  public let reason: String

  /// Creates an error.
  public init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  /// The code and the reason.
  public var description: String { "\(code): \(reason)" }
}
