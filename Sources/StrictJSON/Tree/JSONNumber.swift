/// A JSON number as its lexeme, so that no digit is lost: 64-bit integers, decimals and large numbers alike.
public struct JSONNumber: Sendable, Hashable {
  /// The number as written.
  public let text: String

  init(unchecked text: String) { self.text = text }

  /// A signed integer.
  public init(_ value: Int64) { text = String(value) }

  /// An unsigned integer.
  public init(_ value: UInt64) { text = String(value) }

  /// The shortest text that reads back as `value`, always with a point or exponent; `nil` when it is not finite.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = value.description
  }

  /// Wraps a text that follows the number grammar of RFC 8259; `nil` for any other.
  public init?(text: String) {
    let bytes = Array(text.utf8)
    let end = bytes.withUnsafeBufferPointer { NumberGrammar.end(of: $0, from: 0) }
    guard end == bytes.count, !bytes.isEmpty else { return nil }
    self.text = text
  }

  /// Whether there is neither fraction nor exponent.
  public var isInteger: Bool { !text.utf8.contains { $0 == 0x2E || $0 == 0x65 || $0 == 0x45 } }

  /// The number, when it is written as an integer of 64 signed bits.
  public var int64: Int64? { Int64(text) }

  /// The number, when it is written as an integer of 64 unsigned bits.
  public var uint64: UInt64? { UInt64(text) }

  /// The nearest double; `nil` when the number overflows.
  public var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}

/// The grammar of RFC 8259, section 6.
enum NumberGrammar {
  /// The end of the number that begins at `start`, or `nil` when none does.
  static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    func digits() -> Bool {
      let first = index
      while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
      return index > first
    }
    if index < bytes.count, bytes[index] == 0x2D { index += 1 }
    if index < bytes.count, bytes[index] == 0x30 {
      index += 1
    } else if !digits() {
      return nil
    }
    if index < bytes.count, bytes[index] == 0x2E {
      index += 1
      if !digits() { return nil }
    }
    if index < bytes.count, bytes[index] == 0x65 || bytes[index] == 0x45 {
      index += 1
      if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
      if !digits() { return nil }
    }
    return index
  }
}
