public import SCRMExpressions

/// That a person entered or left a segment, and why.
///
/// What was decided on is kept as numbers; the ``explanation`` is put into words when it is asked for.
public struct SegmentChange: Sendable, Hashable {
  /// The name of the segment.
  public var segment: String
  /// The version of the segment's condition.
  public var version: Int
  /// The person.
  public var person: PersonID
  /// Whether the person entered.
  public var isEntry: Bool
  /// When, in the loop's time.
  public var time: Instant
  /// What the condition said.
  public var judgement: Judgement
  /// The counted facts at that moment.
  public var counts: CountedFacts

  /// Creates a change.
  public init(
    segment: String, version: Int, person: PersonID, isEntry: Bool, time: Instant, judgement: Judgement,
    counts: CountedFacts
  ) {
    self.segment = segment
    self.version = version
    self.person = person
    self.isEntry = isEntry
    self.time = time
    self.judgement = judgement
    self.counts = counts
  }

  /// Why, in words: the condition's own evidence, or the counted facts where it names none.
  public var explanation: Explanation {
    let verb = isEntry ? "enters" : "leaves"
    return Explanation(
      "\(verb) \(segment) version \(version): the condition \(isEntry ? "holds" : "no longer holds")",
      evidence: judgement.evidence.isEmpty ? counts.evidence : judgement.evidence, otherwise: judgement.otherwise)
  }
}

/// The counted facts that stand for a condition without evidence of its own.
public struct CountedFacts: Sendable, Hashable {
  /// How deeply the person takes part.
  public var tier: ParticipationTier
  /// Interactions of the last 30 days.
  public var recent: Int
  /// Interactions ever.
  public var total: Int64

  /// Takes the facts of a person.
  public init(_ facts: PersonFacts) {
    tier = facts.tier
    recent = facts.count(days: 30)
    total = facts.activity.total
  }

  /// The facts as evidence.
  public var evidence: [Explanation.Evidence] {
    [
      .init("tier \(tier.rawValue)"), .init("interactions in 30 days = \(recent)"),
      .init("interactions ever = \(total)"),
    ]
  }
}
