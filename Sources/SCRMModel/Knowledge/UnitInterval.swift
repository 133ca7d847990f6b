/// A number from 0 to 1: assigned values are limited to it, NaN counts as 0, decoded values outside are refused.
@propertyWrapper
public struct UnitInterval: Sendable, Hashable, Codable {
  private var limited: Double

  /// The number.
  public var wrappedValue: Double {
    get { limited }
    set { limited = Self.limit(newValue) }
  }

  /// Limits a number.
  public init(wrappedValue: Double) { limited = Self.limit(wrappedValue) }

  /// Reads a number from 0 to 1.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer().decode(Double.self)
    guard (0...1).contains(value) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "expected a number from 0 to 1"))
    }
    limited = value
  }

  /// Writes the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(limited)
  }

  // -0 becomes 0, so that equal values have equal bytes.
  private static func limit(_ value: Double) -> Double { value > 0 ? min(value, 1) : 0 }
}
