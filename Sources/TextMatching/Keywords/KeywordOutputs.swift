/// Which keywords end at each state.
final class KeywordOutputs: Sendable {
  /// For each keyword its length and edges.
  let edges: [KeywordEdges]
  /// Where each state's own keywords begin in `keywords`; one more entry at the end.
  private let start: [UInt32]
  private let keywords: [Int32]
  /// The next state down the failure links at which a keyword ends, or -1.
  private let nextState: [Int32]

  init(_ links: KeywordLinks, trie: KeywordTrie, edges: [KeywordEdges]) {
    var start: [UInt32] = [0]
    var keywords: [Int32] = []
    for node in links.order {
      if trie.lastKeyword[node] >= 0 { keywords.append(contentsOf: trie.keywords(endingAt: node)) }
      start.append(UInt32(truncatingIfNeeded: keywords.count))
    }
    self.edges = edges
    self.start = start
    self.keywords = keywords
    nextState = links.nextOutput
  }

  /// The storage in bytes.
  var storageBytes: Int {
    start.count * 4 + keywords.count * 4 + nextState.count * 4 + edges.count * MemoryLayout<KeywordEdges>.stride
  }

  /// Calls the body with each keyword that ends at the state, longest first, equal ones by index, until it says false.
  ///
  /// - Returns: Whether the body always said true.
  @inline(__always)
  func forEach(at state: Int, _ body: (Int) -> Bool) -> Bool {
    var state = state
    while state >= 0 {
      for slot in Int(start[state])..<Int(start[state + 1]) where !body(Int(keywords[slot])) {
        return false
      }
      state = Int(nextState[state])
    }
    return true
  }
}
