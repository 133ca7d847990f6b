/// A set of keyword indices, one bit each.
///
/// Meant to be kept and reused: ``removeAll()`` keeps the storage, so that filling it again allocates nothing.
package struct KeywordSet: Sendable {
  private var words: [UInt64]

  /// Creates an empty set with room for the indices `0 ..< keywordCount`; it grows beyond when needed.
  package init(keywordCount: Int = 0) {
    let room = Swift.min(Swift.max(keywordCount, 0), KeywordAutomaton.maximumKeywordCount)
    words = [UInt64](repeating: 0, count: (room + 63) / 64)
  }

  /// Whether the set has no element.
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The number of elements.
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether the index is in the set.
  package func contains(_ keyword: Int) -> Bool {
    keyword >= 0 && keyword >> 6 < words.count && words[keyword >> 6] >> UInt64(keyword & 63) & 1 == 1
  }

  /// Adds an index; one that no automaton can have is ignored.
  package mutating func insert(_ keyword: Int) {
    guard keyword >= 0, keyword < KeywordAutomaton.maximumKeywordCount else { return }
    while words.count <= keyword >> 6 { words.append(0) }
    words[keyword >> 6] |= 1 << UInt64(keyword & 63)
  }

  /// Calls the body with every element in ascending order.
  package func forEachElement(_ body: (Int) -> Void) {
    for (place, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(place << 6 | rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// Empties the set and keeps its storage.
  package mutating func removeAll() {
    for index in words.indices { words[index] = 0 }
  }
}

extension KeywordSet: Sequence {
  /// Goes through the indices in ascending order.
  package func makeIterator() -> Iterator { Iterator(words: words) }

  /// An iterator over the indices in ascending order.
  package struct Iterator: IteratorProtocol {
    fileprivate let words: [UInt64]
    private var position = 0
    private var rest: UInt64

    fileprivate init(words: [UInt64]) {
      self.words = words
      rest = words.first ?? 0
    }

    /// The next index, or `nil` at the end.
    package mutating func next() -> Int? {
      while rest == 0 {
        position += 1
        guard position < words.count else { return nil }
        rest = words[position]
      }
      defer { rest &= rest - 1 }
      return position << 6 | rest.trailingZeroBitCount
    }
  }
}

extension KeywordSet: Hashable {
  /// Whether both hold the same indices, whatever room they have.
  package static func == (left: KeywordSet, right: KeywordSet) -> Bool {
    left.significantWords.elementsEqual(right.significantWords)
  }

  /// Hashes the indices.
  package func hash(into hasher: inout Hasher) {
    for word in significantWords { hasher.combine(word) }
  }

  private var significantWords: ArraySlice<UInt64> {
    words.prefix((words.lastIndex { $0 != 0 } ?? -1) + 1)
  }
}
