import SCRMExpressions
import SCRMModel

extension RuleGuards {
  /// Whether the person's data may be used for the rule's purpose, and whether they refused automated decisions.
  func consent(_ rule: RuleDefinition, channel: String?, _ person: PersonFacts) -> ConsentDecision {
    let ledger = person.record.consents
    let automated = ledger.decide(
      .automatedDecision, channel: channel, at: person.now, policy: ConsentPolicy(requiresGrant: []))
    if !automated.isAllowed { return automated }
    return ledger.decide(rule.purpose, channel: channel, at: person.now, policy: consentPolicy)
  }

  /// Asks for consent.
  func askConsent(_ guarded: GuardedAction, _ answer: inout GuardAnswer) {
    let decision = consent(guarded.rule, channel: guarded.action.channel, guarded.occurrence.person)
    guard !decision.isAllowed else {
      answer.evidence.append(.init(decision.reason, event: decision.record?.event))
      return
    }
    answer.suppress(
      .consent, decision.reason, otherwise: "consent for \(decision.purpose)", event: decision.record?.event)
  }

  /// Leaves people alone who are not to be contacted: the trait is true, `all`, the channel, or a list that holds it.
  func askContact(_ guarded: GuardedAction, _ answer: inout GuardAnswer) {
    guard guarded.action.kind.isContact, let value = guarded.occurrence.person.trait(doNotContactTrait) else { return }
    func stops(_ value: Value) -> Bool {
      switch value {
      case .bool(let isSet): isSet
      case .string(let text): text.sameBytes(as: "all") || guarded.action.channel.map { text.sameBytes(as: $0) } ?? true
      case .list(let values): values.contains(where: stops)
      // Whoever stated something that cannot be read is left alone rather than not.
      default: true
      }
    }
    if stops(value) {
      answer.suppress(
        .doNotContact, "the person is not to be contacted" + (guarded.action.channel.map { " on \($0)" } ?? ""),
        otherwise: "\(doNotContactTrait) withdrawn")
    }
  }
}
