/// A division of the nodes of a graph into groups.
///
/// Groups are numbered 0, 1, 2 … by their first node, so that equal divisions are equal values.
public struct NodePartition: Sendable, Hashable {
  /// The group of each node.
  public let groups: [UInt32]
  /// The number of groups.
  public let count: Int

  /// Creates a division from any labels: nodes with the same label are together.
  ///
  /// O(nodes) expected.
  public init(labels: [some Hashable]) {
    var index: [AnyHashable: UInt32] = [:]
    groups = labels.map { label in
      let next = UInt32(truncatingIfNeeded: index.count)
      let group = index[AnyHashable(label), default: next]
      index[AnyHashable(label)] = group
      return group
    }
    count = index.count
  }

  /// From groups that are numbered by their first node already.
  init(groups: [UInt32], count: Int) {
    self.groups = groups
    self.count = count
  }

  /// From labels below `bound`.
  init(dense labels: [UInt32], bound: Int) {
    var number = [UInt32](repeating: .max, count: bound)
    var next: UInt32 = 0
    groups = labels.map { label in
      if number[Int(label)] == .max {
        number[Int(label)] = next
        next += 1
      }
      return number[Int(label)]
    }
    count = Int(next)
  }

  /// How many nodes are in each group; O(nodes).
  public var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: count)
    for group in groups { sizes[Int(group)] += 1 }
    return sizes
  }

  /// The nodes of each group, ascending; O(nodes).
  public var members: [[Int]] {
    var members = [[Int]](repeating: [], count: count)
    for (node, group) in groups.enumerated() { members[Int(group)].append(node) }
    return members
  }
}
