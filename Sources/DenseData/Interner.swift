/// Gives values dense integers 0, 1, 2 … in order of first appearance, so that arrays can replace dictionaries.
package struct Interner<Element: Hashable & Sendable>: Sendable {
  private var indices: [Element: Int32] = [:]
  package private(set) var elements: [Element] = []

  package init() {}

  /// The number of different values.
  package var count: Int { elements.count }

  /// The integer of `element`, a new one when it is new; O(1) expected.
  package mutating func intern(_ element: Element) -> Int {
    if let index = indices[element] { return Int(index) }
    let index = elements.count
    indices[element] = Int32(truncatingIfNeeded: index)
    elements.append(element)
    return index
  }

  /// The integer of `element`, if it was seen.
  package func index(of element: Element) -> Int? { indices[element].map(Int.init) }
}
