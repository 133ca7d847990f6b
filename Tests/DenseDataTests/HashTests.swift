import DenseData
import StateCoding
import Testing

/// SHA-256 and FNV-1a against published answers.
struct HashTests {
  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// FIPS 180-2 appendix B and the NIST example values.
  static let vectors: [(text: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]

  @Test(arguments: vectors)
  func publishedDigests(text: String, digest: String) {
    #expect(hexadecimal(SHA256.digest(text.utf8)) == digest)
    #expect(hexadecimal(SHA256.digest(Array(text.utf8))) == digest)
    #expect(hexadecimal(SHA256.digest(Array(text.utf8).lazy.map { $0 })) == digest)
  }

  @Test
  func aMillionLetters() {
    let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(hexadecimal(SHA256.digest(repeatElement(0x61, count: 1_000_000))) == digest)
    var hash = SHA256()
    let block = [UInt8](repeating: 0x61, count: 1_000)
    for _ in 0..<1_000 { hash.update(block) }
    #expect(hexadecimal(hash.finalize()) == digest)
  }

  /// Every length around the block size, in one piece and cut at random.
  @Test
  func piecesGiveTheSameDigest() {
    var random = SeededGenerator(seed: 11)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var hash = SHA256()
      var position = 0
      while position < length {
        let end = min(length, position + random.below(80))
        hash.update(bytes[position..<end])
        position = end
      }
      #expect(hash.finalize() == SHA256.digest(bytes))
    }
  }

  @Test
  func stableHashHeedsContentNotStorage() {
    var random = SeededGenerator(seed: 23)
    var seen: Set<UInt64> = []
    for length in 0..<100 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var hash = StableHash()
      hash.bytes(bytes)
      #expect(seen.insert(hash.value).inserted)
      let letters = bytes.map { 0x61 + $0 % 26 }
      var (written, read) = (StableHash(), StableHash())
      written.bytes(letters)
      read.text(String(decoding: letters, as: UTF8.self))
      #expect(written.value == read.value)
    }
    // The border between two texts counts.
    var (first, second) = (StableHash(), StableHash())
    first.text("ab")
    first.text("c")
    second.text("a")
    second.text("bc")
    #expect(first.value != second.value)
  }

  /// Receipts of commits are stored with such hashes, so they must not change.
  @Test func `bytes are taken eight at a time, and the rest most significant first`() {
    for length in 0..<100 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
      var expected = StableHash()
      expected.word(UInt64(length))
      for start in stride(from: 0, to: length - length % 8, by: 8) {
        expected.word(bytes[start..<(start + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
      expected.word(bytes.suffix(length % 8).reduce(0) { $0 << 8 | UInt64($1) })
      var hash = StableHash()
      hash.bytes(bytes)
      #expect(hash.value == expected.value)
    }
  }

  /// Test values of the authors (draft-eastlake-fnv).
  @Test(arguments: [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)])
  func nameHashIsFNV1a(text: String, expected: UInt64) {
    #expect(nameHash(text) == expected)
  }
}
