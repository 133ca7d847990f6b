/// What a scalar means for the question whether a word ends beside it.
///
/// A word edge is a place between two scalars that are not both letters of the same class. So "iPhone" stands as a word
/// in 我的iPhone手机: Han beside Latin is an edge although no space is there, as in Unicode's own word segmentation
/// (UAX #29).
enum ScalarClass: UInt8, Sendable {
  /// Punctuation, symbols, emoji, space, control: never part of a word.
  case other = 0
  /// A letter, digit or mark of a script that puts spaces between words (Latin, Cyrillic, Arabic, Devanagari, …).
  case spaced = 1
  /// A letter, digit or mark of a script whose words are not found by spaces: Han, kana, bopomofo, Hangul (spaces are
  /// there, but particles stick to the word), Yi, Thai, Lao, Tibetan, Myanmar, Khmer, Tai scripts.
  case unspaced = 2

  /// Classifies a scalar by its general category and, for the scripts without spaces, its block.
  init(_ scalar: UInt32) {
    if scalar < 0x80 {
      let folded = scalar | 0x20
      self = (0x61...0x7A).contains(folded) || (0x30...0x39).contains(scalar) ? .spaced : .other
    } else if (0x4E00...0x9FFF).contains(scalar) || (0xAC00...0xD7A3).contains(scalar) {
      self = .unspaced
    } else if (0x1F000...0x1FAFF).contains(scalar) || !ScalarClass.isLetter(scalar) {
      self = .other
    } else {
      self = ScalarClass.unspacedBlocks.contains { $0.contains(scalar) } ? .unspaced : .spaced
    }
  }

  private static func isLetter(_ scalar: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(scalar) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .spacingMark:
      return true
    case .nonspacingMark:
      // A variation selector belongs to an emoji as often as to a letter.
      return !(0xFE00...0xFE0F).contains(scalar.value) && !(0xE0100...0xE01EF).contains(scalar.value)
    default:
      return false
    }
  }

  private static let unspacedBlocks: [ClosedRange<UInt32>] = [
    0x0E00...0x0FFF,  // Thai, Lao, Tibetan
    0x1000...0x109F,  // Myanmar
    0x1100...0x11FF,  // Hangul jamo
    0x1780...0x17FF,  // Khmer
    0x1950...0x19FF,  // Tai Le, New Tai Lue, Khmer symbols
    0x1A20...0x1AAF,  // Tai Tham
    0x2E80...0xA4CF,  // CJK radicals and symbols, kana, bopomofo, compatibility jamo, Han, Yi
    0xA960...0xA97F,  // Hangul jamo extended-A
    0xA9E0...0xA9FF,  // Myanmar extended-B
    0xAA60...0xAADF,  // Myanmar extended-A, Tai Viet
    0xD7B0...0xD7FF,  // Hangul jamo extended-B
    0xF900...0xFAFF,  // CJK compatibility ideographs
    0xFF66...0xFFDC,  // Half-width katakana and Hangul
    0x16FE0...0x18D8F,  // Ideographic marks, Tangut, Khitan
    0x1AFF0...0x1B2FF,  // Kana extensions, Nushu
    0x20000...0x3FFFD,  // Han extensions
  ]
}
