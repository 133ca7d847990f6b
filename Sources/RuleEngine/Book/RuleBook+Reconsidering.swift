import SCRMExpressions
import SCRMModel

extension RuleBook {
  /// Why an action that may be unclaimed is wrong with all that is known now; `nil` when it stays right.
  ///
  /// An action that no interaction set off is asked for consent alone. What cannot be decided any more, as it hung on what
  /// changed at the time, stays right.
  func whyWrong(
    _ hash: UInt64, _ trigger: Interaction?, _ person: PersonFacts, using scratch: inout RuleScratch
  ) -> String? {
    if let journey = compiledJourney(hash: hash), let rule = journey.rules.lazy.compactMap({ $0 }).first {
      let decision = guards.consent(rule.definition, channel: nil, person)
      return decision.isAllowed ? nil : decision.reason
    }
    guard let rule = compiled(hash: hash) else { return "the rule is no longer in the book" }
    let channels = rule.definition.actions.isEmpty ? [nil] : rule.definition.actions.map(\.channel)
    for channel in channels {
      let decision = guards.consent(rule.definition, channel: channel, person)
      guard decision.isAllowed else { return decision.reason }
    }
    guard let trigger else { return nil }
    let occurrence = RuleOccurrence(RuleInput(interaction: trigger, person: person))
    if !holdsWords(of: rule, trigger) {
      return "its text does not hold the words of \(rule.definition.name)"
    }
    let holds: Bool
    switch rule.condition {
    case .always: holds = true
    case .closure(let closure): holds = closure(occurrence).holds
    case .program(let program):
      vocabulary.fill(&scratch.activation, rule.slots, with: occurrence)
      switch program.verdict(scratch.activation) {
      case .match, .undecided: holds = true
      case .noMatch, .failed: holds = false
      }
    }
    return holds ? nil : "with all that is known now the condition of \(rule.definition.name) no longer holds"
  }
}
