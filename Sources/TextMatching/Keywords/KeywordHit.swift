/// One occurrence of a keyword in a text.
package struct KeywordHit: Sendable, Hashable {
  /// The keyword's index in ``KeywordAutomaton/keywords``.
  package var keyword: Int
  /// Where it stands: UTF-8 offsets into the original text, whole scalars.
  package var range: Range<Int>

  /// Creates a hit.
  package init(keyword: Int, range: Range<Int>) {
    self.keyword = keyword
    self.range = range
  }
}
