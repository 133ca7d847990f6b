/// How PageRank is computed.
public struct PageRank: Sendable, Hashable {
  /// What becomes of the rank of nodes that no edge leaves.
  public enum DanglingRule: String, Sendable, Hashable, CaseIterable {
    /// It goes where the walk restarts; without restart weights, to all nodes alike.
    case restart
    /// It goes to all nodes alike.
    case uniform
  }

  /// The probability of going on along an edge, 0 ..< 1.
  public var damping: Double
  /// Rounds end when the sum of absolute changes falls below this; with 0 they end at ``maximumIterations``.
  public var tolerance: Double
  /// The most rounds, at least 1.
  public var maximumIterations: Int
  /// What becomes of the rank of nodes that no edge leaves.
  public var dangling: DanglingRule
  /// Whether edges carry rank in proportion to their weights; otherwise all of a node carry the same.
  public var usesWeights: Bool

  /// Creates settings.
  public init(
    damping: Double = 0.85, tolerance: Double = 1e-10, maximumIterations: Int = 1_000,
    dangling: DanglingRule = .restart, usesWeights: Bool = true
  ) {
    self.damping = damping
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.dangling = dangling
    self.usesWeights = usesWeights
  }

  func check() throws(GraphError) {
    guard damping >= 0, damping < 1 else {
      throw GraphError(.invalidSetting, subject: "damping", "expected 0 ..< 1")
    }
    guard tolerance >= 0 else { throw GraphError(.invalidSetting, subject: "tolerance", "expected 0 or more") }
    guard maximumIterations >= 1 else {
      throw GraphError(.invalidSetting, subject: "maximumIterations", "expected 1 or more")
    }
  }
}
