/// A keyword as texts are compared with it, for structures that change while they are used, as the automaton cannot.
package struct FoldedKeyword: Sendable {
  /// The folded form as valid UTF-8.
  package let bytes: [UInt8]
  private let edges: KeywordEdges

  /// Folds a keyword.
  /// - Throws: ``KeywordError`` when it is empty, folds to nothing or is too long.
  package init(_ keyword: Keyword, folding: TextFolding = .standard) throws(KeywordError) {
    bytes = try KeywordAutomaton.fold(keyword, at: 0, folding)
    edges = KeywordEdges(of: bytes, keyword.match)
  }

  /// Whether what stands beside an occurrence in a folded text is allowed there.
  package func mayStand(at range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    edges.isFree || KeywordAutomaton.allows(edges, range, in: text)
  }
}
