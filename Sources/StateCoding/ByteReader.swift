/// Reads what ``ByteWriter`` wrote; every malformed or truncated input is an error, never a trap.
@usableFromInline
package struct ByteReader {
  @usableFromInline let bytes: [UInt8]
  @usableFromInline var position = 0

  @inlinable
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether all bytes were read.
  @inlinable
  package var isAtEnd: Bool { position == bytes.count }

  /// Refuses state of which something is left over.
  @inlinable
  package func checkEnd() throws(StateDecodingError) { if !isAtEnd { throw .malformed } }

  /// An unsigned integer in as few bytes as it needs; a longer form is malformed.
  @inlinable
  package mutating func unsigned() throws(StateDecodingError) -> UInt64 {
    if position < bytes.count, bytes[position] < 0x80 {
      position += 1
      return UInt64(bytes[position - 1])
    }
    return try longUnsigned()
  }

  /// Three unsigned integers below 128, a byte each; `nil` when the next three are no such.
  @inlinable
  package mutating func threeSmall() -> (UInt8, UInt8, UInt8)? {
    guard position &+ 3 <= bytes.count else { return nil }
    let (first, second, third) = bytes.withUnsafeBufferPointer {
      ($0[position], $0[position &+ 1], $0[position &+ 2])
    }
    guard (first | second | third) < 0x80 else { return nil }
    position &+= 3
    return (first, second, third)
  }

  @usableFromInline
  mutating func longUnsigned() throws(StateDecodingError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard position < bytes.count else { throw .truncated }
      let byte = bytes[position]
      position += 1
      guard shift < 63 || byte <= 1 else { throw .malformed }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 {
        guard byte != 0 || shift == 0 else { throw .malformed }
        return value
      }
      shift += 7
      guard shift < 64 else { throw .malformed }
    }
  }

  /// A count of things that take at least one byte each, so that a hostile count cannot reserve memory.
  @inlinable
  package mutating func count() throws(StateDecodingError) -> Int {
    let value = try unsigned()
    guard value <= UInt64(bytes.count - position) else { throw .malformed }
    return Int(value)
  }

  /// An unsigned integer that fits in `Int`.
  @inlinable
  package mutating func integer() throws(StateDecodingError) -> Int {
    guard let value = Int(exactly: try unsigned()) else { throw .malformed }
    return value
  }

  @inlinable
  package mutating func signed() throws(StateDecodingError) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  @inlinable
  package mutating func signed32() throws(StateDecodingError) -> Int32 {
    guard let value = Int32(exactly: try signed()) else { throw .malformed }
    return value
  }

  @inlinable
  package mutating func fixed() throws(StateDecodingError) -> UInt64 {
    guard position + 8 <= bytes.count else { throw .truncated }
    let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
    position += 8
    return UInt64(bigEndian: value)
  }

  @inlinable
  package mutating func double() throws(StateDecodingError) -> Double { Double(bitPattern: try fixed()) }

  @inlinable
  package mutating func byte() throws(StateDecodingError) -> UInt8 {
    guard position < bytes.count else { throw .truncated }
    position += 1
    return bytes[position - 1]
  }

  @inlinable
  package mutating func bool() throws(StateDecodingError) -> Bool {
    switch try byte() {
    case 0: return false
    case 1: return true
    default: throw .malformed
    }
  }

  @usableFromInline
  package mutating func string() throws(StateDecodingError) -> String {
    let length = try count()
    // Hands the bytes on as a buffer: the standard library takes them without going through them one by one.
    let read = bytes.withUnsafeBufferPointer { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[position..<(position + length)])
      // Nothing in ASCII can be malformed, and most texts of states are in it; to validate any other takes long.
      return text.allSatisfy { $0 < 0x80 }
        ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self)
    }
    guard let text = read else { throw .malformed }
    position += length
    return text
  }

  /// Passes over a text after the same check as `string()`.
  @usableFromInline
  package mutating func skipString() throws(StateDecodingError) {
    let start = position
    let length = try count()
    for index in position..<(position + length) where bytes[index] >= 0x80 {
      position = start
      _ = try string()
      return
    }
    position += length
  }

  @inlinable
  package mutating func blob() throws(StateDecodingError) -> [UInt8] {
    let length = try count()
    position += length
    return Array(bytes[(position - length)..<position])
  }
}

/// Why stored state could not be read.
@usableFromInline
package struct StateDecodingError: Error, Sendable, Hashable {
  @usableFromInline package let reason: String
  @usableFromInline
  package init(reason: String) { self.reason = reason }
  @usableFromInline package static let truncated = StateDecodingError(reason: "the state ends in the middle of a value")
  @usableFromInline package static let malformed = StateDecodingError(reason: "the state holds a malformed value")
}
