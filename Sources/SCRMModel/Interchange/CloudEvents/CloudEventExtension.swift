/// An attribute of an extension.
public struct CloudEventExtension: Sendable, Hashable, Redacted {
  /// A value: the JSON format writes addresses, times and bytes as texts.
  public enum Value: Sendable, Hashable {
    /// A truth value.
    case bool(Bool)
    /// A whole number of 32 bits.
    case integer(Int32)
    /// A text.
    case string(String)
  }

  /// The name: lower-case letters and digits.
  public var name: String
  /// The value.
  public var value: Value

  /// Creates an attribute.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  /// The name without the value.
  public var redactedDescription: String { "\(name):‹redacted›" }
}
