import Testing
import TextMatching

@Suite struct FoldedTextTests {
  @Test func `ascii and han keep their offsets and store no map`() {
    let folded = TextFolding.standard.fold("Refund 退款 NOW")
    #expect(folded.isIdentityMap)
    #expect(folded.text == "refund 退款 now")
    #expect(folded.sourceRange(7..<13) == 7..<13)
  }

  @Test(arguments: [
    // text, folded needle, expected part of the original
    ("das Maß ist voll", "mass", "Maß"),
    ("das Maß ist voll", "mas", "Maß"),
    ("un cafe\u{301} noir", "cafe", "cafe\u{301}"),
    ("un cafe\u{301}\u{323} noir", "fe", "fe\u{301}\u{323}"),
    ("买ｉＰｈｏｎｅ了", "iphone", "ｉＰｈｏｎｅ"),
    ("ﾊﾟｿｺﾝ教室", "パソ", "ﾊﾟｿ"),
    ("ﾊﾟｿｺﾝ教室", "教室", "教室"),
    ("\u{301}a", "a", "a"),
    ("ＡＢ，ok", "ok", "ok"),
    ("e\u{301}", "e", "e\u{301}"),
    ("ﬃx", "i", "ﬃ"),
    ("ﬃx", "ix", "ﬃx"),
  ])
  func `a range leads back to the original`(text: String, needle: String, expected: String) throws {
    let folded = TextFolding.standard.fold(text)
    let found = try #require(Oracle.offsets(of: Array(needle.utf8), in: folded.bytes).first)
    let range = folded.sourceRange(found..<(found + needle.utf8.count))
    #expect(Array(text.utf8)[range].elementsEqual(expected.utf8))
  }

  @Test func `ranges outside the text are brought inside`() {
    let folded = TextFolding.standard.fold("éa")
    #expect(folded.sourceRange(0..<2) == 0..<3)
    #expect(folded.sourceRange(-5..<99) == 0..<3)
    #expect(folded.sourceRange(1..<1) == 2..<2)
    #expect(folded.sourceRange(50..<60) == 3..<3)
    #expect(TextFolding.standard.fold("").sourceRange(0..<4) == 0..<0)
    #expect(TextFolding.standard.fold("\u{301}").sourceRange(0..<1) == 2..<2)
  }

  /// The map against one made scalar by scalar, for every byte and random ranges.
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `the map agrees with folding each scalar by itself`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabet = [
      "a", "B", "é", "ß", "e\u{301}", "Ａ", "，", "\u{3000}", "中", "ж", "ﬃ", "İ", "👍", "❤\u{FE0F}", "ล้", "ẞ",
    ]
    for _ in 0..<200 {
      let text = Oracle.text(of: alphabet, upTo: 12, &random)
      let folded = TextFolding.standard.fold(text)
      let map = Oracle.Map(text, .standard)
      #expect(folded.bytes == map.bytes, "\(text) seed \(seed)")
      for lower in map.bytes.indices {
        for upper in (lower + 1)...map.bytes.count {
          let range = folded.sourceRange(lower..<upper)
          #expect(range == map.sourceRange(lower..<upper), "\(text) \(lower)..<\(upper) seed \(seed)")
        }
      }
    }
  }
}
