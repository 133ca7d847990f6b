/// The failure links of the states (Aho and Corasick 1975, algorithm 3).
struct KeywordLinks {
  /// For each state the state of the longest proper suffix that is also a prefix of a keyword.
  private(set) var failure: [Int32]
  /// Whether a keyword ends at the state or at a state down its failure links.
  private(set) var endsKeyword: [Bool]
  /// The next state down the failure links at which a keyword ends, or -1.
  private(set) var nextOutput: [Int32]

  init(_ trie: KeywordTrie) {
    failure = [Int32](repeating: 0, count: trie.stateCount)
    endsKeyword = [Bool](repeating: false, count: trie.stateCount)
    nextOutput = [Int32](repeating: -1, count: trie.stateCount)
    for state in 0..<trie.stateCount {
      for child in trie.children(of: state) {
        let target = state == 0 ? 0 : step(from: Int(failure[state]), trie.entered[child], trie)
        failure[child] = Int32(truncatingIfNeeded: target)
        nextOutput[child] = trie.ending[target].isEmpty ? nextOutput[target] : failure[child]
        endsKeyword[child] = !trie.ending[child].isEmpty || endsKeyword[target]
      }
    }
  }

  /// Follows failure links until one has a child for the class.
  private func step(from start: Int, _ wanted: UInt16, _ trie: KeywordTrie) -> Int {
    var state = start
    while true {
      if let child = trie.child(of: state, wanted) { return child }
      if state == 0 { return 0 }
      state = Int(failure[state])
    }
  }
}
