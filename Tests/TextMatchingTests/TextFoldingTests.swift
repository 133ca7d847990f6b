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
    let caseOnly = TextFolding(case: true, width: false, diacritics: false)
    #expect(bytes(caseOnly.key(text)) == bytes("àｂss ﾃﾞ e\u{301} i\u{307}"))
    let widthOnly = TextFolding(case: false, width: true, diacritics: false)
    #expect(bytes(widthOnly.key(text)) == bytes("ÀBß デ e\u{301} İ"))
    let diacriticsOnly = TextFolding(case: false, width: false, diacritics: true)
    #expect(bytes(diacriticsOnly.key(text)) == bytes("AＢß ﾃﾞ e I"))
    let none = TextFolding(case: false, width: false, diacritics: false)
    #expect(bytes(none.key(text)) == bytes(text))
  }

  /// Every scalar of every script, so that the generated tables are checked against Foundation's.
  @Test func `composed and decomposed forms fold alike`() {
    var wrong: [String] = []
    for scalar in scalars() where !isCompatibilityIdeograph(scalar) {
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
    TextFolding(case: false, width: true, diacritics: true), TextFolding(case: true, width: false, diacritics: false),
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

  /// Only letters that Unicode itself takes apart, and the six listed ones, lose anything but case.
  @Test func `diacritic folding follows the canonical decomposition`() {
    let folding = TextFolding(case: false, width: false, diacritics: true)
    let listed = Set("đĐħĦıłŁøØŧŦǾǿ".unicodeScalars)
    var wrong: [String] = []
    for scalar in scalars() where !isCompatibilityIdeograph(scalar) && !listed.contains(scalar) {
      let decomposed = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
      if (0xAC00...0xD7A3).contains(scalar.value) || (0x3040...0x30FF).contains(scalar.value) { continue }
      let kept = decomposed.filter { !isDroppedMark($0) }
      if !folding.key(String(scalar)).unicodeScalars.elementsEqual(kept) {
        wrong.append(String(scalar.value, radix: 16))
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `width folding agrees with compatibility forms`() {
    let folding = TextFolding(case: false, width: true, diacritics: false)
    for value in Array(0xFF01...0xFF9F) + Array(0xFFE0...0xFFE6) where value != 0xFFE3 {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let expected = String(scalar).precomposedStringWithCompatibilityMapping
      #expect(bytes(folding.key(String(scalar))) == bytes(expected), "\(String(value, radix: 16))")
    }
    #expect(folding.key("\u{3000}") == " ")
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

  private func isCompatibilityIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    (0xF900...0xFAFF).contains(scalar.value) || (0x2F800...0x2FA1F).contains(scalar.value)
  }

  private func isDroppedMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.properties.generalCategory == .nonspacingMark else { return false }
    switch scalar.value {
    case 0x300...0x36F, 0x483...0x487, 0x591...0x5C7, 0x610...0x6ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF,
      0x20D0...0x20F0, 0x2DE0...0x2DFF, 0xA66F...0xA69F, 0xFE00...0xFE2F, 0xE0100...0xE01EF:
      return true
    default: return false
    }
  }
}
