extension PatternCompiler {
  /// Alternatives that are plain text, as a trie over their bytes: the size of the program is that of the trie, and a
  /// search follows one path of it.
  mutating func compile(_ literals: [[UInt32]], then next: Int32) throws(RegularExpressionError) -> Int32 {
    struct Vertex {
      var children: [(byte: UInt8, vertex: Int)] = []
      var ends = false
    }
    var trie = [Vertex()]
    for literal in literals.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      var vertex = 0
      for byte in literal.lazy.flatMap(Self.utf8) {
        // In ascending order only the last child can be the same.
        if let last = trie[vertex].children.last, last.byte == byte {
          vertex = last.vertex
        } else {
          trie[vertex].children.append((byte, trie.count))
          vertex = trie.count
          trie.append(Vertex())
        }
      }
      trie[vertex].ends = true
    }
    // Children come after their parents, so from the last to the first every child is known.
    var entries = [Int32](repeating: next, count: trie.count)
    for index in trie.indices.reversed() where !trie[index].children.isEmpty {
      let edges = trie[index].children.map { PatternEdge(low: $0.byte, high: $0.byte, next: entries[$0.vertex]) }
      let entry = try emit(edges: edges)
      entries[index] = trie[index].ends ? try emit(.split(next, entry)) : entry
    }
    return entries[0]
  }
}
