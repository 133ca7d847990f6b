extension RegularExpression {
  /// Whether any part of the text matches.
  ///
  /// - Complexity: O(n) with the automaton made in advance, else O(n · p), for n bytes and a program of size p.
  package func matches(_ text: String) -> Bool {
    var budget = Int.max
    return matches(text, spending: &budget) ?? false
  }

  /// Whether any part of the text matches, or `nil` when the budget ran out before that was known.
  ///
  /// One step is one byte of the text, or one instruction looked at for a state that was not known yet. The steps a
  /// pattern and a text take are always the same.
  package func matches(_ text: String, spending budget: inout Int) -> Bool? {
    let found = text.utf8.withContiguousStorageIfAvailable { matches(utf8: $0, spending: &budget) }
    return found ?? Array(text.utf8).withUnsafeBufferPointer { matches(utf8: $0, spending: &budget) }
  }

  private func matches(utf8 text: UnsafeBufferPointer<UInt8>, spending budget: inout Int) -> Bool? {
    if let automaton {
      let (found, end) = automaton.search(text, limit: budget)
      budget -= end
      return found
    }
    var states = PatternDeterminiser(program, tableLimit: PatternDeterminiser.searchTableLimit)
    return states.search(text, spending: &budget)
  }
}
