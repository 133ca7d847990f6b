import SCRMExpressions

/// Why something was decided: the conclusion, the evidence with its weight, and what would have changed it.
///
/// A value, rendered as text only on demand. Its texts hold no personal data: facts are named and counted, never quoted.
public struct Explanation: Sendable, Hashable, Codable {
  /// A fact that spoke for or against the decision.
  public struct Evidence: Sendable, Hashable, Codable {
    /// The fact, such as `comments in 30 days = 4, at least 3 needed`.
    public var fact: String
    /// Its part in the decision, in the unit of what was decided; `nil` where it was all or nothing.
    public var weight: Double?
    /// The interaction it rests on.
    public var event: EventKey?

    /// Creates evidence.
    public init(_ fact: String, weight: Double? = nil, event: EventKey? = nil) {
      self.fact = fact
      self.weight = weight
      self.event = event
    }
  }

  /// What was decided.
  public var conclusion: String
  /// What it rests on, strongest first.
  public var evidence: [Evidence]
  /// What it would have taken to decide otherwise.
  public var otherwise: String?

  /// Creates an explanation.
  public init(_ conclusion: String, evidence: [Evidence] = [], otherwise: String? = nil) {
    self.conclusion = conclusion
    self.evidence = evidence
    self.otherwise = otherwise
  }

  /// The explanation as lines of text.
  public var text: String {
    var lines = [conclusion]
    for item in evidence {
      let weight = item.weight.map { " (\($0))" } ?? ""
      lines.append("- " + item.fact + weight + (item.event.map { " [\($0)]" } ?? ""))
    }
    if let otherwise { lines.append("Otherwise: " + otherwise) }
    return lines.joined(separator: "\n")
  }
}
