public import SCRMModel

/// A live segment: a named, versioned condition over the facts of one person.
///
/// ```swift
/// let buyers = SegmentDefinition("recent-buyers", version: 1) { person in
///   person.count(.purchase, days: 30) >= 1
/// }
/// ```
///
/// The condition is pure: the same facts give the same answer. It is evaluated after every interaction of the person and
/// once a day as time is advanced, so that people also leave without doing anything. A person who did nothing yet, being
/// only addressed by others, is in no segment.
public struct SegmentDefinition: Sendable {
  /// The name, unique in the set.
  public let name: String
  /// The version; raise it whenever the condition changes, so that the log shows which one decided.
  public let version: Int
  /// The condition.
  let condition: Condition

  /// A condition as it was given, since most answers are looked at for their truth alone.
  enum Condition: Sendable {
    case truth(@Sendable (PersonFacts) -> Bool)
    case judgement(@Sendable (PersonFacts) -> Judgement)
  }

  /// The answer with its evidence.
  func judge(_ facts: PersonFacts) -> Judgement {
    switch condition {
    case .truth(let holds): Judgement(holds(facts))
    case .judgement(let judge): judge(facts)
    }
  }

  /// Creates a segment from a truth value; its explanation lists the counted facts.
  public init(_ name: String, version: Int, where condition: @escaping @Sendable (PersonFacts) -> Bool) {
    self.name = name
    self.version = version
    self.condition = .truth(condition)
  }

  /// Creates a segment from a judgement that names its own evidence.
  public init(_ name: String, version: Int, judging condition: @escaping @Sendable (PersonFacts) -> Judgement) {
    self.name = name
    self.version = version
    self.condition = .judgement(condition)
  }
}
