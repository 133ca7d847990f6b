/// How many members each two of several segments have in common.
///
/// ```swift
/// let matrix = OverlapMatrix([("buyers", buyers), ("fans", fans)])
/// print(matrix.common(0, 1), matrix.jaccardIndex(0, 1))
/// ```
public struct OverlapMatrix: Sendable, Hashable {
  /// The names of the segments, in the order given.
  public let names: [String]
  /// The number of members of each segment.
  public let counts: [Int]
  /// The upper triangle without the diagonal, row by row.
  private let pairs: [Int]

  /// Counts all pairs; O(segments² × members).
  public init(_ segments: [(name: String, members: MembershipSet)]) {
    names = segments.map(\.name)
    counts = segments.map(\.members.count)
    pairs = segments.indices.flatMap { row in
      segments[(row + 1)...].map { segments[row].members.intersectionCount($0.members) }
    }
  }

  /// The number of members that the segments at two places have in common; O(1).
  public func common(_ left: Int, _ right: Int) -> Int {
    if left == right { return counts[left] }
    let (row, column) = (min(left, right), max(left, right))
    return pairs[row * (2 * names.count - row - 1) / 2 + column - row - 1]
  }

  /// The part of the members of either that both have, 0 … 1; 0 when both are empty.
  public func jaccardIndex(_ left: Int, _ right: Int) -> Double {
    let both = common(left, right)
    let all = counts[left] + counts[right] - both
    return all == 0 ? 0 : Double(both) / Double(all)
  }

  /// The part of the members of one that are also in the other, 0 … 1; 0 when the first is empty.
  public func share(of segment: Int, in other: Int) -> Double {
    counts[segment] == 0 ? 0 : Double(common(segment, other)) / Double(counts[segment])
  }

  /// How many times more common members there are than if the two had nothing to do with one another; `nil` when one of
  /// them is empty.
  /// - Parameters:
  ///   - left: the place of one segment.
  ///   - right: the place of the other.
  ///   - population: the number of people, at least those of either segment.
  public func lift(_ left: Int, _ right: Int, population: Int) -> Double? {
    guard counts[left] > 0, counts[right] > 0 else { return nil }
    return Double(common(left, right)) * Double(population) / (Double(counts[left]) * Double(counts[right]))
  }
}
