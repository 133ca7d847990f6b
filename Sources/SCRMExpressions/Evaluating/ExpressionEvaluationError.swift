/// Why an evaluation has no result.
public struct ExpressionEvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure.
  public let code: ValueError.Code
  /// What was wrong, without the values.
  public let reason: String
  /// The part of the expression that failed.
  public let location: ExpressionLocation

  /// Creates an error.
  public init(_ code: ValueError.Code, _ reason: String, at location: ExpressionLocation = .none) {
    self.code = code
    self.reason = reason
    self.location = location
  }

  /// The code and the reason.
  public var description: String { "\(code.name): \(reason)" }
}
