/// Where a key lies in a buffer of bytes.
@usableFromInline
package struct ByteRange: Sendable {
  /// The offset of its first byte.
  @usableFromInline package var start: UInt32
  /// How many bytes it has.
  @usableFromInline package var count: UInt32

  /// Creates a range.
  @inlinable
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}
