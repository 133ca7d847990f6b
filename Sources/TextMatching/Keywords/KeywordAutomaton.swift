/// Finds all occurrences of many keywords in one pass over a text, whatever their number.
///
/// Aho and Corasick's automaton ("Efficient string matching: an aid to bibliographic search", Communications of the ACM
/// 18(6), 1975) over the scalars of the folded text. It is an immutable value: compile it once, share it between threads.
///
/// ```swift
/// let automaton = try KeywordAutomaton([Keyword("refund"), Keyword("退款")])
/// let hits = automaton.hits(in: "REFUND! 我要退款")  // keyword 0 at 0..<6, keyword 1 at 14..<20
/// ```
///
/// - Complexity: Building O(*m* log *m*) for *m* bytes of folded keywords. Matching O(*n* + *c*) for *n* bytes of text and
///   *c* occurrences before their edges are looked at. Memory: about 30 bytes for each scalar of the keywords that begins
///   no other keyword the same way, 1 MiB for completed rows at most, 20 bytes for each keyword, 128 for each block of
///   64 scalars in use, and the keywords themselves.
package struct KeywordAutomaton: Sendable {
  /// The most keywords that one automaton takes.
  package static let maximumKeywordCount = 100_000
  /// The longest keyword, in UTF-8 bytes, before and after folding.
  package static let maximumKeywordLength = 1_024
  /// The greatest length of all keywords together, in UTF-8 bytes after folding.
  package static let maximumTotalLength = 1_048_576
  /// The most different characters (scalars) in all keywords together, after folding.
  package static let maximumAlphabet = KeywordAlphabet.maximumCount

  /// The keywords; a hit names them by index.
  package let keywords: [Keyword]
  /// What is ignored when comparing.
  package let folding: TextFolding

  let alphabet: KeywordAlphabet
  let transitions: KeywordTransitions
  let outputs: KeywordOutputs

  /// Compiles the keywords.
  ///
  /// The same text may occur several times, each is found on its own; an empty list finds nothing.
  ///
  /// - Throws: ``KeywordError`` when a keyword is empty or folds to nothing, or a limit is exceeded.
  package init(_ keywords: [Keyword], folding: TextFolding = .standard) throws(KeywordError) {
    try self.init(keywords, folding: folding, rowBudget: KeywordTransitions.rowBudget)
  }

  /// Compiles with another limit for the entries added to complete rows: less memory, slower.
  package init(_ keywords: [Keyword], folding: TextFolding, rowBudget: Int) throws(KeywordError) {
    guard keywords.count <= KeywordAutomaton.maximumKeywordCount else {
      throw KeywordError(
        code: .tooManyKeywords, reason: "more than \(KeywordAutomaton.maximumKeywordCount) keywords")
    }
    var folded: [[UInt8]] = []
    var totalLength = 0
    for (index, keyword) in keywords.enumerated() {
      let bytes = try KeywordAutomaton.fold(keyword, at: index, folding)
      totalLength += bytes.count
      guard totalLength <= KeywordAutomaton.maximumTotalLength else {
        throw KeywordError(
          code: .keywordsTooLong,
          reason: "the keywords together exceed \(KeywordAutomaton.maximumTotalLength) UTF-8 bytes")
      }
      folded.append(bytes)
    }
    guard let alphabet = KeywordAlphabet(folded, folding) else {
      throw KeywordError(
        code: .alphabetTooLarge,
        reason: "the keywords have more than \(KeywordAutomaton.maximumAlphabet) different characters")
    }
    let trie = KeywordTrie(folded.map { alphabet.classes(of: $0) })
    let links = KeywordLinks(trie)
    self.keywords = keywords
    self.folding = folding
    self.alphabet = alphabet
    transitions = KeywordTransitions(links, trie: trie, classCount: alphabet.count, rowBudget: rowBudget)
    outputs = KeywordOutputs(
      links, trie: trie, edges: zip(folded, keywords).map { KeywordEdges(of: $0, $1.match) })
  }

  /// The size of the compiled form in bytes, without the keywords as given.
  package var storageBytes: Int { alphabet.storageBytes + transitions.storageBytes + outputs.storageBytes }

  static func fold(
    _ keyword: Keyword, at index: Int, _ folding: TextFolding
  ) throws(KeywordError) -> [UInt8] {
    let tooLong = KeywordError(
      code: .keywordTooLong, keyword: index, reason: "longer than \(maximumKeywordLength) UTF-8 bytes")
    guard keyword.text.utf8.count <= maximumKeywordLength else { throw tooLong }
    guard !keyword.text.unicodeScalars.allSatisfy(\.properties.isWhitespace) else {
      throw KeywordError(code: .emptyKeyword, keyword: index, reason: "empty or only white space")
    }
    let bytes = folding.fold(keyword.text).bytes
    guard !bytes.isEmpty else {
      throw KeywordError(code: .foldsToNothing, keyword: index, reason: "nothing is left after folding")
    }
    guard bytes.count <= maximumKeywordLength else { throw tooLong }
    return bytes
  }
}
