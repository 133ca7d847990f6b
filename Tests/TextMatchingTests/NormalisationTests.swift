import Foundation
import Testing
import TextMatching

/// Folding against Foundation's normalisation forms, by scalar and on texts in which marks meet.
@Suite struct NormalisationTests {
  private static let compatibility = TextFolding(case: false, width: true, diacritics: false)
  private static let canonical = TextFolding(case: false, width: false, diacritics: false, compatibility: false)

  /// Examples of Unicode Standard Annex #15 and of chapter 3 of the standard.
  @Test(arguments: [
    ("\u{1E9B}\u{323}", "\u{1E9B}\u{323}", "\u{1E69}"),
    ("\u{212B}", "\u{C5}", "\u{C5}"), ("\u{2126}", "\u{3A9}", "\u{3A9}"),
    ("\u{1E69}", "\u{1E69}", "\u{1E69}"), ("s\u{307}\u{323}", "\u{1E69}", "\u{1E69}"),
    ("\u{1E0B}\u{323}", "\u{1E0D}\u{307}", "\u{1E0D}\u{307}"),
    ("q\u{307}\u{323}", "q\u{323}\u{307}", "q\u{323}\u{307}"),
    ("\u{FB01}", "\u{FB01}", "fi"), ("2\u{2075}", "2\u{2075}", "25"),
    ("\u{D4DB}", "\u{D4DB}", "\u{D4DB}"), ("\u{1111}\u{1171}\u{11B6}", "\u{D4DB}", "\u{D4DB}"),
    ("a\u{300}\u{5AE}\u{315}b", "\u{E0}\u{5AE}\u{315}b", "\u{E0}\u{5AE}\u{315}b"),
    ("\u{FF76}\u{FF9E}", "\u{FF76}\u{FF9E}", "\u{30AC}"), ("\u{1100}\u{AC00}\u{11A8}", "\u{1100}각", "\u{1100}각"),
    ("\u{915}\u{93C}", "\u{915}\u{93C}", "\u{915}\u{93C}"), ("\u{958}", "\u{915}\u{93C}", "\u{915}\u{93C}"),
    ("\u{B47}\u{300}\u{B3E}", "\u{B47}\u{300}\u{B3E}", "\u{B47}\u{300}\u{B3E}"),
    ("\u{2F868}", "\u{36FC}", "\u{36FC}"),
  ])
  func `published examples`(text: String, canonical: String, compatible: String) {
    #expect(Array(Self.canonical.key(text).utf8) == Array(canonical.utf8))
    #expect(Array(Self.compatibility.key(text).utf8) == Array(compatible.utf8))
  }

  @Test func `every scalar has the normal forms that Foundation gives`() {
    var wrong: [String] = []
    for value in UInt32(1)...0x2_FFFF {
      let isOften = (0x3400...0x9FFF).contains(value) || (0xAC00...0xD7A3).contains(value) || value >= 0x20000
      guard let scalar = Unicode.Scalar(value), !isOften || value % 97 == 0 || value >= 0x2F800 else { continue }
      // Newer scalars than Foundation may know.
      guard let age = scalar.properties.age, age.major <= 15 else { continue }
      let text = String(scalar)
      if !Self.compatibility.key(text).utf8.elementsEqual(text.precomposedStringWithCompatibilityMapping.utf8)
        || !Self.canonical.key(text).utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8)
      {
        wrong.append(String(value, radix: 16))
      }
    }
    #expect(wrong.isEmpty)
  }

  /// Letters, marks of many classes, jamo and compatibility forms at random.
  @Test(arguments: 0..<8)
  func `random texts have the normal forms that Foundation gives`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<(seed == 0 ? 4_000 : 1_000) {
      let text = Oracle.text(of: FoldingOracle.alphabet, upTo: 7, &random)
      let message = "\(text.unicodeScalars.map { String($0.value, radix: 16) })"
      // Foundation on Linux composes some texts wrongly unless they are decomposed first: ﬅ and jamo, か and a virama.
      let compatible = text.decomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
      let canonical = text.decomposedStringWithCanonicalMapping.precomposedStringWithCanonicalMapping
      #expect(Self.compatibility.key(text).utf8.elementsEqual(compatible.utf8), "\(message)")
      #expect(Self.canonical.key(text).utf8.elementsEqual(canonical.utf8), "\(message)")
    }
  }

  @Test(arguments: 0..<6)
  func `random texts fold as defined, by Foundation's forms`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed) + 100)
    let foldings = [
      TextFolding.standard, TextFolding(diacritics: false), TextFolding(case: false),
      TextFolding(width: false, compatibility: false), TextFolding(case: false, width: false, compatibility: false),
    ]
    for round in 0..<2_000 {
      let text = Oracle.text(of: FoldingOracle.alphabet, upTo: 7, &random)
      let folding = foldings[round % foldings.count]
      let folded = folding.fold(text)
      let message = "\(text.unicodeScalars.map { String($0.value, radix: 16) }) \(folding)"
      #expect(folded.bytes == FoldingOracle.fold(text, folding), "\(message)")
      #expect(folding.fold(folded.text).bytes == folded.bytes, "not stable: \(message)")
    }
  }

  /// The range of what folds by itself, against cuts made by the definition.
  @Test(arguments: 0..<4)
  func `ranges lead back to the scalars that a part came from`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed) + 200)
    for _ in 0..<500 {
      let text = Oracle.text(of: FoldingOracle.alphabet, upTo: 6, &random)
      let folded = TextFolding.standard.fold(text)
      let segments = FoldingOracle.segments(of: text)
      #expect(segments.flatMap(\.folded) == folded.bytes)
      var place = 0
      for segment in segments where !segment.folded.isEmpty {
        let range = folded.sourceRange(place..<(place + segment.folded.count))
        #expect(range == segment.source, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
        place += segment.folded.count
      }
    }
  }

  @Test func `a keyword is found in every way of writing it, at its place in the original`() throws {
    let automaton = try KeywordAutomaton(["fish", "12号", "ガス", "한국", "株式会社"].map { Keyword($0) })
    for (text, range) in [
      ("a ﬁsh!", 2..<7), ("買①②号。", 3..<12), ("ｶﾞｽ代", 0..<9), ("カ\u{3099}ス代", 0..<9),
      ("대\u{1112}\u{1161}\u{11AB}국", 3..<15), ("㍿ 社", 0..<3), ("ＦＩＳＨ", 0..<12), ("𝔣𝔦𝔰𝔥", 0..<16),
    ] {
      #expect(automaton.hits(in: text).map(\.range) == [range], "\(text)")
      var set = KeywordSet()
      automaton.matchedKeywords(in: text, into: &set)
      #expect(set.count == 1, "\(text)")
    }
  }
}
