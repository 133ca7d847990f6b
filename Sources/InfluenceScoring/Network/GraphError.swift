/// Why a graph could not be built or measured.
public struct GraphError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; codes may be added, so keep a default branch.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// A weight is negative, not a number, or outside what can be added up.
    public static let invalidWeight = Code(description: "invalidWeight")
    /// A node is not in the graph.
    public static let unknownNode = Code(description: "unknownNode")
    /// More nodes or edges than 32-bit ids can tell apart.
    public static let tooLarge = Code(description: "tooLarge")
    /// Columns that belong together have different lengths.
    public static let mismatchedCounts = Code(description: "mismatchedCounts")
    /// A setting lies outside its range.
    public static let invalidSetting = Code(description: "invalidSetting")
    /// The task was cancelled.
    public static let cancelled = Code(description: "cancelled")
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was concerned, such as `edge 7` or `damping`.
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
