public import SCRMModel

/// What a book decided about an occurrence.
public struct RuleOutcome: Sendable, Hashable {
  /// The rules whose conditions held, in the order in which they were looked at.
  public var decisions: [RuleDecision] = []
  /// Who entered, went on in or left a journey.
  public var journeys: [JourneyChange] = []
  /// The rules whose conditions held and that were passed over, each with the rule because of which.
  public var passedOver: [PassedOver] = []

  /// A rule that was passed over.
  public struct PassedOver: Sendable, Hashable {
    /// The rule.
    public var rule: String
    /// The rule that acted in its exclusive group, or that let none come after it.
    public var by: String
  }

  /// Nothing was decided.
  public init() {}

  /// What was proposed, suppressed proposals included.
  public var actions: [ProposedAction] { decisions.flatMap(\.actions) }
}

/// What became of a rule, or of a step of a journey, whose condition held.
public struct RuleDecision: Sendable, Hashable {
  /// The rule or journey.
  public var rule: String
  /// Its version.
  public var version: Int
  /// The proposals, suppressed ones included; a rule without actions has none.
  public var actions: [ProposedAction]

  /// Whether anything is to be carried out.
  public var isProposed: Bool { actions.contains(where: \.isProposed) }

  /// Why everything was held back; `nil` when something was not, or there was nothing.
  public var suppression: ProposedAction.Suppression? {
    guard !isProposed, case .suppressed(let reason)? = actions.first?.disposition else { return nil }
    return reason
  }

  /// `proposed`, `suppressed: REASON`, or `matched` for a rule without actions.
  public var outcome: String {
    if isProposed { return "proposed" }
    return suppression.map { "suppressed: " + $0.rawValue } ?? "matched"
  }
}
