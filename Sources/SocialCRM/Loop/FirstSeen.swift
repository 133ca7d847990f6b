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

  /// The number of a value that was seen.
  func find(_ element: Element) -> Int? { seen.find(element.indexHash) { elements[$0] == element } }

  /// Whether the value was seen.
  func contains(_ element: Element) -> Bool { find(element) != nil }

  /// The number of a value in the order in which they were first seen; a new one is noted.
  mutating func number(of element: Element) -> Int {
    if let known = find(element) { return known }
    seen.insert(element.indexHash, row: elements.count)
    elements.append(element)
    return elements.count - 1
  }

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
