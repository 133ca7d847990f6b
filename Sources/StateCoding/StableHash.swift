/// A fast 64-bit hash that is the same in every process: multiply-and-fold mixing as in wyhash (Wang Yi, 2019).
///
/// For change detection, not against an adversary.
@usableFromInline
package struct StableHash {
  @usableFromInline var state: UInt64 = 0x9e37_79b9_7f4a_7c15

  @inlinable
  package init() {}

  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  /// A hash that is another one in every process, for keys of tables: nobody can know outside which texts collide.
  package static func ofProcess() -> StableHash {
    var hash = StableHash()
    hash.state ^= seed
    return hash
  }

  @inlinable
  package mutating func word(_ value: UInt64) {
    let product = (state ^ value).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
    state = product.high ^ product.low &+ 0x2d35_8dcc_aa6c_78a5
  }

  @usableFromInline
  mutating func mix(_ raw: UnsafeRawBufferPointer) {
    word(UInt64(raw.count))
    var index = 0
    while index + 8 <= raw.count {
      word(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index += 8
    }
    word(Self.rest(raw, from: index))
  }

  /// The last bytes as a number, most significant first.
  @usableFromInline
  static func rest(_ raw: UnsafeRawBufferPointer, from index: Int) -> UInt64 {
    let count = raw.count - index
    if count == 0 { return 0 }
    if index > 0 {
      // Eight bytes at once; those before `index` are cut off.
      let last = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
      return last & (1 << UInt64(count * 8) - 1)
    }
    var rest: UInt64 = 0
    for place in 0..<count { rest = rest << 8 | UInt64(raw[place]) }
    return rest
  }

  @inlinable
  package mutating func bytes(_ content: [UInt8]) { content.withUnsafeBytes { mix($0) } }

  @inlinable
  package mutating func text(_ content: String) {
    let hashed: Void? = content.utf8.withContiguousStorageIfAvailable { mix(UnsafeRawBufferPointer($0)) }
    if hashed == nil { bytes(Array(content.utf8)) }
  }

  @inlinable
  package var value: UInt64 {
    var copy = self
    copy.word(0x8bb8_4b93_962e_acc9)
    return copy.state
  }
}
