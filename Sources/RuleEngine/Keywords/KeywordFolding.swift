public import SCRMModel
import TextMatching

/// Which differences of writing do not matter when words are looked for.
///
/// Texts are brought to Unicode's normalisation form NFKC (Unicode Standard Annex #15); then case by full case folding,
/// diacritics, and Han variants by a table that the host brings. Canonically equivalent texts are always one, except under
/// ``exact``. Nothing depends on a locale.
public struct KeywordFolding: Sendable, Hashable {
  let rules: TextFolding

  /// Case, width, compatibility forms and diacritics do not matter.
  public static let standard = KeywordFolding(rules: .standard)
  /// Everything matters: texts are compared by their bytes, as by `contains` in a condition.
  public static let exact = KeywordFolding(rules: .exact)

  private init(rules: TextFolding) { self.rules = rules }

  /// Creates a folding.
  ///
  /// It makes a table of about 150 KB, which takes some milliseconds: create it once and copy it.
  /// - Parameters:
  ///   - foldsCase: whether upper and lower case are one.
  ///   - foldsWidth: whether full-width and half-width forms are one.
  ///   - foldsDiacritics: whether letters with and without diacritics are one.
  ///   - foldsCompatibility: whether ligatures, circled letters, superscripts and the other compatibility forms are one with
  ///     what they stand for (ﬁ, ①, ㈱, ㎏), beyond width.
  ///   - variants: Han characters and the character that stands for each, such as Traditional and Simplified forms (Unihan's
  ///     `kSimplifiedVariant`); all of U+3400 … U+9FFF.
  ///   - expansions: Han characters that become several, or one of another plane: 1 to 8 characters of U+3400 … U+9FFF or
  ///     U+20000 … U+3FFFD for each. With them matching is slower on Chinese text.
  /// - Throws: `SCRMError` that names the character when the tables cannot be used: a character out of the range, or one that
  ///   stands for another and is itself replaced.
  public init(
    case foldsCase: Bool = true, width foldsWidth: Bool = true, diacritics foldsDiacritics: Bool = true,
    compatibility foldsCompatibility: Bool = true, variants: [Unicode.Scalar: Unicode.Scalar] = [:],
    expansions: [Unicode.Scalar: String] = [:]
  ) throws(SCRMError) {
    do throws(HanVariantError) {
      let table =
        variants.isEmpty && expansions.isEmpty
        ? nil
        : try HanVariants(
          variants.map { (from: $0.key, to: $0.value) }, expansions: expansions.map { (from: $0.key, to: $0.value) })
      rules = TextFolding(
        case: foldsCase, width: foldsWidth, diacritics: foldsDiacritics, compatibility: foldsCompatibility,
        hanVariants: table)
    } catch {
      throw SCRMError(.invalidValue, subject: "Han variants", error.description)
    }
  }
}
