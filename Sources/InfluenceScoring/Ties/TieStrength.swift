import EventTime
public import SCRMModel

/// How strong a tie is: a weight per kind of interaction, halved with every half-life of age.
///
/// Strength is Σ weight × count × 2^(−age ÷ half-life) over the retained days, 0 or more; it has no unit and is comparable
/// between ties at one time.
public struct TieStrength: Sendable {
  /// Weights of each kind; a kind not named weighs 1.
  public let weights: [InteractionKind: Double]
  private let halfLife: HalfLife

  /// Creates a measure; by default a half-life of 60 days, a share weighs 3, a comment or message 2, a like 1.
  public init(
    halfLifeDays: Double = 60,
    weights: [InteractionKind: Double] = [
      .share: 3, .comment: 2, .message: 2, .post: 2, .like: 1, .follow: 1, .retract: 0,
    ]
  ) {
    self.weights = weights
    halfLife = HalfLife(days: halfLifeDays)
  }

  /// The strength of a tie at a time, of all interactions or of one kind.
  ///
  /// O(retained days with activity).
  public func strength(of history: ActivityHistory, at time: Instant, only kind: InteractionKind? = nil) -> Double {
    let today = time.utcDay
    return history.days.reduce(0) { sum, entry in
      let entryKind = history.kind(of: entry.kind)
      if let kind, entryKind != kind { return sum }
      let weight = weights[entryKind] ?? 1
      return sum + weight * Double(entry.count) * halfLife.weight(age: today &- entry.day)
    }
  }
}
