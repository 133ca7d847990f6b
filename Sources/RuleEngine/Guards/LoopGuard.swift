import SCRMExpressions
import SCRMModel
import StateCoding

extension RuleGuards {
  /// The rules that led to an occurrence, the latest last: those behind the action that caused the interaction, or the rule
  /// it names when the action is not known.
  static func chain(of occurrence: RuleOccurrence, _ memory: RuleMemory) -> [UInt64] {
    guard let cause = occurrence.interaction?.context.cause else { return [] }
    return cause.action.flatMap { memory.rules(behind: $0) } ?? [nameHash(cause.rule)]
  }

  /// Ends chains in which a rule would set itself off again, or that are too long.
  func askLoop(_ guarded: GuardedAction, _ answer: inout GuardAnswer) {
    if guarded.chain.contains(guarded.hash) {
      answer.suppress(
        .loop, "an action of the rule itself led to this", otherwise: "an event that \(guarded.rule.name) did not cause"
      )
    } else if guarded.chain.count >= maximumDepth {
      answer.suppress(
        .loop, "\(guarded.chain.count) rules set off one another before, at most \(maximumDepth) may",
        otherwise: "an event of a shorter chain")
    }
  }
}
