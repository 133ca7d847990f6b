/// Finds all occurrences of many keywords in one pass over a text, whatever their number.
///
/// Aho and Corasick's automaton ("Efficient string matching: an aid to bibliographic search", Communications of the ACM
/// 18(6), 1975) over the bytes of the folded text. It is an immutable value: compile it once, share it between threads.
///
/// ```swift
/// let automaton = try KeywordAutomaton([Keyword("refund"), Keyword("退款")])
/// let hits = automaton.hits(in: "REFUND! 我要退款")  // keyword 0 at 0..<6, keyword 1 at 14..<20
/// ```
///
/// - Complexity: Building O(*m*·*b*) for *m* bytes of folded keywords with at most *b* different bytes after a common
///   prefix. Matching O(*n* + *c*) for *n* bytes of text and *c* occurrences before their edges are looked at. Memory: at
///   most 1 MiB for rows, 22 bytes for each of the *m* bytes, 12 for each keyword, and the keywords themselves.
package struct KeywordAutomaton: Sendable {
  /// The most keywords that one automaton takes.
  package static let maximumKeywordCount = 100_000
  /// The longest keyword, in UTF-8 bytes, before and after folding.
  package static let maximumKeywordLength = 1_024
  /// The greatest length of all keywords together, in UTF-8 bytes after folding.
  package static let maximumTotalLength = 1_048_576

  /// The keywords; a hit names them by index.
  package let keywords: [Keyword]
  /// What is ignored when comparing.
  package let folding: TextFolding

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

  /// Compiles with another limit for the entries of full rows: less memory, slower; a little at least is always used.
  package init(_ keywords: [Keyword], folding: TextFolding, rowBudget: Int) throws(KeywordError) {
    guard keywords.count <= KeywordAutomaton.maximumKeywordCount else {
      throw KeywordError(
        code: .tooManyKeywords, reason: "more than \(KeywordAutomaton.maximumKeywordCount) keywords")
    }
    var trie = KeywordTrie()
    var edges: [KeywordEdges] = []
    var totalLength = 0
    for (index, keyword) in keywords.enumerated() {
      let bytes = try KeywordAutomaton.fold(keyword, at: index, folding)
      totalLength += bytes.count
      guard totalLength <= KeywordAutomaton.maximumTotalLength else {
        throw KeywordError(
          code: .keywordsTooLong,
          reason: "the keywords together exceed \(KeywordAutomaton.maximumTotalLength) UTF-8 bytes")
      }
      trie.append(bytes)
      edges.append(KeywordEdges(of: bytes, keyword.match))
    }
    let (classOfByte, classCount) = KeywordAutomaton.classes(of: trie, folding)
    let links = KeywordLinks(trie)
    self.keywords = keywords
    self.folding = folding
    transitions = KeywordTransitions(
      links, trie: trie, classOfByte: classOfByte, classCount: classCount, rowBudget: rowBudget)
    outputs = KeywordOutputs(links, trie: trie, edges: edges)
  }

  /// The size of the compiled form in bytes, without the keywords as given.
  package var storageBytes: Int { transitions.storageBytes + outputs.storageBytes }

  private static func fold(
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

  /// Numbers the bytes that occur in keywords from 1; all others are class 0.
  private static func classes(of trie: KeywordTrie, _ folding: TextFolding) -> (classOfByte: [UInt8], count: Int) {
    var occurs = [Bool](repeating: false, count: 256)
    for byte in trie.byte.dropFirst() { occurs[Int(byte)] = true }
    var classOfByte = [UInt8](repeating: 0, count: 256)
    // Valid UTF-8 uses 243 different bytes, so that the number fits.
    var count = 1
    for byte in 0..<256 where occurs[byte] {
      classOfByte[byte] = UInt8(truncatingIfNeeded: count)
      count += 1
    }
    if folding.foldsCase {
      for upper in 0x41...0x5A { classOfByte[upper] = classOfByte[upper | 0x20] }
    }
    return (classOfByte, count)
  }
}
