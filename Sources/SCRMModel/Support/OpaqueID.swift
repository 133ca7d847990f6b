package import StateCoding
public import StrictJSON

/// A 128-bit identifier that is minted by the SDK and carries no personal data in clear.
///
/// It is the beginning of a keyed SHA-256 over what it stands for, so the same input gives the same id on every machine.
/// Text and JSON form: 32 lower-case hexadecimal digits, whose byte order is the order of the ids.
public protocol OpaqueID: Hashable, Comparable, JSONCodable, CustomStringConvertible {
  /// The first 64 bits.
  var high: UInt64 { get }
  /// The last 64 bits.
  var low: UInt64 { get }
  /// Creates an id from its bits.
  init(high: UInt64, low: UInt64)
}

extension OpaqueID {
  /// Whether the bits of `left` come first.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// Reads 32 hexadecimal digits; `nil` for any other text.
  public init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32, let high = Self.word(digits[0..<16]), let low = Self.word(digits[16..<32]) else {
      return nil
    }
    self.init(high: high, low: low)
  }

  /// The 32 hexadecimal digits.
  public var description: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(32)
    for word in [high, low] {
      for shift in stride(from: 60, through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
        digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Reads the text form.
  public init(json: JSON) throws(JSONError) {
    guard let id = Self(try json.stringValue()) else {
      throw JSONError(.invalidValue, "expected 32 lower-case hexadecimal digits")
    }
    self = id
  }

  /// Writes the text form.
  public func write(to writer: inout JSONWriter) { writer.string(description) }

  /// The id made of the first 16 bytes of a digest.
  package init(digest: [UInt8]) {
    var words: (UInt64, UInt64) = (0, 0)
    for byte in digest.prefix(8) { words.0 = words.0 << 8 | UInt64(byte) }
    for byte in digest.dropFirst(8).prefix(8) { words.1 = words.1 << 8 | UInt64(byte) }
    self.init(high: words.0, low: words.1)
  }

  /// The id made of the first 16 bytes of a digest.
  package init(digest: SHA256.Digest) {
    let (high, low) = digest.leadingWords
    self.init(high: high, low: low)
  }

  private static func word(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: value = value << 4 | UInt64(digit - 0x30)
      case 0x61...0x66: value = value << 4 | UInt64(digit - 0x57)
      default: return nil
      }
    }
    return value
  }
}

// One for each type, as a generic function is not specialised in another module.
extension ByteWriter {
  /// The 16 bytes of an id.
  package mutating func id(_ value: ActionID) { id(high: value.high, low: value.low) }

  private mutating func id(high: UInt64, low: UInt64) {
    fixed(high)
    fixed(low)
  }
}

extension ByteReader {
  /// The 16 bytes of an id.
  package mutating func id() throws(StateDecodingError) -> ActionID {
    ActionID(high: try fixed(), low: try fixed())
  }
}
