public import SocialCRM

/// What a scenario expects.
///
/// Expectations about merges and acceptance speak of the last `when`; those about actions also of what was proposed as time
/// went on since; the others of how things stand now. Where a
/// person can be named and is not, the one who acted or was given last is meant.
public struct ScenarioExpectation: Sendable {
  enum Kind: Sendable {
    case action(String, rule: String?)
    case noAction(String?, rule: String?)
    case suppressed(ProposedAction.Suppression, rule: String?)
    case cancelled(rule: String?)
    case member(String, isMember: Bool)
    case tier(ParticipationTier)
    case trait(String, Value?)
    case facts(String, @Sendable (PersonFacts) -> Bool)
    case onePerson([String], isOne: Bool)
    case accepted
    case duplicate
    case refused(SCRMError.Code?)
  }

  let kind: Kind
  let person: String?
  /// The expectation as words.
  public let text: String

  private init(_ kind: Kind, person: String? = nil, _ text: String) {
    self.kind = kind
    self.person = person
    self.text = text
  }

  private static func by(_ rule: String?) -> String { rule.map { " by \($0)" } ?? "" }
  private static func whose(_ person: String?) -> String { person ?? "the person" }

  /// An action of a kind is proposed.
  public static func action(_ kind: String, by rule: String? = nil) -> Self {
    Self(.action(kind, rule: rule), "action \(kind)\(by(rule))")
  }

  /// No action is proposed: none at all, none of a kind, or none by a rule.
  ///
  /// Suppressed ones do not count.
  public static func noAction(_ kind: String? = nil, by rule: String? = nil) -> Self {
    Self(.noAction(kind, rule: rule), "no action\(kind.map { " \($0)" } ?? "")\(by(rule))")
  }

  /// An action would have been proposed, but is held back for the reason.
  public static func suppressed(_ reason: ProposedAction.Suppression, by rule: String? = nil) -> Self {
    Self(.suppressed(reason, rule: rule), "an action\(by(rule)) suppressed for \(reason.rawValue)")
  }

  /// An action proposed earlier is cancelled.
  public static func cancellation(of rule: String? = nil) -> Self {
    Self(.cancelled(rule: rule), "an earlier action\(by(rule)) cancelled")
  }

  /// The person is in a segment.
  public static func member(_ person: String? = nil, of segment: String) -> Self {
    Self(.member(segment, isMember: true), person: person, "\(whose(person)) in \(segment)")
  }

  /// The person is not in a segment.
  public static func notMember(_ person: String? = nil, of segment: String) -> Self {
    Self(.member(segment, isMember: false), person: person, "\(whose(person)) not in \(segment)")
  }

  /// The person takes part so deeply.
  public static func tier(_ tier: ParticipationTier, of person: String? = nil) -> Self {
    Self(.tier(tier), person: person, "\(whose(person)) \(tier.rawValue)")
  }

  /// The best known value of a trait; `nil` expects that none is known.
  public static func trait(_ name: String, _ value: Value?, of person: String? = nil) -> Self {
    Self(.trait(name, value), person: person, "\(whose(person)) with \(name) \(value?.jsonText ?? "unknown")")
  }

  /// Something holds of the facts about the person, described by the text.
  public static func facts(
    _ text: String, of person: String? = nil, _ holds: @escaping @Sendable (PersonFacts) -> Bool
  ) -> Self {
    Self(.facts(text, holds), person: person, text)
  }

  /// All these people are known to be one.
  public static func onePerson(_ names: String...) -> Self {
    Self(.onePerson(names, isOne: true), "\(names.joined(separator: " and ")) one person")
  }

  /// No two of these people are held to be one.
  public static func differentPeople(_ names: String...) -> Self {
    Self(.onePerson(names, isOne: false), "\(names.joined(separator: " and ")) different people")
  }

  /// Everything was accepted.
  public static let accepted = Self(.accepted, "accepted")

  /// Everything was known already.
  public static let duplicate = Self(.duplicate, "a duplicate")

  /// Something was refused, with the code if one is given.
  public static func refused(_ code: SCRMError.Code? = nil) -> Self {
    Self(.refused(code), "refused" + (code.map { " as \($0)" } ?? ""))
  }
}
