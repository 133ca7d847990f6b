public import SocialCRM

/// What a rule proposed and what was held back.
public struct RuleFigures: Sendable, Hashable {
  /// How often actions were held back for one reason.
  public struct Suppressed: Sendable, Hashable {
    /// Why.
    public var reason: ProposedAction.Suppression
    /// How often.
    public var count: Int

    /// Creates figures.
    public init(reason: ProposedAction.Suppression, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  /// The rule.
  public var rule: String
  /// Actions that wait to be carried out, are being or were.
  public var proposed = 0
  /// Actions that a later fact made wrong.
  public var cancelled = 0
  /// Actions that were given up or ran out.
  public var dead = 0
  /// Actions that were held back, most frequent reason first.
  public var suppressed: [Suppressed] = []
  /// Why an action was cancelled.
  public var cancellation: String?
  /// Actions with their reasons: one proposed, then one held back for each reason.
  public var examples: [ProposedAction] = []

  /// Creates the figures of a rule that proposed nothing.
  public init(rule: String) { self.rule = rule }

  /// All actions, held back ones included.
  public var total: Int { suppressed.reduce(proposed + cancelled + dead) { $0 + $1.count } }
}
