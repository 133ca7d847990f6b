import SCRMExpressions
import SCRMModel
import StateCoding

/// What guards say about an action before it is proposed.
struct GuardAnswer: Sendable {
  var suppression: ProposedAction.Suppression?
  var evidence: [Explanation.Evidence] = []
  var otherwise: String?

  /// Holds the action back, unless something did already.
  mutating func suppress(
    _ reason: ProposedAction.Suppression, _ fact: String, otherwise: String?, event: EventKey? = nil
  ) {
    guard suppression == nil else { return }
    suppression = reason
    evidence.append(.init(fact, event: event))
    self.otherwise = otherwise
  }
}

/// What the guards look at.
struct GuardedAction {
  var rule: RuleDefinition
  var hash: UInt64
  var action: RuleAction
  var occurrence: RuleOccurrence
  /// The zone by whose days and hours the person lives.
  var zone: ZoneRules
  /// When it is to be carried out.
  var due: Instant
  /// The rules that led to the occurrence.
  var chain: [UInt64]

  /// Whether caps and quiet hours hold for it.
  var isLimited: Bool { action.kind.isContact && !rule.isTransactional }
}
