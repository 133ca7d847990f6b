public import SCRMExpressions
public import SCRMModel

/// The value of a trait that survived, with where it is from and what it was preferred to.
public struct GoldenTrait: Sendable, Hashable, Redacted {
  /// The name of the trait.
  public var name: String
  /// The value; `nil` when the host's function chose none.
  public var value: Value?
  /// The name of the rule that chose.
  public var rule: String
  /// The statements of the value, best first; for a union all of them.
  public var winners: [TraitValue]
  /// The statements of other values, best first.
  public var losers: [TraitValue]

  /// The rule and counts; names and values are personal.
  public var redactedDescription: String { "\(rule): \(winners.count) statements, \(losers.count) against" }
}
