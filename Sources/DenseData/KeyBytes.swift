/// Hashing and comparing short runs of bytes, eight at a time.
@usableFromInline
enum KeyBytes {
  /// A hash that folds the 128-bit product of each eight bytes with what came before.
  ///
  /// Whoever does not know the seed cannot make keys that collide. The bytes are read, never more than `count`.
  @inlinable
  static func hash(_ bytes: UnsafeRawPointer, count: Int, seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: count)
    var offset = 0
    while count - offset > 8 {
      hash = fold(hash ^ word(bytes, offset), 0xA076_1D64_78BD_642F)
      offset += 8
    }
    return fold(hash ^ lastWord(bytes, count: count), 0xE703_7ED1_A0B4_28DB)
  }

  /// Whether two runs of the same length are the same.
  @inlinable
  static func areSame(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
    var offset = 0
    while count - offset > 8 {
      if word(left, offset) != word(right, offset) { return false }
      offset += 8
    }
    return lastWord(left, count: count) == lastWord(right, count: count)
  }

  /// Whether the left run comes before the right one in byte order; a prefix comes first.
  @inlinable
  static func isBefore(
    _ left: UnsafeRawPointer, _ leftCount: Int, _ right: UnsafeRawPointer, _ rightCount: Int
  ) -> Bool {
    let shared = min(leftCount, rightCount)
    var offset = 0
    while shared - offset >= 8 {
      let (one, other) = (word(left, offset).byteSwapped, word(right, offset).byteSwapped)
      if one != other { return one < other }
      offset += 8
    }
    while offset < shared {
      let (one, other) = (
        left.load(fromByteOffset: offset, as: UInt8.self), right.load(fromByteOffset: offset, as: UInt8.self)
      )
      if one != other { return one < other }
      offset += 1
    }
    return leftCount < rightCount
  }

  @inlinable
  static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The last eight bytes, or all of fewer; runs of one length differ in it when they differ there.
  @inlinable
  static func lastWord(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    if count >= 8 { return word(bytes, count - 8) }
    if count >= 4 {
      let low = bytes.loadUnaligned(as: UInt32.self)
      let high = bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      return UInt64(high) << 32 | UInt64(low)
    }
    if count == 0 { return 0 }
    let first = UInt64(bytes.load(as: UInt8.self))
    let middle = UInt64(bytes.load(fromByteOffset: count / 2, as: UInt8.self))
    let last = UInt64(bytes.load(fromByteOffset: count - 1, as: UInt8.self))
    return first << 16 | middle << 8 | last
  }

  @inlinable
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
