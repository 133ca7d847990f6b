/// A set of Unicode scalars as ranges in ascending order that neither touch nor overlap.
///
/// Surrogates may lie in a range: no text holds them.
struct ScalarSet: Sendable, Equatable {
  struct Range: Sendable, Equatable {
    var low: UInt32
    var high: UInt32
  }

  private(set) var ranges: [Range] = []

  init() {}

  /// The union of closed ranges in any order.
  init(_ pairs: [(UInt32, UInt32)]) {
    for pair in pairs.sorted(by: { $0 < $1 }) { append(pair.0, pair.1) }
  }

  static let all = ScalarSet([(0, 0x10_FFFF)])
  static let allButLineFeed = ScalarSet([(0, 9), (11, 0x10_FFFF)])

  /// Adds a range that starts no earlier than the last one.
  mutating func append(_ low: UInt32, _ high: UInt32) {
    if let last = ranges.last, low <= last.high || low == last.high + 1 {
      ranges[ranges.count - 1].high = max(last.high, high)
    } else {
      ranges.append(Range(low: low, high: high))
    }
  }

  mutating func formUnion(_ other: ScalarSet) {
    guard !other.ranges.isEmpty else { return }
    guard !ranges.isEmpty else { return self = other }
    self = ScalarSet((ranges + other.ranges).map { ($0.low, $0.high) })
  }

  /// All scalars that are not in the set.
  var inverted: ScalarSet {
    var result = ScalarSet()
    var next: UInt32 = 0
    for range in ranges {
      if range.low > next { result.append(next, range.low - 1) }
      next = range.high + 1
    }
    if next <= 0x10_FFFF { result.append(next, 0x10_FFFF) }
    return result
  }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].high < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].low <= scalar
  }
}
