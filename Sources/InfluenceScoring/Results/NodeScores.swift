/// One value for each node of a graph, with how it was found.
public struct NodeScores: Sendable, Hashable {
  /// The value of each node, by number.
  public let values: [Double]
  /// How many rounds were made; the number of sources or pivots where the measure goes through those.
  public let iterations: Int
  /// The change of the last round, as the sum of absolute differences; 0 for measures without rounds.
  public let residual: Double
  /// Whether the asked for tolerance was reached; values that did not get there are the best known ones.
  public let converged: Bool
  /// How far the values may be from the exact ones, in the norm that the measure states; `nil` where nothing is known.
  public let errorBound: Double?
  /// The seed of what was drawn, where something was.
  public let seed: UInt64?

  init(
    _ values: [Double], iterations: Int = 1, residual: Double = 0, converged: Bool = true, errorBound: Double? = 0,
    seed: UInt64? = nil
  ) {
    self.values = values
    self.iterations = iterations
    self.residual = residual
    self.converged = converged
    self.errorBound = errorBound
    self.seed = seed
  }
}
