public import SCRMModel

/// Someone who takes part less than they could: worth an invitation, with the reasons.
public struct ActivationCandidate: Sendable, Hashable {
  /// Why someone is a candidate.
  public enum Reason: String, Sendable, Hashable, Codable {
    /// Watches often but never reacts.
    case attentiveObserver
    /// Once took part deeply, now less.
    case lapsing
    /// Takes part now and then, and others listen to them.
    case influentialOccasional
  }

  /// The person.
  public let person: PersonID
  /// The strongest reason.
  public let reason: Reason
  /// How promising, above 0; comparable between candidates of one ranking only.
  public let score: Double
  /// The facts behind the score.
  public let explanation: Explanation

  /// Judges one person; `nil` when there is nothing to activate: deep participants and people without any sign of interest.
  ///
  /// Attention in the last 28 days counts 1 per view, click or search; formerly deep activity 20; influence 0 … 100 adds
  /// up to as many points for occasional participants.
  public static func judge(_ facts: PersonFacts, formerTier: ParticipationTier? = nil) -> ActivationCandidate? {
    guard facts.tier != .deep else { return nil }
    let attention = [InteractionKind.view, .screen, .click, .search].reduce(0) { $0 + facts.count($1, days: 28) }
    var parts: [(Reason, Double, String)] = []
    if facts.tier == .silent, attention >= 3 {
      parts.append((.attentiveObserver, Double(attention), "\(attention) views, clicks and searches in 28 days"))
    }
    if let formerTier, formerTier > facts.tier {
      parts.append((.lapsing, 10 * Double(formerTier.rank), "was \(formerTier.rawValue), is \(facts.tier.rawValue)"))
    }
    if facts.tier == .occasional, facts.influence >= 50 {
      // Published numbers are the host's; beyond the scale they count as its end.
      let influence = min(facts.influence, 100)
      parts.append((.influentialOccasional, influence, "influence \(Int(influence)) of 100"))
    }
    guard let best = parts.max(by: { $0.1 < $1.1 }) else { return nil }
    return ActivationCandidate(
      person: facts.id, reason: best.0, score: parts.reduce(0) { $0 + $1.1 },
      explanation: Explanation(
        "candidate for activation: \(best.0.rawValue)",
        evidence: parts.sorted { $0.1 > $1.1 }.map { .init($0.2, weight: $0.1) }))
  }

  /// The most promising candidates, best first; equal scores by person id.
  ///
  /// O(n log n).
  public static func ranked(_ candidates: [ActivationCandidate], limit: Int) -> [ActivationCandidate] {
    Array(
      candidates.sorted { $0.score != $1.score ? $0.score > $1.score : $0.person < $1.person }.prefix(max(limit, 0)))
  }
}
