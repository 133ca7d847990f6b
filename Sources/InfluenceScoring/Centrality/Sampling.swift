import DenseData

/// Drawing nodes, and how much the mean of draws may be off.
enum Sampling {
  /// Different nodes, ascending.
  static func draw(_ count: Int, below bound: Int, seed: UInt64) -> [Int] {
    var random = SeededGenerator(seed: seed)
    var pool = Array(0..<bound)
    for place in 0..<min(count, bound) { pool.swapAt(place, place + random.below(bound - place)) }
    return pool.prefix(count).sorted()
  }

  /// How far the mean of values in 0 … 1 may be from the true one, for many means at once.
  static func bound(draws: Int, values: Int, confidence: Double) throws(GraphError) -> Double {
    guard draws >= 1 else { throw GraphError(.invalidSetting, subject: "draws", "expected 1 or more") }
    guard confidence > 0, confidence < 1 else {
      throw GraphError(.invalidSetting, subject: "confidence", "expected more than 0 and less than 1")
    }
    return (Logarithm.natural(2 * Double(max(values, 1)) / (1 - confidence)) / (2 * Double(draws))).squareRoot()
  }
}

/// The natural logarithm: the standard library has none.
enum Logarithm {
  /// Of a number above 0 and finite, to about 1e-15 relative to 1.
  static func natural(_ value: Double) -> Double {
    // value = m × 2^e with m near 1, and ln m = 2 artanh((m − 1) ÷ (m + 1)) as a series.
    var (mantissa, exponent) = (value.significand, Double(value.exponent))
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var (power, sum, divisor) = (ratio, 0.0, 1.0)
    while abs(power) > 1e-18 {
      sum += power / divisor
      power *= square
      divisor += 2
    }
    return 2 * sum + exponent * 0.6931471805599453
  }
}
