/// Which differences of writing a comparison of text ignores: case, width, diacritics.
///
/// Folding is by scalar, from the tables of this module and the standard library's case mappings; it is not localised.
///
/// - **Case**: Unicode's full case folding. ß and ẞ become "ss", final ς becomes σ, ligatures such as ﬁ become letters,
///   the Turkish İ becomes "i" when diacritics are folded too (as does ı).
/// - **Width**: full-width ASCII, signs and the ideographic space become the ordinary ones, half-width katakana and
///   punctuation the full-width ones. Half-width Hangul stays.
/// - **Diacritics**: precomposed letters become their base letter and combining marks are dropped, so that é, e + U+0301
///   and e are one; variation selectors are dropped. Letters with a stroke (đ ħ ł ø ŧ) and ı count as diacritics. Vowel
///   signs of Indic scripts and Thai are letters in all but name and stay. A struck-through sign loses its stroke (≠
///   becomes =).
///
/// Always, kana with a voicing mark and Hangul jamo are composed. Thus with diacritics folded, the canonical
/// compositions and decompositions of a text (NFC and NFD) fold alike, CJK compatibility ideographs excepted; without, a
/// letter and its separate mark stay apart. Folding what is folded changes nothing. Han is touched only by a table of
/// variants that the host gives (Traditional to Simplified, say). ``exact`` changes nothing at all.
///
/// ```swift
/// let key = TextFolding.standard.key("ＣＡＦÉ Łódź ﾊﾟｿｺﾝ")  // "cafe lodz パソコン"
/// ```
package struct TextFolding: Sendable, Hashable {
  /// Whether upper and lower case are one.
  package let foldsCase: Bool
  /// Whether full-width and half-width forms are one.
  package let foldsWidth: Bool
  /// Whether letters with and without diacritics are one.
  package let foldsDiacritics: Bool

  /// Which Han characters are one, if the host gave a table.
  package let hanVariants: HanVariants?
  /// Whether texts are compared byte by byte: nothing is folded and nothing composed.
  package let isExact: Bool

  /// Ignores case, width and diacritics.
  package static let standard = TextFolding()
  /// Ignores nothing: a text is what its bytes are, as for CEL's `contains`.
  package static let exact = TextFolding(isExact: true)

  /// Creates a folding that ignores the differences named.
  package init(
    case foldsCase: Bool = true, width: Bool = true, diacritics: Bool = true, hanVariants: HanVariants? = nil
  ) {
    self.foldsCase = foldsCase
    self.foldsWidth = width
    self.foldsDiacritics = diacritics
    self.hanVariants = hanVariants
    isExact = false
  }

  private init(isExact: Bool) {
    foldsCase = false
    foldsWidth = false
    foldsDiacritics = false
    hanVariants = nil
    self.isExact = isExact
  }

  /// Folds a text and keeps the way back to its offsets.
  ///
  /// - Complexity: O(*n*).
  package func fold(_ text: String) -> FoldedText {
    UTF8Bytes.with(text) { source in
      var folded = FoldedText()
      folded.bytes.reserveCapacity(source.count)
      folded.sourceCount = source.count
      if isExact {
        folded.bytes.append(contentsOf: source)
        return folded
      }
      let rules = FoldingRules(self)
      var offset = 0
      while offset < source.count {
        let plainEnd = rules.endOfPlainRun(from: offset, in: source)
        if plainEnd > offset {
          folded.appendIdentity(source[offset..<plainEnd], from: offset, lowercased: foldsCase)
          offset = plainEnd
          continue
        }
        let unit = rules.unit(at: offset, in: source)
        if unit.keepsLength {
          folded.appendSame(unit.scalars.first, from: offset)
        } else {
          folded.appendUnit(unit.scalars, from: offset)
        }
        offset = unit.end
      }
      return folded
    }
  }

  /// The folded text, as a key for comparison.
  ///
  /// - Complexity: O(*n*); a text that folds to itself and is ASCII is returned without a copy.
  package func key(_ text: String) -> String {
    if isExact { return text }
    let isUnchanged = UTF8Bytes.with(text) { source in
      source.allSatisfy { $0 < 0x80 && !(foldsCase && (0x41...0x5A).contains($0)) }
    }
    return isUnchanged ? text : fold(text).text
  }
}
