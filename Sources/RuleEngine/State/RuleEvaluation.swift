import DenseData
import SCRMModel
import StateCoding
import TextMatching

/// A batch's view of rule state.
struct RuleEvaluation: RuleSession {
  private let set: RuleSet
  private var index: HashIndex
  private var slots: [RuleSlot] = []
  private var found = KeywordMatcher.Matching()

  init(set: RuleSet, records: [StateRecord]) throws(SCRMError) {
    self.set = set
    index = HashIndex(capacity: records.count + 16)
    slots.reserveCapacity(records.count + 16)
    for record in records {
      guard let person = record.person else { continue }
      index.insert(person.indexHash, row: slots.count)
      slots.append(try RuleSlot(person, record))
    }
  }

  private func find(_ person: PersonID) -> Int? { index.find(person.indexHash) { slots[$0].person == person } }

  private mutating func change(_ person: PersonID, at position: LogPosition, _ body: (inout RuleState) -> Void) {
    if let known = find(person) { return slots[known].change(at: position, body) }
    index.insert(person.indexHash, row: slots.count)
    slots.append(RuleSlot(person))
    slots[slots.count - 1].change(at: position, body)
  }

  mutating func evaluate(_ input: RuleInput, at position: LogPosition) -> [ProposedAction] {
    let interaction = input.interaction
    let cause = interaction.cause
    if let action = cause?.action, let slot = find(input.person.id),
      slots[slot].state.open.contains(where: { $0.action == action })
    {
      change(input.person.id, at: position) { $0.open.removeAll { $0.action == action } }
    }
    // What automation does must not set off automation again.
    guard interaction.actorRole != .automation else { return [] }
    let candidates = set.candidates(for: interaction.kind)
    if candidates.isEmpty { return [] }
    readKeywords(of: interaction, for: candidates)
    var actions: [ProposedAction] = []
    let foundNone = found.isEmpty
    for candidate in candidates {
      // Most texts hold no keyword at all; the rules that need one are not even looked at.
      if foundNone, set.needsKeyword[candidate] { continue }
      if let cause, cause.rule == set.rules[candidate].name { continue }
      if set.asksForEntry[candidate],
        !input.changes.contains(where: { $0.isEntry && set.rules[candidate].entering.contains($0.segment) })
      {
        continue
      }
      guard let (context, judgement) = set.judge(candidate, input, found: found), judgement.holds else { continue }
      actions.append(propose(candidate, context, judgement, input, at: position))
    }
    return actions
  }

  private mutating func readKeywords(of interaction: Interaction, for candidates: [Int]) {
    found.removeAll()
    guard candidates.contains(where: { set.triggers[$0] != nil }) else { return }
    set.keywords.match(interaction.searchedTexts, into: &found)
  }

  private mutating func propose(
    _ candidate: Int, _ context: RuleContext, _ judgement: Judgement, _ input: RuleInput, at position: LogPosition
  ) -> ProposedAction {
    // Fields of the rule are read where it stands, since a rule is large and a copy counts all of its references.
    let person = input.person
    let proposal = set.rules[candidate].proposal(context)
    let gate = gate(candidate, input)
    let trigger = input.interaction.key
    // Texts are put together by hand: interpolation takes several times as long, and proposals are many.
    var explanation = Explanation(set.proposes[candidate] + proposal.kind)
    explanation.evidence.reserveCapacity(4)
    explanation.evidence.append(.init(input.interaction.kind.rawValue + " by the person", event: trigger))
    if !context.keywords.isEmpty {
      explanation.evidence.append(.init("the text holds " + quoted(context.keywords)))
    }
    explanation.evidence += judgement.evidence
    explanation.evidence += gate.evidence
    explanation.otherwise = gate.otherwise ?? judgement.otherwise
    let expires = proposal.validity.map { person.now.advanced(by: $0) }
    let action = ProposedAction(
      id: actionID(candidate, trigger: trigger), rule: set.rules[candidate].name,
      ruleVersion: set.rules[candidate].version, person: person.id, kind: proposal.kind,
      channel: set.rules[candidate].channel, parameters: proposal.parameters,
      purpose: set.rules[candidate].purpose, trigger: trigger, decided: person.now, expires: expires,
      position: position, disposition: gate.suppression.map { .suppressed($0) } ?? .proposed, explanation: explanation)
    if gate.suppression == nil {
      let hash = set.hashes[candidate]
      let hasCooldown = set.rules[candidate].cooldown != nil
      change(person.id, at: position) { state in
        if hasCooldown { state.note(.init(rule: hash, time: person.now, action: action.id)) }
        state.watch(
          .init(
            action: action.id, rule: hash, trigger: trigger, triggered: input.interaction.occurred, expires: expires),
          now: person.now)
      }
    }
    return action
  }

  private struct Gate {
    var suppression: ProposedAction.Suppression?
    var evidence: [Explanation.Evidence] = []
    var otherwise: String?
  }

  private mutating func gate(_ candidate: Int, _ input: RuleInput) -> Gate {
    if let suppression = input.suppression {
      let reason = suppression == .backfill ? "imported, not live" : "later than the loop waits for"
      return Gate(
        suppression: suppression, evidence: [.init("the interaction was \(reason)")], otherwise: "a live interaction")
    }
    let consent = consent(candidate, input.person)
    guard consent.isAllowed else {
      return Gate(
        suppression: .consent, evidence: [.init(consent.reason, event: consent.record?.event)],
        otherwise: "consent for \(consent.purpose)")
    }
    var gate = Gate(evidence: [.init(consent.reason, event: consent.record?.event)])
    if let cooldown = set.rules[candidate].cooldown, let slot = find(input.person.id),
      let acted = acted(set.hashes[candidate], slot)
    {
      let end = acted.time.advanced(by: cooldown)
      if input.person.now < end {
        gate.suppression = .cooldown
        gate.evidence.append(.init("the rule acted for the person at \(acted.time)"))
        gate.otherwise = "an interaction at \(end) or later"
      }
    }
    return gate
  }

  private mutating func acted(_ rule: UInt64, _ slot: Int) -> RuleState.Acted? {
    slots[slot].open()
    return slots[slot].state.acted.first { $0.rule == rule }
  }

  private func consent(_ candidate: Int, _ person: PersonFacts) -> ConsentDecision {
    let ledger = person.record.consents
    let channel = set.rules[candidate].channel
    let automated = ledger.decide(
      .automatedDecision, channel: channel, at: person.now, policy: ConsentPolicy(requiresGrant: []))
    if !automated.isAllowed { return automated }
    return ledger.decide(set.rules[candidate].purpose, channel: channel, at: person.now, policy: set.consentPolicy)
  }

  private func actionID(_ candidate: Int, trigger: EventKey) -> ActionID {
    var writer = ByteWriter(reservingCapacity: 64)
    writer.string(set.rules[candidate].name)
    writer.count(set.rules[candidate].version)
    writer.event(trigger)
    var hash = SHA256()
    hash.update(writer.bytes)
    return ActionID(digest: hash.finish())
  }

  func latestOpenTrigger(of person: PersonID) -> Instant? {
    find(person).flatMap { slots[$0].latestTrigger }
  }

  func openTriggers(of person: PersonID) -> [OpenAction] {
    guard let slot = find(person) else { return [] }
    return slots[slot].state.open.map { OpenAction(action: $0.action, trigger: $0.trigger, triggered: $0.triggered) }
  }

  mutating func reconsider(
    _ person: PersonFacts, triggers: [EventKey: Interaction], retracted: Set<EventKey>, cause: EventKey,
    at position: LogPosition
  ) -> [Cancellation] {
    guard let slot = find(person.id) else { return [] }
    var cancelled: [Cancellation] = []
    for open in slots[slot].state.open {
      guard let reason = whyWrong(open, person, triggers: triggers, retracted: retracted) else { continue }
      cancelled.append(Cancellation(action: open.action, reason: "\(cause): \(reason)", position: position))
    }
    if cancelled.isEmpty { return [] }
    let ids = Set(cancelled.map(\.action))
    change(person.id, at: position) { state in
      state.open.removeAll { ids.contains($0.action) }
      state.acted.removeAll { ids.contains($0.action) }
    }
    return cancelled
  }

  private mutating func whyWrong(
    _ open: RuleState.Open, _ person: PersonFacts, triggers: [EventKey: Interaction], retracted: Set<EventKey>
  ) -> String? {
    if retracted.contains(open.trigger) { return "the interaction that triggered it was taken back or replaced" }
    guard let candidate = set.hashes.firstIndex(of: open.rule) else { return "the rule is no longer registered" }
    // Consent is looked at even when the trigger's content is gone.
    let consent = consent(candidate, person)
    guard consent.isAllowed else { return consent.reason }
    guard let trigger = triggers[open.trigger] else { return nil }
    readKeywords(of: trigger, for: [candidate])
    let input = RuleInput(interaction: trigger, person: person)
    guard let (_, judgement) = set.judge(candidate, input, found: found), judgement.holds else {
      return "with all that is known now the condition of \(set.rules[candidate].name) no longer holds"
    }
    return nil
  }

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) {
    guard let old = find(absorbed) else { return }
    let moved = slots[old].state
    if moved.isEmpty { return }
    change(survivor, at: position) { $0.merge(moved) }
    change(absorbed, at: position) { $0 = RuleState() }
  }

  func changes() -> [Change<StateRecord>] {
    slots.indices.compactMap { slots[$0].isChanged ? slots[$0].change(kind: set.stateKind) : nil }
  }
}

extension Interaction {
  /// The texts in which keywords are looked for: what was said, and the texts of attachments.
  var searchedTexts: [String] { (text.map { [$0.text] } ?? []) + attachments.compactMap(\.text) }
}
