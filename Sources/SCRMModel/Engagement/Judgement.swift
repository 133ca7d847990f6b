/// The answer of a condition with the evidence it rests on.
public struct Judgement: Sendable, Hashable {
  /// Whether the condition holds.
  public var holds: Bool
  /// The facts it rests on, without personal data.
  public var evidence: [Explanation.Evidence]
  /// What it would have taken to decide otherwise.
  public var otherwise: String?

  /// Creates a judgement.
  public init(_ holds: Bool, evidence: [Explanation.Evidence] = [], otherwise: String? = nil) {
    self.holds = holds
    self.evidence = evidence
    self.otherwise = otherwise
  }
}
