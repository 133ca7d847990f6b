/// Which differences of writing a comparison of text ignores: case, width, compatibility forms, diacritics.
///
/// A text is brought to Unicode's normalisation form NFKC (Unicode Standard Annex #15), then folded by scalar, from the
/// tables of this module and the standard library's case mappings; it is not localised.
///
/// - **Case**: Unicode's full case folding. ß and ẞ become "ss", final ς becomes σ, the Turkish İ becomes "i" when
///   diacritics are folded too (as does ı).
/// - **Width**: full-width ASCII, signs and the ideographic space become the ordinary ones, half-width katakana, Hangul
///   and punctuation the full-width ones.
/// - **Compatibility**: all other compatibility decompositions: ligatures (ﬁ), circled and squared signs (① ㈱ ㎏),
///   superscripts, fractions, letters of mathematics (𝐀), presentation forms, radicals, ideographs encoded twice.
/// - **Diacritics**: combining marks are dropped, so that é, e + U+0301 and e are one; variation selectors are dropped.
///   Letters with a stroke (đ ħ ł ø ŧ) and ı count as diacritics. Vowel signs of Indic scripts and Thai are letters in all
///   but name and stay. A struck-through sign loses its stroke (≠ becomes =).
///
/// Always, canonically equivalent texts are one: the result is in the form NFC, in NFKC with width and compatibility.
/// Folding what is folded changes nothing. Han is touched only by these and by a table of variants that the host gives
/// (Traditional to Simplified, say). ``exact`` changes nothing at all.
///
/// ```swift
/// let key = TextFolding.standard.key("ＣＡＦÉ Łódź ﾊﾟｿｺﾝ ①")  // "cafe lodz パソコン 1"
/// ```
package struct TextFolding: Sendable {
  /// Whether upper and lower case are one.
  package let foldsCase: Bool
  /// Whether full-width and half-width forms are one.
  package let foldsWidth: Bool
  /// Whether letters with and without diacritics are one.
  package let foldsDiacritics: Bool
  /// Whether compatibility forms and what they stand for are one, beyond width.
  package let foldsCompatibility: Bool

  /// Which Han characters are one, if the host gave a table.
  package let hanVariants: HanVariants?
  /// Whether texts are compared byte by byte: nothing is folded and nothing composed.
  package var isExact: Bool { table == nil }
  /// What each scalar becomes; `nil` for itself.
  let table: FoldTable?

  /// Ignores case, width, compatibility forms and diacritics.
  package static let standard = TextFolding()
  /// Ignores nothing: a text is what its bytes are, as for CEL's `contains`.
  package static let exact = TextFolding(isExact: ())

  /// Creates a folding that ignores the differences named.
  ///
  /// It makes a table of about 150 KB, which takes some milliseconds: create it once and copy it.
  package init(
    case foldsCase: Bool = true, width: Bool = true, diacritics: Bool = true, compatibility: Bool = true,
    hanVariants: HanVariants? = nil
  ) {
    self.foldsCase = foldsCase
    self.foldsWidth = width
    self.foldsDiacritics = diacritics
    self.foldsCompatibility = compatibility
    self.hanVariants = hanVariants
    table = FoldTable(
      case: foldsCase, width: width, diacritics: diacritics, compatibility: compatibility, variants: hanVariants)
  }

  private init(isExact: Void) {
    foldsCase = false
    foldsWidth = false
    foldsDiacritics = false
    foldsCompatibility = false
    hanVariants = nil
    table = nil
  }

  /// Folds a text and keeps the way back to its offsets.
  ///
  /// - Complexity: O(*n*).
  package func fold(_ text: String) -> FoldedText {
    UTF8Bytes.with(text) { source in
      var folded = FoldedText()
      folded.bytes.reserveCapacity(source.count)
      folded.sourceCount = source.count
      guard let table else {
        folded.bytes.append(contentsOf: source)
        return folded
      }
      var rules = FoldingRules(self, table)
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
          folded.appendSame(unit.first, from: offset)
        } else {
          folded.appendUnit(unit, of: rules, from: offset)
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

extension TextFolding: Hashable {
  /// Whether both ignore the same differences.
  package static func == (left: TextFolding, right: TextFolding) -> Bool {
    left.isExact == right.isExact && left.options == right.options && left.hanVariants == right.hanVariants
  }

  /// Hashes the differences ignored.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(isExact)
    hasher.combine(options)
    hasher.combine(hanVariants)
  }

  private var options: [Bool] { [foldsCase, foldsWidth, foldsDiacritics, foldsCompatibility] }
}
