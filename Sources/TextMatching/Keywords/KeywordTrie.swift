/// The tree of all prefixes of the folded keywords, its nodes in breadth-first order: the states of the automaton.
///
/// The keywords are sorted first, so that a node is a stretch of the sorted list and its children are the parts of that
/// stretch: no node ever looks for a child, and the children of a node have consecutive numbers.
struct KeywordTrie {
  /// The class that leads into each state; 0 for the root.
  private(set) var entered: [UInt16] = [0]
  /// Where each state's children begin; one more entry at the end.
  private(set) var firstChild: [Int32] = []
  /// The keywords in the order of their classes, equal ones by index.
  private(set) var sorted: [Int32]
  /// The stretch of `sorted` that ends at each state.
  private(set) var ending: [Range<Int32>] = []

  var stateCount: Int { entered.count }

  /// Builds the tree of keywords given as classes.
  init(_ keywords: [[UInt16]]) {
    sorted = keywords.indices.sorted { left, right in
      if keywords[left] == keywords[right] { return left < right }
      return keywords[left].lexicographicallyPrecedes(keywords[right])
    }.map { Int32(truncatingIfNeeded: $0) }
    var stretches: [(range: Range<Int>, depth: Int)] = [(0..<sorted.count, 0)]
    var state = 0
    while state < stretches.count {
      let (range, depth) = stretches[state]
      var next = range.lowerBound
      while next < range.upperBound, keywords[Int(sorted[next])].count == depth { next += 1 }
      ending.append(
        Int32(truncatingIfNeeded: range.lowerBound)..<Int32(truncatingIfNeeded: next))
      firstChild.append(Int32(truncatingIfNeeded: stretches.count))
      while next < range.upperBound {
        let start = next
        let first = keywords[Int(sorted[start])][depth]
        while next < range.upperBound, keywords[Int(sorted[next])][depth] == first { next += 1 }
        entered.append(first)
        stretches.append((start..<next, depth + 1))
      }
      state += 1
    }
    firstChild.append(Int32(truncatingIfNeeded: stretches.count))
  }

  /// The children of a state, in ascending order of their classes.
  func children(of state: Int) -> Range<Int> { Int(firstChild[state])..<Int(firstChild[state + 1]) }

  /// The child that a class leads to; O(log *b*) for *b* children.
  func child(of state: Int, _ wanted: UInt16) -> Int? {
    var low = Int(firstChild[state])
    var high = Int(firstChild[state + 1])
    while low < high {
      let middle = (low + high) / 2
      if entered[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < Int(firstChild[state + 1]) && entered[low] == wanted ? low : nil
  }
}
