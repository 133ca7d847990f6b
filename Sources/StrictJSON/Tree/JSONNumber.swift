/// A JSON number as its lexeme, so that no digit is lost: 64-bit integers, decimals and large numbers alike.
///
/// `==` compares what is written: `1`, `1.0` and `1e0` are three numbers.
public struct JSONNumber: Sendable, Hashable {
  // Integers as they are usually written need no text; each lexeme has one form only, so that `==` can be synthesised.
  private enum Form: Sendable, Hashable {
    case integer(Int64)
    case lexeme(String)
  }

  private let form: Form

  /// A signed integer.
  public init(_ value: Int64) { form = .integer(value) }

  /// An unsigned integer.
  public init(_ value: UInt64) {
    form = Int64(exactly: value).map { .integer($0) } ?? .lexeme(String(value))
  }

  /// The shortest text that reads back as `value`, always with a point or exponent; `nil` when it is not finite.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    form = .lexeme(value.description)
  }

  /// The shortest text that reads back as `value`, always with a point or exponent; `nil` when it is not finite.
  init?(_ value: Float) {
    guard value.isFinite else { return nil }
    form = .lexeme(value.description)
  }

  /// Wraps a text that follows the number grammar of RFC 8259; `nil` for any other.
  public init?(text: String) {
    var copy = text
    let number = copy.withUTF8 { bytes -> JSONNumber? in
      guard case .number(let number, let end) = Self.scan(bytes, from: 0), end == bytes.count else { return nil }
      return number
    }
    guard let number else { return nil }
    self = number
  }

  /// The number as written.
  public var text: String {
    switch form {
    case .integer(let value): String(value)
    case .lexeme(let text): text
    }
  }

  /// The integer, when it is written as the integer is written back.
  var plainInteger: Int64? { if case .integer(let value) = form { value } else { nil } }

  /// Whether there is neither fraction nor exponent.
  public var isInteger: Bool {
    switch form {
    case .integer: true
    case .lexeme(let text): !text.utf8.contains { $0 == 0x2E || $0 == 0x65 || $0 == 0x45 }
    }
  }

  /// The number, when it is written as an integer of 64 signed bits.
  public var int64: Int64? {
    switch form {
    case .integer(let value): value
    case .lexeme(let text): Int64(text)
    }
  }

  /// The number, when it is written as an integer of 64 unsigned bits.
  public var uint64: UInt64? {
    switch form {
    case .integer(let value): UInt64(exactly: value)
    case .lexeme(let text): UInt64(text)
    }
  }

  /// The nearest double; `nil` when the number overflows.
  public var double: Double? {
    switch form {
    case .integer(let value): Double(value)
    case .lexeme(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// The nearest single-precision number; `nil` when the number overflows.
  var float: Float? {
    switch form {
    case .integer(let value): Float(value)
    case .lexeme(let text): Float(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }
}

// The grammar of RFC 8259, section 6.
extension JSONNumber {
  enum Scan {
    /// A number, and the index behind it.
    case number(JSONNumber, end: Int)
    /// No number; the index of the byte that does not fit.
    case failure(at: Int)
  }

  /// Reads the number that begins at `start`, as long as the grammar allows.
  static func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Scan {
    var index = start
    func skipDigits() -> Bool {
      let first = index
      while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
      return index > first
    }
    let isNegative = index < bytes.count && bytes[index] == 0x2D
    if isNegative { index += 1 }
    let firstDigit = index
    var magnitude: UInt64 = 0
    if index < bytes.count, bytes[index] == 0x30 {
      index += 1
    } else {
      while index < bytes.count, bytes[index] &- 0x30 < 10 {
        magnitude = magnitude &* 10 &+ UInt64(bytes[index] &- 0x30)
        index += 1
      }
      if index == firstDigit { return .failure(at: index) }
    }
    var isInteger = true
    if index < bytes.count, bytes[index] == 0x2E {
      isInteger = false
      index += 1
      if !skipDigits() { return .failure(at: index) }
    }
    if index < bytes.count, bytes[index] | 0x20 == 0x65 {
      isInteger = false
      index += 1
      if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
      if !skipDigits() { return .failure(at: index) }
    }
    // Nineteen digits never wrap around; `-0` is not the way an integer is written back, so it stays a text.
    if isInteger, index - firstDigit <= 19, magnitude <= UInt64(Int64.max), !(isNegative && magnitude == 0) {
      let value = Int64(magnitude)
      return .number(JSONNumber(isNegative ? -value : value), end: index)
    }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
    return .number(JSONNumber(unchecked: text), end: index)
  }

  private init(unchecked text: String) {
    // The one integer whose magnitude does not fit in 63 bits.
    form = text == "-9223372036854775808" ? .integer(.min) : .lexeme(text)
  }
}
