/// Why the evaluation of a part ends without a value.
enum EvaluationStop: Error {
  /// It fails; `&&` and `||` may absorb that.
  case error(ExpressionEvaluationError)
  /// It depends on what is missing: the paths.
  case missing([String])
  /// The budget is used up; nothing absorbs that.
  case exhausted(ExpressionEvaluationError)

  /// Two stops side by side: what is missing counts before a failure, the first failure before the second.
  static func merged(_ first: EvaluationStop?, _ second: EvaluationStop) -> EvaluationStop {
    switch (first, second) {
    case (.exhausted?, _): first ?? second
    case (_, .exhausted): second
    case (.missing(let left)?, .missing(let right)): .missing(left + right.filter { !left.contains($0) })
    case (.missing?, _): first ?? second
    case (_, .missing): second
    default: first ?? second
    }
  }
}
