import SCRMExpressions

/// Exponential decay by half-lives, the same on every machine: no mathematical library takes part.
package enum ExponentialDecay {
  /// What is left of 1 after `elapsed`: `2^(−elapsed / halfLife)`, 1 for a negative span.
  ///
  /// A half-life below one second counts as one second. The relative error is below 1e-15; results too small for a
  /// normal double are 0.
  package static func remaining(elapsed: Duration, halfLifeSeconds: Int64) -> Double {
    let (seconds, attoseconds) = elapsed.components
    let span = Double(seconds) + Double(attoseconds) * 1e-18
    guard span > 0 else { return 1 }
    return exp2(-span / Double(max(1, halfLifeSeconds)))
  }

  /// 2^x for x ≤ 0, by the Taylor series of e^(y) for |y| ≤ ln 2 / 2 (14 terms leave less than 1e-17).
  package static func exp2(_ x: Double) -> Double {
    guard x > -1_022 else { return 0 }
    let whole = x.rounded()
    let y = (x - whole) * 0.693_147_180_559_945_3
    var sum = 1.0
    var n = 14.0
    while n >= 1 {
      sum = 1 + y / n * sum
      n -= 1
    }
    return Double(sign: .plus, exponent: Int(whole), significand: sum)
  }
}
