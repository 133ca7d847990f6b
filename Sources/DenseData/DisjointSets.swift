/// Sets of dense numbers that are united step by step, for connected components.
///
/// Union by size with path halving (Tarjan & van Leeuwen, *Worst-case analysis of set union algorithms*, J. ACM 31, 1984):
/// nearly O(1) for each step. A number takes four bytes: the number above it in its tree, or for a root its size, negative.
/// At most 2³¹ − 1 numbers.
@usableFromInline
package struct DisjointSets: Sendable {
  @usableFromInline var links: ContiguousArray<Int32>
  /// How many sets there are.
  @usableFromInline package var setCount: Int
  @usableFromInline var touched: Int32 = 0

  /// Creates sets of one number each.
  package init(count: Int = 0) {
    links = ContiguousArray(repeating: -1, count: count)
    setCount = count
  }

  /// How many numbers there are.
  @inlinable
  package var count: Int { links.count }

  /// Makes sure that there are so many numbers; new ones are alone.
  @inlinable
  package mutating func grow(to count: Int) {
    guard count > links.count else { return }
    setCount += count - links.count
    if links.capacity < count { links.reserveCapacity(max(count, links.capacity * 2)) }
    links.append(contentsOf: repeatElement(-1, count: count - links.count))
  }

  /// The root of the set of a number; changes with each union.
  @inlinable
  package mutating func find(_ number: Int) -> Int {
    links.withUnsafeMutableBufferPointer { Self.find(number, $0) }
  }

  /// How many numbers the set with this root has.
  @inlinable
  package func size(ofRoot root: Int) -> Int { Int(-links[root]) }

  /// Unites the sets of two numbers; returns whether they were different.
  @inlinable @discardableResult
  package mutating func unite(_ left: Int, _ right: Int) -> Bool {
    let isNew = links.withUnsafeMutableBufferPointer { Self.unite(left, right, $0) }
    if isNew { setCount -= 1 }
    return isNew
  }

  /// Unites the sets of each two numbers that follow one another.
  ///
  /// The first two steps of all paths of a block are read before the first union, so that the processor waits for them
  /// together.
  @inlinable
  package mutating func unite(pairs: UnsafeBufferPointer<UInt32>) {
    var united = 0
    var mixed: Int32 = 0
    let count = pairs.count & ~1
    links.withUnsafeMutableBufferPointer { links in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 128) { above in
        var start = 0
        while start < count {
          let end = min(start + 128, count)
          for position in start..<end { above[position - start] = links[Int(pairs[position])] }
          for position in 0..<(end - start) where above[position] >= 0 { mixed ^= links[Int(above[position])] }
          while start < end {
            if Self.unite(Int(pairs[start]), Int(pairs[start + 1]), links) { united += 1 }
            start += 2
          }
        }
      }
    }
    touched ^= mixed
    setCount -= united
  }

  /// Calls the body with every number in order and the root of its set.
  @inlinable
  package mutating func forEachRoot(_ body: (_ number: Int, _ root: Int) -> Void) {
    var mixed: Int32 = 0
    links.withUnsafeMutableBufferPointer { links in
      var start = 0
      while start < links.count {
        let end = min(start + 64, links.count)
        // As in `unite(pairs:)`.
        for number in start..<end where links[number] >= 0 { mixed ^= links[Int(links[number])] }
        for number in start..<end { body(number, Self.find(number, links)) }
        start = end
      }
    }
    touched ^= mixed
  }

  @inlinable
  static func find(_ number: Int, _ links: UnsafeMutableBufferPointer<Int32>) -> Int {
    var current = number
    while true {
      let parent = links[current]
      if parent < 0 { return current }
      let grandparent = links[Int(parent)]
      if grandparent < 0 { return Int(parent) }
      links[current] = grandparent
      current = Int(grandparent)
    }
  }

  @inlinable
  static func unite(_ left: Int, _ right: Int, _ links: UnsafeMutableBufferPointer<Int32>) -> Bool {
    var root = find(left, links)
    var other = find(right, links)
    if root == other { return false }
    // The larger set has the more negative entry.
    if links[other] < links[root] { swap(&root, &other) }
    links[root] += links[other]
    links[other] = Int32(truncatingIfNeeded: root)
    return true
  }
}
