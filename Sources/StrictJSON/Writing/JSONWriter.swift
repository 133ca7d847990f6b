/// Writes compact JSON into bytes; commas are placed automatically.
///
/// The caller keeps begin and end calls in balance and gives every member a key.
public struct JSONWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Creates an empty writer.
  public init() {}

  /// Creates a writer with room for `capacity` bytes.
  public init(reservingCapacity capacity: Int) { bytes.reserveCapacity(capacity) }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
    needsComma = true
  }

  /// Begins an object.
  public mutating func beginObject() {
    separate()
    bytes.append(0x7B)
    needsComma = false
  }

  /// Ends an object.
  public mutating func endObject() {
    bytes.append(0x7D)
    needsComma = true
  }

  /// Begins an array.
  public mutating func beginArray() {
    separate()
    bytes.append(0x5B)
    needsComma = false
  }

  /// Ends an array.
  public mutating func endArray() {
    bytes.append(0x5D)
    needsComma = true
  }

  /// The name of the next member.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(0x3A)
    needsComma = false
  }

  /// `null`.
  public mutating func null() {
    separate()
    append("null")
  }

  /// A truth value.
  public mutating func bool(_ value: Bool) {
    separate()
    append(value ? "true" : "false")
  }

  /// A signed integer.
  public mutating func int(_ value: Int64) {
    separate()
    if value < 0 { bytes.append(0x2D) }
    digits(value.magnitude)
  }

  /// An unsigned integer.
  public mutating func uint(_ value: UInt64) {
    separate()
    digits(value)
  }

  /// The shortest text that reads back as the number; JSON has no NaN and infinities, they are written as `null`.
  public mutating func double(_ value: Double) {
    guard let number = JSONNumber(value) else { return null() }
    self.number(number)
  }

  /// A number as its lexeme.
  public mutating func number(_ value: JSONNumber) {
    if let integer = value.plainInteger { return int(integer) }
    separate()
    bytes.append(contentsOf: value.text.utf8)
  }

  /// A string; only quotes, backslashes and control characters are escaped.
  public mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  /// A tree.
  public mutating func value(_ json: JSON) {
    switch json {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let value): number(value)
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { value(element) }
      endArray()
    case .object(let object):
      beginObject()
      for member in object {
        key(member.key)
        value(member.value)
      }
      endObject()
    }
  }

  /// A value that is already serialised.
  public mutating func raw(_ serialised: [UInt8]) {
    separate()
    bytes.append(contentsOf: serialised)
  }

  /// A value by its own form.
  public mutating func write<T: JSONCodable>(_ value: T) { value.write(to: &self) }

  private mutating func append(_ word: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  private mutating func digits(_ value: UInt64) {
    let start = bytes.count
    var rest = value
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(0x30 | UInt8(truncatingIfNeeded: digit))
      rest = quotient
    } while rest != 0
    if bytes.count > start + 1 { bytes[start...].reverse() }
  }

  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    var text = text
    text.withUTF8 { buffer in
      var start = 0
      while true {
        let end = UTF8Text.plainRun(buffer, from: start).end
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<end]))
        if end == buffer.count { return }
        escape(buffer[end])
        start = end + 1
      }
    }
    bytes.append(0x22)
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(0x5C)
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x08: bytes.append(0x62)
    case 0x09: bytes.append(0x74)
    case 0x0A: bytes.append(0x6E)
    case 0x0C: bytes.append(0x66)
    case 0x0D: bytes.append(0x72)
    default:
      append(byte < 0x10 ? "u000" : "u001")
      let digit = byte & 15
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}

extension JSON {
  /// The compact text of the tree as bytes.
  public var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }

  /// The compact text of the tree.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
