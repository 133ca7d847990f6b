/// A compressed set of 32-bit numbers after Lemire, Kaser, Kurz, Deri, O'Hara, Saint-Jacques & Ssi-Yan-Kai, *Roaring bitmaps:
/// implementation of an optimized software library*, Software: Practice and Experience 48, 2018.
///
/// Numbers are kept in containers by their upper sixteen bits; each container holds the lower ones as a sorted list, as bits
/// or as runs. Two operands of a binary operation are walked together, container by container.
package struct CompressedBitmap: Sendable {
  /// The upper sixteen bits of each container, strictly ascending.
  var keys: ContiguousArray<UInt16> = []
  /// The container of each key; none is empty.
  var containers: ContiguousArray<BitmapContainer> = []

  /// Creates an empty set.
  package init() {}

  /// Creates a set of numbers in any order, also repeated ones; O(n) when they ascend, else O(n log n).
  package init(_ numbers: some Sequence<UInt32>) {
    var sorted = ContiguousArray(numbers)
    if !zip(sorted, sorted.dropFirst()).allSatisfy({ $0 <= $1 }) { sorted.sort() }
    var start = 0
    while start < sorted.count {
      let key = UInt16(truncatingIfNeeded: sorted[start] >> 16)
      var list = ContiguousArray<UInt16>()
      while start < sorted.count, UInt16(truncatingIfNeeded: sorted[start] >> 16) == key {
        let value = UInt16(truncatingIfNeeded: sorted[start])
        if list.last != value { list.append(value) }
        start += 1
      }
      append(key, BitmapContainer(fitting: list))
    }
  }

  /// Creates the set of the bits that are set in words, the lowest bit of the first word being 0; O(words).
  ///
  /// At most 2²⁶ words are read: those of all 32-bit numbers.
  package init(words: UnsafeBufferPointer<UInt64>) {
    var start = 0
    while start < min(words.count, 1 << 26) {
      let end = min(start + BitmapWords.wordCount, words.count)
      var chunk = ContiguousArray(words[start..<end])
      if end - start < BitmapWords.wordCount {
        chunk.append(contentsOf: repeatElement(0, count: BitmapWords.wordCount - (end - start)))
      }
      append(UInt16(truncatingIfNeeded: start >> 10), BitmapContainer(fitting: BitmapWords(words: chunk)))
      start = end
    }
  }

  /// Adds a container behind the last one unless it is empty.
  mutating func append(_ key: UInt16, _ container: BitmapContainer) {
    if container.isEmpty { return }
    keys.append(key)
    containers.append(container)
  }

  /// The position of a key, or where it would have to stand.
  @inline(__always)
  func search(_ key: UInt16) -> (position: Int, isFound: Bool) {
    // Dense numbers have a container for each key.
    let guess = Int(key)
    if guess < keys.count, keys[guess] == key { return (guess, true) }
    return SortedValues.search(keys, key)
  }

  /// The number of members; O(containers), or O(runs).
  package var count: Int { containers.reduce(0) { $0 + $1.count } }

  /// Whether there is no member; O(1).
  package var isEmpty: Bool { keys.isEmpty }

  /// Whether a number is a member; O(log n) at most, O(1) for dense numbers in bits.
  package func contains(_ number: UInt32) -> Bool {
    let (place, isFound) = search(UInt16(truncatingIfNeeded: number >> 16))
    return isFound && containers[place].contains(UInt16(truncatingIfNeeded: number))
  }

  /// Adds a number; returns whether it is new.
  ///
  /// O(size of its container).
  @discardableResult
  package mutating func insert(_ number: UInt32) -> Bool {
    let key = UInt16(truncatingIfNeeded: number >> 16)
    let (place, isFound) = search(key)
    if isFound { return containers[place].insert(UInt16(truncatingIfNeeded: number)) }
    keys.insert(key, at: place)
    containers.insert(.list([UInt16(truncatingIfNeeded: number)]), at: place)
    return true
  }

  /// Takes a number out; returns whether it was there.
  ///
  /// O(size of its container).
  @discardableResult
  package mutating func remove(_ number: UInt32) -> Bool {
    let (place, isFound) = search(UInt16(truncatingIfNeeded: number >> 16))
    guard isFound, containers[place].remove(UInt16(truncatingIfNeeded: number)) else { return false }
    if containers[place].isEmpty {
      keys.remove(at: place)
      containers.remove(at: place)
    }
    return true
  }

  /// Turns containers into runs where that makes the serialised form smaller, and others back; O(n).
  package mutating func optimiseRuns() {
    for place in containers.indices { containers[place] = containers[place].optimised }
  }
}

extension CompressedBitmap: Hashable {
  /// Whether the members are the same, in whatever containers; O(n).
  package static func == (left: CompressedBitmap, right: CompressedBitmap) -> Bool {
    guard left.keys == right.keys else { return false }
    return left.containers.indices.allSatisfy { place in
      let count = left.containers[place].count
      return count == right.containers[place].count
        && count == left.containers[place].intersectionCount(right.containers[place])
    }
  }

  /// Feeds the keys and sizes of the containers.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(keys)
    for container in containers { hasher.combine(container.count) }
  }
}

extension CompressedBitmap {
  /// Adds the bits of 1,024 words as the members with this key, which is above all keys there are; O(1).
  package mutating func append(key: UInt16, words: ContiguousArray<UInt64>) {
    guard words.count == BitmapWords.wordCount else { return }
    append(key, BitmapContainer(fitting: BitmapWords(words: words)))
  }

  /// The members with a key as the bits of 1,024 words; `nil` when there are none.
  package func bits(of key: UInt16) -> ContiguousArray<UInt64>? {
    let (place, isFound) = search(key)
    guard isFound else { return nil }
    switch containers[place] {
    case .list(let list): return BitmapWords(list).words
    case .bitmap(let bitmap): return bitmap.words
    case .runs(let runs): return runs.bitmap().words
    }
  }
}
