import DenseData

/// Values without repetition, in the order in which they were first seen, which unlike a set's is reproducible.
struct FirstSeen<Element: IndexHashable>: Sendable {
  private(set) var elements: [Element] = []
  private var seen: HashIndex

  init(capacity: Int) {
    elements.reserveCapacity(capacity)
    seen = HashIndex(capacity: capacity)
  }

  /// Makes room for values, if there are none yet.
  mutating func expect(_ count: Int) { if elements.isEmpty { self = FirstSeen(capacity: count) } }

  /// Whether the value was seen.
  func contains(_ element: Element) -> Bool { seen.find(element.indexHash) { elements[$0] == element } != nil }

  /// Notes a value.
  /// - Returns: whether it is new.
  @discardableResult
  mutating func insert(_ element: Element) -> Bool {
    if contains(element) { return false }
    seen.insert(element.indexHash, row: elements.count)
    elements.append(element)
    return true
  }
}
