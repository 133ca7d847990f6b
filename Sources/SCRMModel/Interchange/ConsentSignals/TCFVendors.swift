/// A set of vendors of the Global Vendor List, by their numbers 1 … 65,535; kept as ranges.
public struct TCFVendors: Sendable, Hashable {
  /// The ranges: ascending, apart from one another by at least one vendor.
  public let ranges: [ClosedRange<Int>]

  /// Creates a set from ascending numbers.
  init(ids: [Int]) { self.init(ranges: ids.map { $0...$0 }) }

  /// Creates a set from ranges in any order, which may overlap.
  ///
  /// O(n log n).
  init(ranges: [ClosedRange<Int>]) {
    var merged: [ClosedRange<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// Whether the set is empty.
  public var isEmpty: Bool { ranges.isEmpty }

  /// The number of vendors.
  public var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The vendors in ascending order.
  public var ids: [Int] { ranges.flatMap { Array($0) } }

  /// Whether a vendor is in the set, in O(log n) of the ranges.
  public func contains(_ vendor: Int) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < vendor { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(vendor)
  }
}
