/// What came of one law, or of one sequence of the model-based runner.
public struct ConformanceFinding: Sendable, Hashable, CustomStringConvertible {
  /// How it ended.
  public enum Outcome: Sendable, Hashable {
    /// The store keeps the law.
    case passed
    /// The store breaks it; the reason says what was found and what was expected.
    case failed(reason: String)
    /// It was not tried; the reason says what is missing.
    case skipped(reason: String)
  }

  /// The name of the law, such as `commit.repeated-key`.
  public var law: String
  /// What the law says.
  public var summary: String
  /// How it ended.
  public var outcome: Outcome
  /// The seed it was tried with.
  public var seed: UInt64

  /// Creates a finding.
  public init(law: String, summary: String, outcome: Outcome, seed: UInt64) {
    self.law = law
    self.summary = summary
    self.outcome = outcome
    self.seed = seed
  }

  /// Whether the law was broken; a skipped one is not.
  public var isFailure: Bool { if case .failed = outcome { true } else { false } }

  /// Outcome, name and, unless it passed, the summary and the reason.
  public var description: String {
    switch outcome {
    case .passed: "passed   \(law)"
    case .skipped(let reason): "skipped  \(law): \(reason)"
    case .failed(let reason):
      "FAILED   \(law) (seed \(seed)): \(summary)\n         " + reason.replacing("\n", with: "\n         ")
    }
  }
}
