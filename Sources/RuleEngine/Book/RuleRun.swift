import SCRMExpressions
import SCRMModel
import StateCoding

/// One occurrence as it is decided.
struct RuleRun {
  /// A rule whose trigger is there and whose condition holds, or cannot be decided.
  struct Candidate: Sendable {
    var rule: CompiledRule
    var isUndecided: Bool
    /// What completed its pattern or tally.
    var evidence: [Explanation.Evidence] = []
    /// Tells apart what a rule proposes for several threads or values at once; empty for the person.
    var place = ""

    /// Whether it is looked at before `other`.
    func precedes(_ other: Candidate) -> Bool {
      rule.hash == other.rule.hash ? place < other.place : rule.definition.precedes(other.rule.definition)
    }
  }

  let book: RuleBook
  let occurrence: RuleOccurrence
  let activation: ExpressionActivation
  var memory: RuleMemory
  var ledger: BudgetLedger
  var outcome = RuleOutcome()
  /// The rules that led to the occurrence.
  let chain: [UInt64]
  /// The keywords of a rule that the text holds, by the place of the rule.
  var words: (Int) -> [String] = { _ in [] }
  private lazy var zone = book.vocabulary.zone(of: occurrence.person)

  init(
    _ book: RuleBook, _ occurrence: RuleOccurrence, memory: RuleMemory, ledger: BudgetLedger,
    activation: ExpressionActivation
  ) {
    self.book = book
    self.occurrence = occurrence
    self.memory = memory
    self.ledger = ledger
    self.activation = activation
    chain = RuleGuards.chain(of: occurrence, memory)
  }

  // MARK: Selecting

  mutating func take(_ candidates: [Candidate]) {
    var stopped: String?
    var groups: [(name: String, rule: String)] = []
    for candidate in candidates {
      let definition = candidate.rule.definition
      guard definition.isValid(at: occurrence.now), looks(definition) else { continue }
      guard var judgement = judgement(candidate) else { continue }
      if definition.keywords != nil, let place = book.place(of: candidate.rule.hash) {
        judgement.evidence.insert(.init("the text holds " + quoted(words(place))), at: 0)
      }
      judgement.evidence += candidate.evidence
      if let stopped {
        outcome.passedOver.append(.init(rule: definition.name, by: stopped))
        continue
      }
      if let group = definition.group, let first = groups.first(where: { $0.name.sameBytes(as: group) }) {
        outcome.passedOver.append(.init(rule: definition.name, by: first.rule))
        continue
      }
      let before = actedBefore(candidate.rule)
      decide(candidate, judgement, before: before)
      if before.suppression != nil { continue }
      if let group = definition.group { groups.append((group, definition.name)) }
      if definition.stops { stopped = definition.name }
    }
  }

  /// Whether the rule looks at whoever caused the occurrence; time is nobody.
  private func looks(_ definition: RuleDefinition) -> Bool {
    occurrence.role.map { definition.causes.contains($0) } ?? true
  }

  /// What the condition says, as evidence; `nil` when a closure says no.
  private func judgement(_ candidate: Candidate) -> Judgement? {
    switch candidate.rule.condition {
    case .always: return Judgement(true)
    case .closure(let closure):
      let judgement = closure(occurrence)
      return judgement.holds ? judgement : nil
    case .program(let program): return program.judgement(activation)
    }
  }

  private func actedBefore(_ rule: CompiledRule) -> GuardAnswer {
    var answer = GuardAnswer()
    let definition = rule.definition
    let last = memory.lastActed(rule.hash)
    switch definition.once {
    case .person?:
      if let last {
        answer.suppress(.once, "the rule acted for the person at \(last.time)", otherwise: "another person")
      }
    case .session?, .thread?:
      if let place = place(definition), memory.scopes.contains(where: { $0.rule == rule.hash && $0.place == place }) {
        let scope = definition.once == .session ? "session" : "thread"
        answer.suppress(.once, "the rule acted in the \(scope) before", otherwise: "another \(scope)")
      }
    case nil: break
    }
    if let cooldown = definition.cooldown, let last {
      let end = last.time.advanced(by: cooldown)
      if occurrence.now < end {
        answer.suppress(
          .cooldown, "the rule acted for the person at \(last.time)", otherwise: "an event at \(end) or later")
      }
    }
    return answer
  }

  /// The session or thread in which a rule acts once.
  private func place(_ definition: RuleDefinition) -> UInt64? {
    let context = occurrence.interaction?.context
    switch definition.once {
    case .session?: return nameHash("s:" + (context?.session ?? ""))
    case .thread?: return nameHash("t:" + (context?.thread ?? ""))
    default: return nil
    }
  }

  // MARK: Proposing

  private mutating func decide(_ candidate: Candidate, _ judgement: Judgement, before: GuardAnswer) {
    let rule = candidate.rule
    let experiment = experiment(rule)
    var decision = RuleDecision(rule: rule.definition.name, version: rule.definition.version, actions: [])
    var startAnswer = before
    if candidate.isUndecided, rule.definition.missing == .report {
      startAnswer.suppress(
        .missingData, "the condition depends on data that is missing", otherwise: judgement.otherwise)
    }
    var acted: ActionID?
    var journeys: [(proposal: ProposedAction, action: RuleAction)] = []
    for (ordinal, action) in rule.definition.actions.enumerated() {
      let proposal = propose(
        action, by: rule, ordinal: ordinal, place: candidate.place, judgement, startAnswer, experiment)
      let isHeldOut = proposal.disposition == .suppressed(.controlGroup)
      if proposal.isProposed || isHeldOut { acted = acted ?? proposal.id }
      if proposal.isProposed, journey(of: action) != nil { journeys.append((proposal, action)) }
      decision.actions.append(proposal)
    }
    outcome.decisions.append(decision)
    if !journeys.isEmpty { carryOut(journeys) }
    // The control group is left alone as often as others are reached, so that both can be compared.
    guard let acted else { return }
    memory.note(.init(rule: rule.hash, time: occurrence.now.inUTC, action: acted))
    if let place = place(rule.definition) { memory.note(.init(rule: rule.hash, place: place, action: acted)) }
  }

  private func experiment(_ rule: CompiledRule) -> ExperimentAssignment? {
    guard let control = rule.definition.control else { return nil }
    let name = control.name ?? rule.definition.campaign ?? rule.definition.name
    let stratum = control.strata.map { rule.fields[$0]?.value(in: activation)?.templateText ?? "" }
    return ExperimentAssignment(
      name: name, stratum: stratum,
      isHeldOut: control.holdsOut(occurrence.person.id, name: name, stratum: stratum))
  }

  /// Proposes an action, or records why it was held back.
  mutating func propose(
    _ action: RuleAction, by rule: CompiledRule, ordinal: Int, place: String, _ judgement: Judgement,
    _ before: GuardAnswer, _ experiment: ExperimentAssignment?
  ) -> ProposedAction {
    let definition = rule.definition
    var answer = before
    var guarded = GuardedAction(
      rule: definition, hash: rule.hash, action: action, occurrence: occurrence, zone: zone,
      due: occurrence.now.advanced(by: action.delay ?? .zero), chain: chain)
    let guards = book.guards
    if let suppression = occurrence.suppression {
      // What was imported or is late is that before all else.
      answer = GuardAnswer()
      answer.suppress(
        suppression,
        "the interaction was \(suppression == .backfill ? "imported, not live" : "later than is waited for")",
        otherwise: "a live interaction")
    }
    guards.askLoop(guarded, &answer)
    guards.askConsent(guarded, &answer)
    guards.askContact(guarded, &answer)
    if let experiment {
      if experiment.isHeldOut {
        answer.suppress(
          .controlGroup, "the person is in the control group of \(experiment.name)", otherwise: "the treatment group")
      } else {
        answer.evidence.append(.init("the person is in the treatment group of \(experiment.name)"))
      }
    }
    guards.askQuietHours(&guarded, &answer)
    let parameters = resolve(action, rule, &answer)
    guards.askCaps(guarded, memory, &answer)
    guards.askBudgets(guarded, memory, ledger, &answer)
    let proposal = ProposedAction(
      id: Self.actionID(definition, ordinal: ordinal, place: place, occurrence), rule: definition.name,
      ruleVersion: definition.version, person: occurrence.person.id, kind: action.kind.rawValue,
      channel: action.channel, parameters: parameters, purpose: definition.purpose, trigger: occurrence.trigger,
      decided: occurrence.now, expires: action.validity.map { guarded.due.advanced(by: $0) },
      position: occurrence.position, disposition: answer.suppression.map { .suppressed($0) } ?? .proposed,
      explanation: explanation(definition, action, judgement, answer),
      due: guarded.due > occurrence.now ? guarded.due : nil, experiment: experiment)
    if answer.suppression == nil {
      let spent = guards.count(guarded, proposal.id, &memory, &ledger)
      memory.link(proposal.id, chain + [rule.hash])
      watch(proposal, rule, spent)
    }
    return proposal
  }

  private mutating func watch(_ proposal: ProposedAction, _ rule: CompiledRule, _ spent: [RuleMemory.Spent]) {
    memory.watch(
      .init(
        action: proposal.id, rule: rule.hash, trigger: occurrence.trigger,
        triggered: (occurrence.interaction?.occurred ?? occurrence.now).inUTC, expires: proposal.expires?.inUTC,
        spent: spent),
      now: occurrence.now)
  }

  private func explanation(
    _ definition: RuleDefinition, _ action: RuleAction, _ judgement: Judgement, _ answer: GuardAnswer
  ) -> Explanation {
    var explanation = Explanation("\(definition.name) version \(definition.version) proposes \(action.kind)")
    if let interaction = occurrence.interaction {
      explanation.evidence.append(
        .init("\(interaction.kind) by the \(interaction.actorRole.rawValue)", event: interaction.key))
    } else {
      explanation.evidence.append(.init("time came to \(occurrence.now)"))
    }
    explanation.evidence += judgement.evidence + answer.evidence
    explanation.otherwise = answer.otherwise ?? judgement.otherwise
    return explanation
  }

  /// The same decision has the same id: rule, version, which of its actions, what triggered it, and for whom.
  private static func actionID(
    _ rule: RuleDefinition, ordinal: Int, place: String, _ occurrence: RuleOccurrence
  ) -> ActionID {
    var writer = ByteWriter(reservingCapacity: 96)
    writer.string(rule.name)
    writer.count(rule.version)
    writer.string(place)
    writer.count(ordinal)
    writer.event(occurrence.trigger)
    writer.fixed(occurrence.person.id.high)
    writer.fixed(occurrence.person.id.low)
    var hash = SHA256()
    hash.update(writer.bytes)
    return ActionID(digest: hash.finish())
  }

  // MARK: Parameters

  /// The parameters with their fields filled; a field without a value holds the action back.
  private func resolve(_ action: RuleAction, _ rule: CompiledRule, _ answer: inout GuardAnswer) -> ValueMap {
    var values: [String: Value] = [:]
    let escaping = action.escaping
    for name in action.parameters.keys.sorted(by: { $0.byteOrder($1) == .ascending }) {
      switch action.parameters[name] {
      case .value(let value)?: values[name] = value
      case .field(let field, let otherwise)?:
        if let value = rule.fields[field]?.value(in: activation) ?? otherwise {
          values[name] = value
        } else {
          answer.suppress(.unresolvedField, "\(field) is not known", otherwise: "a value of \(field)")
        }
      case .template(let template)?:
        switch template.filled(escaping: escaping, { rule.fields[$0]?.value(in: activation)?.templateText }) {
        case .success(let text):
          if let limit = action.maximumLength, text.unicodeScalars.count > limit {
            answer.suppress(
              .unresolvedField, "\(name) has more than the \(limit) characters of its channel",
              otherwise: "a shorter text")
          } else {
            values[name] = .string(text)
          }
        case .failure(let missing):
          answer.suppress(.unresolvedField, "\(missing.name) is not known", otherwise: "a value of \(missing.name)")
        }
      case nil: break
      }
    }
    return ValueMap(values)
  }
}

extension ExpressionProgram {
  /// What the condition says with the parts that decided as evidence, without the values they saw: those are personal.
  func judgement(_ activation: ExpressionActivation) -> Judgement {
    let explanation = explain(activation)
    let evidence = explanation.reasons.map { reason in
      switch reason.outcome {
      case .decided(let value): Explanation.Evidence("\(reason.text) is \(value)")
      case .missing(let paths): Explanation.Evidence("\(reason.text) lacks \(paths.joined(separator: ", "))")
      case .failed(let error): Explanation.Evidence("\(reason.text) failed, \(error.reason)")
      }
    }
    return Judgement(explanation.verdict == .match, evidence: evidence)
  }
}
