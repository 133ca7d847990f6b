/// How far rounds are that end when their change falls below a tolerance or when there were enough of them.
///
/// Changes shrink about geometrically, so the part that is done is that of the way their logarithm has to go.
struct RoundProgress {
  private let tolerance: Double
  private let maximum: Double
  private var first = 0.0
  private var part = 0.0

  init(tolerance: Double, maximumIterations: Int) {
    self.tolerance = tolerance
    maximum = Double(max(maximumIterations, 1))
  }

  /// The part that is done after a round, 0 … 1, never less than before.
  mutating func part(after iterations: Int, residual: Double) -> Double {
    if iterations == 1 { first = residual }
    part = max(part, Double(iterations) / maximum)
    if tolerance > 0, residual > tolerance, residual.isFinite, first > residual {
      part = max(part, Logarithm.natural(first / residual) / Logarithm.natural(first / tolerance))
    }
    return part
  }
}
