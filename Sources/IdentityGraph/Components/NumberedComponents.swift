import DenseData

/// Connected components of identifiers that the host has numbered itself from 0 on.
///
/// ```swift
/// var components = NumberedComponents(count: 4)
/// try components.connect(pairs: [0, 2, 2, 3])
/// print(components.labels())  // [0, 1, 0, 0]
/// ```
///
/// Union-find, by size with path halving: nearly O(1) per edge and four bytes per identifier. The result does not depend
/// on the order of the edges. Nothing here protects from wrong edges: one shared value joins all who bear it.
public struct NumberedComponents: Sendable {
  private var sets: DisjointSets

  /// Creates components of one identifier each.
  /// - Parameter count: How many identifiers there are, from 0 to 2³¹ − 1; other numbers are limited to these.
  public init(count: Int = 0) { sets = DisjointSets(count: min(max(count, 0), Int(Int32.max))) }

  /// How many identifiers there are.
  public var count: Int { sets.count }
  /// How many components they form.
  public var componentCount: Int { sets.setCount }

  /// Joins the identifiers of each two numbers that follow one another; identifiers come into being as they are named.
  ///
  /// - Throws: `SCRMError` with code `invalidValue` for an odd number of numbers or a number above 2³¹ − 2; then nothing
  ///   was joined.
  public mutating func connect(pairs: [UInt32]) throws(SCRMError) {
    guard pairs.count % 2 == 0 else {
      throw SCRMError(.invalidValue, subject: "pairs", "\(pairs.count) numbers, expected two for each edge")
    }
    guard let largest = pairs.max() else { return }
    guard largest < Int32.max else {
      throw SCRMError(.invalidValue, subject: "pairs", "the number \(largest), expected at most \(Int32.max - 1)")
    }
    sets.grow(to: Int(largest) + 1)
    pairs.withUnsafeBufferPointer { sets.unite(pairs: $0) }
  }

  /// The component of each identifier, as the smallest number in it; O(n).
  public mutating func labels() -> [UInt32] {
    let none = UInt32.max
    var smallest = [UInt32](repeating: none, count: sets.count)
    return [UInt32](unsafeUninitializedCapacity: sets.count) { labels, count in
      count = sets.count
      smallest.withUnsafeMutableBufferPointer { smallest in
        sets.forEachRoot { number, root in
          if smallest[root] == none { smallest[root] = UInt32(truncatingIfNeeded: number) }
          labels[number] = smallest[root]
        }
      }
    }
  }
}
