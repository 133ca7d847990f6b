/// A logarithmic axis of lengths of time with the ticks people think in.
struct DurationScale {
  /// The ticks, seconds and name; the first is the beginning of the axis, the last its end.
  let ticks: [(seconds: Double, name: String)]

  private static let known: [(seconds: Double, name: String)] = [
    (1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3_600, "1 h"), (6 * 3_600, "6 h"), (86_400, "1 d"),
    (7 * 86_400, "7 d"), (30 * 86_400, "30 d"), (365 * 86_400, "1 y"), (3_650 * 86_400, "10 y"),
    (36_500 * 86_400, "100 y"), (365_000 * 86_400, "1,000 y"), (3_650_000 * 86_400, "10,000 y"),
  ]

  /// The axis from the tick at or below the least to the one at or above the greatest.
  init(least: Double, greatest: Double) {
    let first = Self.known.lastIndex { $0.seconds <= least } ?? 0
    let last = Self.known.firstIndex { $0.seconds >= greatest } ?? Self.known.count - 1
    let begin = min(first, Self.known.count - 2)
    ticks = Array(Self.known[begin...max(last, begin + 1)])
  }

  /// Where a time stands, 0 … 1; times before the first tick stand at it.
  func share(_ seconds: Double) -> Double {
    let begin = ticks[0].seconds
    let whole = Logarithm.base2(ticks[ticks.count - 1].seconds / begin)
    return min(max(Logarithm.base2(max(seconds, begin) / begin) / whole, 0), 1)
  }
}
