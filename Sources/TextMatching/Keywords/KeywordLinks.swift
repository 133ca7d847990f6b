/// The trie's nodes in breadth-first order with their failure links (Aho and Corasick 1975, algorithm 3).
struct KeywordLinks {
  /// The trie node of each state.
  private(set) var order: [Int] = [0]
  /// The state of each trie node.
  private(set) var number: [Int]
  /// For each state the state of the longest proper suffix that is also a prefix of a keyword.
  private(set) var failure: [Int] = [0]
  /// Whether a keyword ends at the state or at a state down its failure links.
  private(set) var endsKeyword: [Bool] = [false]
  /// The next state down the failure links at which a keyword ends, or -1.
  private(set) var nextOutput: [Int32] = [-1]

  init(_ trie: KeywordTrie) {
    number = [Int](repeating: 0, count: trie.nodeCount)
    var state = 0
    while state < order.count {
      for child in trie.children(of: order[state]) {
        number[child] = order.count
        order.append(child)
        let target = state == 0 ? 0 : step(from: failure[state], trie.byte[child], trie)
        failure.append(target)
        let isOutput = trie.lastKeyword[order[target]] >= 0
        nextOutput.append(isOutput ? Int32(truncatingIfNeeded: target) : nextOutput[target])
        endsKeyword.append(trie.lastKeyword[child] >= 0 || endsKeyword[target])
      }
      state += 1
    }
  }

  /// Follows failure links until one has a child with the byte.
  private func step(from start: Int, _ byte: UInt8, _ trie: KeywordTrie) -> Int {
    var state = start
    while true {
      if let child = trie.child(of: order[state], byte) { return number[child] }
      if state == 0 { return 0 }
      state = failure[state]
    }
  }
}
