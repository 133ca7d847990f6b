/// Gives node ids the dense numbers 0, 1, 2 … in order of first appearance.
public struct NodeIndex<Node: Hashable & Sendable>: Sendable {
  @usableFromInline var entries: [Node] = []
  @usableFromInline var numbers: [Node: UInt32] = [:]

  /// Creates an empty index.
  @inlinable
  public init() {}

  /// The ids by number.
  @inlinable
  public var nodes: [Node] { entries }

  /// The number of an id, a new one when it is new; O(1) expected.
  @inlinable
  public mutating func insert(_ node: Node) -> UInt32 {
    let next = UInt32(truncatingIfNeeded: entries.count)
    let number = numbers[node, default: next]
    if number == next {
      numbers[node] = next
      entries.append(node)
    }
    return number
  }

  /// The number of an id that was seen; O(1) expected.
  @inlinable
  public func number(of node: Node) -> UInt32? { numbers[node] }
}
