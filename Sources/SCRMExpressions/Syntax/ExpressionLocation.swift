/// Where a part of an expression stands in its text, in bytes of UTF-8 from the start.
public struct ExpressionLocation: Sendable, Hashable {
  /// The first byte.
  public let start: Int32
  /// The byte behind the last one.
  public let end: Int32
  /// The byte that messages point at: the operator, the name that is called, the field.
  public let anchor: Int32

  /// The location of a tree that was not read from a text.
  public static let none = ExpressionLocation(start: 0, end: 0, anchor: -1)

  /// Creates a location.
  public init(start: Int32, end: Int32, anchor: Int32) {
    self.start = start
    self.end = end
    self.anchor = anchor
  }

  /// Whether the part was read from a text.
  public var isKnown: Bool { anchor >= 0 }
}
