/// What a condition says about an activation.
public enum ExpressionVerdict: Sendable, Hashable {
  /// It holds.
  case match
  /// It does not hold.
  case noMatch
  /// It depends on what is missing: the paths, such as `profile.city`, in the order they were met.
  case undecided(missing: [String])
  /// It has no truth value: a division by zero, a wrong conversion, the budget.
  case failed(ExpressionEvaluationError)
}
