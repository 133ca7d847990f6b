/// The hash function SHA-256 (FIPS 180-4), for identifiers and content hashes.
///
/// A plain value of fixed size: hashing a short text allocates nothing.
package struct SHA256: Sendable {
  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  private var block = SIMD8<UInt64>.zero
  /// How many bytes of the block are filled, 0 … 63.
  private var filled = 0
  private var length: UInt64 = 0

  package init() {}

  /// Adds bytes; O(n).
  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// Adds the UTF-8 bytes of a text.
  package mutating func update(text: String) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil { Array(text.utf8).withUnsafeBytes { update($0) } }
  }

  /// Adds one byte.
  package mutating func update(byte: UInt8) { withUnsafeBytes(of: byte) { update($0) } }

  /// Adds the bytes of another digest.
  package mutating func update(digest: Digest) {
    let words = digest.words
    for index in 0..<8 { withUnsafeBytes(of: words[index].bigEndian) { update($0) } }
  }

  private mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count) &* 8
    var position = 0
    if filled > 0 {
      position = min(64 - filled, bytes.count)
      fill(UnsafeRawBufferPointer(rebasing: bytes[..<position]))
      if filled < 64 { return }
      compressBlock()
    }
    while bytes.count - position >= 64 {
      compress(UnsafeRawBufferPointer(rebasing: bytes[position..<(position + 64)]))
      position += 64
    }
    fill(UnsafeRawBufferPointer(rebasing: bytes[position...]))
  }

  private mutating func fill(_ bytes: UnsafeRawBufferPointer) {
    let start = filled
    withUnsafeMutableBytes(of: &block) { block in
      UnsafeMutableRawBufferPointer(rebasing: block[start..<(start + bytes.count)]).copyMemory(from: bytes)
    }
    filled = start + bytes.count
  }

  private mutating func compressBlock() {
    let full = block
    withUnsafeBytes(of: full) { compress($0) }
    block = .zero
    filled = 0
  }

  /// A digest as eight words, most significant first.
  package struct Digest: Sendable, Hashable {
    package let words: SIMD8<UInt32>

    /// The 32 bytes.
    package var bytes: [UInt8] {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(32)
      for index in 0..<8 {
        for shift in stride(from: 24, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: words[index] >> UInt32(shift)))
        }
      }
      return bytes
    }

    /// The first and the second eight bytes as numbers, most significant byte first.
    package var leadingWords: (high: UInt64, low: UInt64) {
      (UInt64(words[0]) << 32 | UInt64(words[1]), UInt64(words[2]) << 32 | UInt64(words[3]))
    }
  }

  /// The digest of all bytes added.
  package consuming func finish() -> Digest {
    let bits = length
    update(byte: 0x80)
    // The block is zero behind what is filled.
    if filled > 56 { compressBlock() }
    block[7] = bits.bigEndian
    compressBlock()
    return Digest(words: state)
  }

  /// The 32 bytes of the digest of all bytes added.
  package consuming func finalize() -> [UInt8] { finish().bytes }

  /// The digest of `bytes`.
  package static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  private mutating func compress(_ block: UnsafeRawBufferPointer) {
    let before = state
    let after = Self.constants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 16) { words in
        for index in 0..<16 {
          words[index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        }
        var (a, b, c, d) = (before[0], before[1], before[2], before[3])
        var (e, f, g, h) = (before[4], before[5], before[6], before[7])
        // Eight rounds at a time: after them every word is back in its variable, so that none is moved.
        for start in stride(from: 0, to: 64, by: 8) {
          if start > 0, start & 15 == 0 { Self.extend(words) }
          let half = start & 8
          Self.round(a, b, c, &d, e, f, g, &h, constants[start] &+ words[half])
          Self.round(h, a, b, &c, d, e, f, &g, constants[start + 1] &+ words[half + 1])
          Self.round(g, h, a, &b, c, d, e, &f, constants[start + 2] &+ words[half + 2])
          Self.round(f, g, h, &a, b, c, d, &e, constants[start + 3] &+ words[half + 3])
          Self.round(e, f, g, &h, a, b, c, &d, constants[start + 4] &+ words[half + 4])
          Self.round(d, e, f, &g, h, a, b, &c, constants[start + 5] &+ words[half + 5])
          Self.round(c, d, e, &f, g, h, a, &b, constants[start + 6] &+ words[half + 6])
          Self.round(b, c, d, &e, f, g, h, &a, constants[start + 7] &+ words[half + 7])
        }
        return SIMD8(a, b, c, d, e, f, g, h)
      }
    }
    state = before &+ after
  }

  /// The next sixteen words of the message schedule in place of the last sixteen.
  @inline(__always)
  private static func extend(_ words: UnsafeMutableBufferPointer<UInt32>) {
    for index in 0..<16 {
      let w15 = words[(index + 1) & 15]
      let w2 = words[(index + 14) & 15]
      let s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >> 3)
      let s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >> 10)
      words[index] = words[index] &+ s0 &+ words[(index + 9) & 15] &+ s1
    }
  }

  /// One round; `input` is the word of the schedule with its constant.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ input: UInt32
  ) {
    let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let t1 = h &+ s1 &+ (g ^ (e & (f ^ g))) &+ input
    let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    d = d &+ t1
    h = t1 &+ s0 &+ ((a & b) | (c & (a | b)))
  }

  @inline(__always)
  private static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 { value &>> count | value &<< (32 &- count) }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
