/// Writes the compact binary form of module state: variable-length integers (LEB128), length-prefixed text and bytes.
///
/// The form is canonical: equal values give equal bytes, so that replayed state can be compared as bytes.
@usableFromInline
package struct ByteWriter {
  @usableFromInline package var bytes: [UInt8] = []

  @inlinable
  package init() {}

  @inlinable
  package init(reservingCapacity capacity: Int) { bytes.reserveCapacity(capacity) }

  /// An unsigned integer in 1 to 10 bytes.
  @inlinable
  package mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Three bytes.
  @inlinable
  package mutating func threeBytes(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    withUnsafeBytes(of: (first, second, third)) { bytes.append(contentsOf: $0) }
  }

  /// A count or index; negative values are written as zero.
  @inlinable
  package mutating func count(_ value: Int) { unsigned(UInt64(max(value, 0))) }

  /// A signed integer, zigzag-coded so that small magnitudes are short.
  @inlinable
  package mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

  /// Eight bytes, most significant first, so that the bytes order like the number.
  @inlinable
  package mutating func fixed(_ value: UInt64) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// A double by its bit pattern.
  @inlinable
  package mutating func double(_ value: Double) { fixed(value.bitPattern) }

  /// One byte.
  @inlinable
  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// A truth value as one byte.
  @inlinable
  package mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// Length and UTF-8 bytes.
  @inlinable
  package mutating func string(_ text: String) {
    count(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Length and bytes.
  @inlinable
  package mutating func blob(_ content: [UInt8]) {
    count(content.count)
    bytes.append(contentsOf: content)
  }
}
