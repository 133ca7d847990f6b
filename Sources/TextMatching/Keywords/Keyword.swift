/// A word or phrase to look for.
package struct Keyword: Sendable, Hashable {
  /// The text to find; compared after folding.
  package var text: String
  /// What may stand beside an occurrence.
  package var match: Match

  /// Whether an occurrence may be part of a longer word.
  package enum Match: Sendable, Hashable {
    /// At an edge that is a letter or digit, none of the same class may follow: Latin not beside Latin, Han not beside
    /// Han. An edge that is neither (as in "c++" or "#sale") may have anything beside it.
    case word
    /// Anywhere.
    case substring
    /// As ``word`` at an edge of a script that puts spaces between words, as ``substring`` at an edge of Han, kana,
    /// Hangul, Thai and the like: "ok" not in "book", but 退款 in 要退款了.
    case automatic
  }

  /// Creates a keyword.
  package init(_ text: String, match: Match = .automatic) {
    self.text = text
    self.match = match
  }
}
