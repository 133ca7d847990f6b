/// Which keywords end at each state.
final class KeywordOutputs: Sendable {
  /// For each keyword its length and edges.
  let edges: [KeywordEdges]
  /// The keywords that end at each state, as a stretch of `keywords`, and the next state down the failure links at
  /// which one ends, or -1.
  private let entries: [Entry]
  private let keywords: [Int32]

  private struct Entry {
    var start: Int32
    var end: Int32
    var nextState: Int32
  }

  init(_ links: KeywordLinks, trie: KeywordTrie, edges: [KeywordEdges]) {
    self.edges = edges
    keywords = trie.sorted
    entries = zip(trie.ending, links.nextOutput).map {
      Entry(start: $0.lowerBound, end: $0.upperBound, nextState: $1)
    }
  }

  /// The storage in bytes.
  var storageBytes: Int {
    entries.count * MemoryLayout<Entry>.stride + keywords.count * 4 + edges.count * MemoryLayout<KeywordEdges>.stride
  }

  /// Calls the body with each keyword that ends at the state, longest first, equal ones by index, until it says false.
  ///
  /// - Returns: Whether the body always said true.
  @inline(__always)
  func forEach(at state: Int, _ body: (Int) -> Bool) -> Bool {
    var state = state
    while state >= 0 {
      let entry = entries[state]
      for slot in Int(entry.start)..<Int(entry.end) where !body(Int(keywords[slot])) {
        return false
      }
      state = Int(entry.nextState)
    }
    return true
  }
}
