/// A sample of waiting times in seconds.
public struct LatencyDistribution: Sendable, Hashable {
  /// The times in ascending order, seconds, 0 or more.
  public let seconds: [Double]

  /// Creates a distribution; times that are negative or not finite are left out.
  ///
  /// O(n log n).
  public init(_ seconds: some Sequence<Double>) {
    self.seconds = seconds.filter { $0 >= 0 && $0.isFinite }.sorted()
  }

  /// How many times there are.
  public var count: Int { seconds.count }

  /// The time within which a share of all is done; `nil` for an empty sample.
  ///
  /// Linear interpolation between the two nearest ranks: with `n` times in order, the value at the place `(n − 1) × share`,
  /// counted from 0 (definition 7 of Hyndman & Fan, *Sample Quantiles in Statistical Packages*, 1996, which is also the
  /// default of R and NumPy); O(1). The share 0.5 of an even number of times is the midpoint of the two in the middle.
  /// - Parameter share: 0 … 1; values outside are limited, NaN counts as 0.
  public func percentile(_ share: Double) -> Double? {
    guard let last = seconds.indices.last else { return nil }
    let place = Double(last) * (share.isNaN ? 0 : min(max(share, 0), 1))
    let lower = min(Int(place), last)
    let upper = min(lower + 1, last)
    return seconds[lower] + (place - Double(lower)) * (seconds[upper] - seconds[lower])
  }

  /// The time within which half of all is done.
  public var median: Double? { percentile(0.5) }

  /// The mean, seconds; `nil` for an empty sample.
  public var mean: Double? { seconds.isEmpty ? nil : seconds.reduce(0, +) / Double(seconds.count) }

  /// The share of times up to a limit, 0 … 1; `nil` for an empty sample.
  ///
  /// O(log n).
  public func share(within limit: Double) -> Double? {
    if seconds.isEmpty { return nil }
    var (low, high) = (0, seconds.count)
    while low < high {
      let middle = (low + high) / 2
      if seconds[middle] <= limit { low = middle + 1 } else { high = middle }
    }
    return Double(low) / Double(seconds.count)
  }
}
