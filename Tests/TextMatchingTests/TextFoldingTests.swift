import Foundation
import Testing
import TextMatching

@Suite struct TextFoldingTests {
  @Test(arguments: [
    ("Hello, World 42", "hello, world 42"),
    ("Maße MASSE Maẞe", "masse masse masse"),
    ("ΣΊΣΥΦΟΣ σίσυφος Σίσυφοσ", "σισυφοσ σισυφοσ σισυφοσ"),
    ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
    ("Café cafe\u{301} CAFÉ", "cafe cafe cafe"),
    ("Łódź Đà Nẵng Øresund Ħal Ŧ", "lodz da nang oresund hal t"),
    ("ﬁne ﬄuent ﬀ ŉ", "fine ffluent ff \u{2BC}n"),
    ("Ёлка Київ Йод", "елка киів иод"),
    ("ὈΔΥΣΣΕΎΣ ᾳ", "οδυσσευσ α"),
    ("أحمد", "احمد"),
    ("ｉＰｈｏｎｅ１５！　（￥９９）", "iphone15! (¥99)"),
    ("ﾊﾟｿｺﾝ ｶﾞｷﾞ ｱﾞ｡", "パソコン ガギ ア\u{3099}。"),
    ("①② ㈱ ㍿ ㎏ ½ x² ℃ ™ …", "12 (株) 株式会社 kg 1\u{2044}2 x2 °c tm ..."),
    ("𝐇𝐞𝐥𝐥𝐨 ℌ 🄰 🯱", "hello h a 1"),
    ("ㄱㅏ ﾡￂ ㉮ 가\u{11A8}", "가 가 가 각"),
    ("㋕\u{3099} ㌔", "ガ キロ"),
    ("⼈ \u{F900} \u{2F800}", "人 豈 丽"),
    ("ﷺ", "صلى الله عليه وسلم"),
    ("か\u{3099}っこう は\u{309A} ウ\u{3099}", "がっこう ぱ ヴ"),
    ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "한글"),
    ("退款！我要投诉", "退款!我要投诉"),
    ("❤\u{FE0F}👍🏽", "❤👍🏽"),
    ("t\u{336}e\u{336}x\u{336}t", "text"),
    ("क\u{93C} \u{958} กิน ที่", "क\u{93C} क\u{93C} กิน ที่"),
    ("𐐀𞤀", "𐐨𞤢"),
    ("", ""),
  ])
  func `standard folding`(text: String, expected: String) {
    #expect(bytes(TextFolding.standard.key(text)) == bytes(expected))
    #expect(TextFolding.standard.fold(text).bytes == bytes(expected))
  }

  @Test func `each option works alone`() {
    let text = "ÀＢß ﾃﾞ e\u{301} İ"
    let caseOnly = TextFolding(case: true, width: false, diacritics: false, compatibility: false)
    #expect(bytes(caseOnly.key(text)) == bytes("àｂss ﾃﾞ é i\u{307}"))
    let widthOnly = TextFolding(case: false, width: true, diacritics: false, compatibility: false)
    #expect(bytes(widthOnly.key(text)) == bytes("ÀBß デ é İ"))
    let diacriticsOnly = TextFolding(case: false, width: false, diacritics: true, compatibility: false)
    #expect(bytes(diacriticsOnly.key(text)) == bytes("AＢß ﾃﾞ e I"))
    let compatibilityOnly = TextFolding(case: false, width: false, diacritics: false)
    #expect(bytes(compatibilityOnly.key(text + " ①ﬁ")) == bytes("ÀＢß ﾃﾞ é İ 1fi"))
    let none = TextFolding(case: false, width: false, diacritics: false, compatibility: false)
    #expect(bytes(none.key(text)) == bytes("ÀＢß ﾃﾞ é İ"))
  }

  /// Every scalar of every script, so that the tables are checked against Foundation's.
  @Test func `composed and decomposed forms fold alike`() {
    var wrong: [String] = []
    for scalar in scalars() {
      let text = String(scalar)
      let key = bytes(TextFolding.standard.key(text))
      let decomposed = text.decomposedStringWithCanonicalMapping
      let composed = text.precomposedStringWithCanonicalMapping
      if key != bytes(TextFolding.standard.key(decomposed)) || key != bytes(TextFolding.standard.key(composed)) {
        wrong.append(String(scalar.value, radix: 16))
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: [
    TextFolding.standard, TextFolding(case: true, width: true, diacritics: false),
    TextFolding(case: false, width: true, diacritics: true, compatibility: false),
    TextFolding(case: true, width: false, diacritics: false, compatibility: false),
  ])
  func `folding what is folded changes nothing`(folding: TextFolding) {
    var wrong: [String] = []
    for scalar in scalars() {
      let key = folding.key(String(scalar))
      if bytes(folding.key(key)) != bytes(key) { wrong.append(String(scalar.value, radix: 16)) }
    }
    #expect(wrong.isEmpty)
  }

  /// Greek iota subscripts are the exception: a diacritic here, a letter of its own in upper case.
  @Test func `the cases of a scalar fold alike`() {
    var wrong: [String] = []
    for scalar in scalars() {
      let decomposed = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
      if decomposed.contains("\u{345}") { continue }
      let key = TextFolding.standard.key(String(scalar))
      let properties = scalar.properties
      for other in [properties.lowercaseMapping, properties.uppercaseMapping, properties.titlecaseMapping]
      where TextFolding.standard.key(other) != key {
        wrong.append(String(scalar.value, radix: 16))
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `width folding agrees with compatibility forms`() {
    let folding = TextFolding(case: false, width: true, diacritics: false, compatibility: false)
    // The macron and half-width Hangul have a further compatibility form.
    for value in Array(0xFF01...0xFF9F) + Array(0xFFE0...0xFFEE) where value != 0xFFE3 {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let expected = String(scalar).precomposedStringWithCompatibilityMapping
      #expect(bytes(folding.key(String(scalar))) == bytes(expected), "\(String(value, radix: 16))")
    }
    #expect(folding.key("\u{3000}") == " ")
    #expect(bytes(folding.key("\u{FFA1}\u{FFC2}")) == bytes("\u{3131}\u{314F}"))
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func scalars() -> some Sequence<Unicode.Scalar> {
    (UInt32(1)...0x2_FFFF).lazy.compactMap { Unicode.Scalar($0) }
      .filter {
        // Newer scalars than the tables know are for the day when these are made anew.
        guard let age = $0.properties.age, age.major <= 14 else { return false }
        // Han and private use, where nothing folds, only by sample.
        return (0x4E10...0x9FF0).contains($0.value) || (0xE000...0xF8FF).contains($0.value) || $0.value >= 0x20010
          ? $0.value % 997 == 0 : true
      }
  }
}
