import TextMatching

/// Slow and plain versions of what the module does, to compare with.
enum Oracle {
  /// A random text of at most `count` pieces.
  static func text(of alphabet: [String], upTo count: Int, _ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in
      alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
    }.joined()
  }

  /// All offsets at which the needle stands.
  static func offsets(of needle: [UInt8], in bytes: [UInt8]) -> [Int] {
    guard !needle.isEmpty, needle.count <= bytes.count else { return [] }
    return (0...(bytes.count - needle.count)).filter { start in
      needle.indices.allSatisfy { bytes[start + $0] == needle[$0] }
    }
  }

  /// A map made by folding each scalar alone; right for texts in which no two scalars compose.
  struct Map {
    var bytes: [UInt8] = []
    /// For each folded byte the source range of its scalar and the dropped scalars after it.
    private var ranges: [Range<Int>] = []

    init(_ text: String, _ folding: TextFolding) {
      var offset = 0
      for scalar in text.unicodeScalars {
        let length = UTF8.width(scalar)
        let folded = folding.fold(String(scalar)).bytes
        if folded.isEmpty {
          // A dropped mark belongs to all bytes of the scalar before it.
          let start = ranges.last?.lowerBound
          for index in ranges.indices where ranges[index].lowerBound == start {
            ranges[index] = ranges[index].lowerBound..<(offset + length)
          }
        }
        bytes += folded
        ranges += folded.map { _ in offset..<(offset + length) }
        offset += length
      }
    }

    func sourceRange(_ folded: Range<Int>) -> Range<Int> {
      ranges[folded.lowerBound].lowerBound..<ranges[folded.upperBound - 1].upperBound
    }
  }

  /// Every occurrence by trying every keyword at every place, in the order that the automaton promises.
  static func hits(_ keywords: [Keyword], in text: String, _ folding: TextFolding) -> [KeywordHit] {
    let folded = folding.fold(text)
    var found: [(end: Int, length: Int, hit: KeywordHit)] = []
    for (index, keyword) in keywords.enumerated() {
      let needle = folding.fold(keyword.text).bytes
      for start in offsets(of: needle, in: folded.bytes) {
        let end = start + needle.count
        guard isAllowed(keyword.match, start..<end, folded.bytes) else { continue }
        found.append((end, needle.count, KeywordHit(keyword: index, range: folded.sourceRange(start..<end))))
      }
    }
    return found.sorted {
      ($0.end, -$0.length, $0.hit.keyword) < ($1.end, -$1.length, $1.hit.keyword)
    }.map(\.hit)
  }

  private static func isAllowed(_ match: Keyword.Match, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    if match == .substring { return true }
    let inside = String(decoding: bytes[range], as: UTF8.self).unicodeScalars
    let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).unicodeScalars.last
    let after = String(decoding: bytes[range.upperBound...], as: UTF8.self).unicodeScalars.first
    return isEdge(inside.first, before, match) && isEdge(inside.last, after, match)
  }

  private static func isEdge(_ inner: Unicode.Scalar?, _ outer: Unicode.Scalar?, _ match: Keyword.Match) -> Bool {
    guard let inner, let outer else { return true }
    if isSpaced(inner) { return !isSpaced(outer) }
    return match == .automatic || !isUnspaced(inner) || !isUnspaced(outer)
  }

  /// Latin, Greek, Cyrillic and digits, which is what the test alphabets have of the kind.
  private static func isSpaced(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
      || scalar.properties.canonicalCombiningClass == .above)
      && (scalar.value < 0x600 || (0xFB00...0xFB06).contains(scalar.value) || (0xFF10...0xFF5A).contains(scalar.value))
  }

  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    (0x3041...0x3096).contains(scalar.value) || (0x3099...0x309A).contains(scalar.value)
      || (0x30A1...0x30FA).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
      || (0xAC00...0xD7A3).contains(scalar.value) || (0xFF66...0xFF9F).contains(scalar.value)
      || (0x1100...0x11FF).contains(scalar.value) || (0xE01...0xE4E).contains(scalar.value)
  }
}
