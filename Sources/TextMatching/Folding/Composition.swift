/// Canonical composition for the two scripts whose precomposed form is the usual one: kana and Hangul.
///
/// Elsewhere the folding drops marks or takes letters apart. Here a mark makes another letter (か, が) or the parts make
/// the syllable, so that both spellings are brought to the composed one.
enum Composition {
  /// The composed scalar of a base and the scalar after it, or `nil` when the two do not compose.
  static func compose(_ base: UInt32, _ next: UInt32) -> UInt32? {
    switch next {
    case 0x3099: return voiced(base)
    case 0x309A: return semiVoiced(base)
    case 0x1161...0x1175: return leadingWithVowel(base, next)
    case 0x11A8...0x11C2: return withTrailing(base, next)
    default: return nil
    }
  }

  /// Whether some scalar after this one could compose with it; a quick test that may say yes in vain.
  @inline(__always)
  static func mayCompose(_ base: UInt32) -> Bool {
    (0x3046...0x30FD).contains(base) || (0x1100...0x1112).contains(base)
      || ((0xAC00...0xD7A3).contains(base) && (base - 0xAC00) % 28 == 0)
  }

  private static func voiced(_ base: UInt32) -> UInt32? {
    // Katakana lie 0x60 after hiragana.
    let isKatakana = base >= 0x30A0
    let hiragana = isKatakana ? base - 0x60 : base
    switch hiragana {
    case 0x304B...0x3062 where hiragana % 2 == 1: return base + 1  // か…ぢ
    case 0x3064, 0x3066, 0x3068: return base + 1  // つ て と
    case 0x306F...0x307D where hiragana % 3 == 0: return base + 1  // は ひ ふ へ ほ
    case 0x309D: return base + 1  // ゝ
    case 0x3046: return base + 0x4E  // う
    case 0x308F...0x3092 where isKatakana: return base + 8  // ワ ヰ ヱ ヲ
    default: return nil
    }
  }

  private static func semiVoiced(_ base: UInt32) -> UInt32? {
    let hiragana = base >= 0x30A0 ? base - 0x60 : base
    return (0x306F...0x307D).contains(hiragana) && hiragana % 3 == 0 ? base + 2 : nil
  }

  // Hangul syllables are composed by arithmetic (The Unicode Standard, section 3.12).

  private static func leadingWithVowel(_ base: UInt32, _ vowel: UInt32) -> UInt32? {
    (0x1100...0x1112).contains(base) ? 0xAC00 + ((base - 0x1100) * 21 + (vowel - 0x1161)) * 28 : nil
  }

  private static func withTrailing(_ base: UInt32, _ trailing: UInt32) -> UInt32? {
    (0xAC00...0xD7A3).contains(base) && (base - 0xAC00) % 28 == 0 ? base + (trailing - 0x11A7) : nil
  }
}
