import Foundation
import TextMatching

/// Folding as its definition says, step by step on Foundation's normal forms.
enum FoldingOracle {
  /// Scalars that decompose, compose, carry marks or lose them.
  static let alphabet: [String] = [
    "a", "E", "s", "q", "é", "\u{301}", "\u{323}", "\u{307}", "\u{345}", "\u{315}", "\u{5AE}", "ß", "ﬁ", "İ", "ı", "Ǿ",
    "=", "\u{338}", "①", "㈱", "㋕", "ﾊ", "ﾞ", "ﾟ", "か", "\u{3099}", "\u{309A}", "゛", "が", "ㄱ", "ㅏ", "ㄳ", "ﾡ", "ￂ",
    "\u{1100}", "\u{1161}", "\u{11A8}", "가", "각", "\u{915}", "\u{93C}", "\u{94D}", "\u{B47}", "\u{B3E}", "\u{B57}",
    "\u{F900}", "中", "⼈", "ﷺ", "𝐀", "🄰", "\u{1D15E}", "\u{1D165}", "\u{FE0F}", "👍", " ", "\u{A8}", "ﬅ", "Σ", "ς",
    "\u{5D9}", "\u{5B4}", "ﬞ", "\u{E33}", "\u{F77}", "\u{FB1D}", "ᾳ", "Å",
  ]

  static func fold(_ text: String, _ folding: TextFolding) -> [UInt8] {
    var scalars = Array(text.unicodeScalars)
    while true {
      let next = decompose(scalars, folding).flatMap { reduced($0, folding) }
      if next == scalars { break }
      scalars = next
    }
    return Array(string(decompose(scalars, folding)).precomposedStringWithCanonicalMapping.utf8)
  }

  /// The parts of a text that fold by themselves, with the dropped marks after them.
  static func segments(of text: String) -> [(source: Range<Int>, folded: [UInt8])] {
    let scalars = Array(text.unicodeScalars)
    var result: [(source: Range<Int>, folded: [UInt8])] = []
    var start = 0
    var offset = 0
    var end = 0
    for place in scalars.indices {
      end += UTF8.width(scalars[place])
      guard place + 1 == scalars.count || begins(scalars[place + 1]) else { continue }
      // Dropped marks at the start of the text belong to nothing.
      for scalar in scalars[start...place] {
        guard decompose([scalar], .standard).allSatisfy({ reduced($0, .standard).isEmpty }) else { break }
        offset += UTF8.width(scalar)
      }
      result.append((offset..<end, fold(string(scalars[start...place]), .standard)))
      (start, offset) = (place + 1, end)
    }
    return result
  }

  /// Whether a scalar is folded by itself, whatever stands before it.
  private static func begins(_ scalar: Unicode.Scalar) -> Bool {
    let folded = decompose([scalar], .standard).flatMap { reduced($0, .standard) }
    guard let first = folded.first, first.properties.canonicalCombiningClass == .notReordered else { return false }
    let seconds: [ClosedRange<UInt32>] = [0x1161...0x1175, 0x11A8...0x11C2, 0xB3E...0xB3E, 0xB57...0xB57]
    return !seconds.contains { $0.contains(first.value) }
  }

  private static func decompose(_ scalars: [Unicode.Scalar], _ folding: TextFolding) -> [Unicode.Scalar] {
    let text = string(scalars)
    let form =
      folding.foldsCompatibility
      ? text.decomposedStringWithCompatibilityMapping : text.decomposedStringWithCanonicalMapping
    return Array(form.unicodeScalars)
  }

  /// Without its mark or stroke and in lower case.
  private static func reduced(_ scalar: Unicode.Scalar, _ folding: TextFolding) -> [Unicode.Scalar] {
    var scalar = scalar
    if folding.foldsDiacritics {
      if isDroppedMark(scalar) { return [] }
      scalar = strokes[scalar] ?? scalar
    }
    guard folding.foldsCase else { return [scalar] }
    if let special = cases[scalar] { return Array(special.unicodeScalars) }
    return Array(scalar.properties.lowercaseMapping.unicodeScalars)
  }

  private static let cases: [Unicode.Scalar: String] = ["ß": "ss", "ẞ": "ss", "ς": "σ", "ﬁ": "fi", "ﬅ": "st"]
  private static let strokes: [Unicode.Scalar: Unicode.Scalar] = [
    "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ŧ": "t", "Ŧ": "T",
  ]

  private static func isDroppedMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.properties.generalCategory == .nonspacingMark else { return false }
    switch scalar.value {
    case 0x300...0x36F, 0x483...0x487, 0x591...0x5C7, 0x610...0x6ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF,
      0x20D0...0x20F0, 0x2DE0...0x2DFF, 0xA66F...0xA69F, 0xFE00...0xFE2F, 0xE0100...0xE01EF:
      return true
    default: return false
    }
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
