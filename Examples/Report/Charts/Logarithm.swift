/// The logarithm, which the standard library does not have.
enum Logarithm {
  /// The logarithm to the base 2 of a positive finite number.
  ///
  /// ln m = 2 artanh((m − 1) / (m + 1)) for the significand m in 1 ..< 2; 16 terms leave an error below 1e-15.
  static func base2(_ value: Double) -> Double {
    let ratio = (value.significand - 1) / (value.significand + 1)
    var (power, sum) = (ratio, 0.0)
    for term in 0..<16 {
      sum += power / Double(2 * term + 1)
      power *= ratio * ratio
    }
    return Double(value.exponent) + 2 * sum / 0.693_147_180_559_945_3
  }
}
