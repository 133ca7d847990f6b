/// Exponential decay by whole days: what happened one half-life ago weighs half.
///
/// The weights of the first 4,096 days are tabulated, so that the same age always gives the same bits.
package struct HalfLife: Sendable, Hashable {
  /// The half-life in days, at least 0.01.
  package let days: Double
  private let weights: [Double]

  package init(days: Double) {
    let days = days.isFinite ? max(days, 0.01) : 0.01
    self.days = days
    weights = (0..<4_096).map { ExponentialDecay.exp2(-Double($0) / days) }
  }

  /// The weight of something `age` days old, 0 … 1; the future weighs 1, more than 4,095 days weigh 0.
  package func weight(age: Int32) -> Double {
    age <= 0 ? 1 : (age < 4_096 ? weights[Int(age)] : 0)
  }
}
