import SCRMExpressions
public import SCRMModel

extension RuleBook {
  /// What the rules and journeys propose when something happens, with what is remembered of the person changed accordingly.
  ///
  /// Rules are looked at by priority, then by the bytes of their names. A rule whose trigger and condition hold, within its
  /// validity, takes the place of its exclusive group and may stop those after it, unless it acted before (`once`,
  /// `cooldown`): then it is recorded as suppressed and makes room. What a guard holds back still takes the place, so that a
  /// cap lets nobody slip in who comes after.
  /// - Parameters:
  ///   - occurrence: what happened.
  ///   - memory: what is remembered of the person.
  ///   - shared: what is remembered beside people: shared budgets, and patterns and tallies of threads and values.
  ///   - scratch: the room to work in.
  /// - Complexity: as ``RuleIndex``, and O(matches · (actions + length of what is remembered)).
  public func evaluate(
    _ occurrence: RuleOccurrence, memory: inout RuleMemory, shared: inout SharedRuleMemory,
    using scratch: inout RuleScratch
  ) -> RuleOutcome {
    learnOutcome(of: occurrence, &memory, &shared)
    findTriggers(occurrence, memory, &scratch)
    let asksMemory = memory.hasWork || !scheduled.isEmpty && (occurrence.isTime || memory.scheduled == nil)
    let mayFollow = !patterned.isEmpty && occurrence.interaction != nil
    guard !scratch.triggers.isEmpty || asksMemory || mayFollow else { return RuleOutcome() }
    vocabulary.fill(&scratch.activation, slots, with: occurrence)
    index.match(scratch.activation, on: scratch.triggers, into: &scratch.matching)
    guard !scratch.matching.rows.isEmpty || !scratch.matching.undecided.isEmpty || asksMemory || mayFollow else {
      return RuleOutcome()
    }
    var candidates = candidates(scratch.matching)
    if mayFollow || memory.isFollowing {
      candidates += completed(occurrence, &memory, &shared, &scratch)
    }
    guard !candidates.isEmpty || asksMemory else { return RuleOutcome() }
    if candidates.count > 1 { candidates.sort { $0.precedes($1) } }
    var run = RuleRun(self, occurrence, memory: memory, ledger: shared.ledger, activation: scratch.activation)
    // Each holds its arrays alone while it changes them.
    memory = RuleMemory()
    shared.ledger = BudgetLedger()
    if keywords.count > 0 {
      run.words = { [keywords, words = scratch.words] place in keywords.words(of: place, in: words) }
    }
    run.take(candidates)
    run.followJourneys()
    if !scheduled.isEmpty, occurrence.isTime || run.memory.scheduled == nil {
      run.memory.scheduled = max(occurrence.now, run.memory.scheduled ?? occurrence.now).inUTC
    }
    (memory, shared.ledger) = (run.memory, run.ledger)
    return run.outcome
  }

  /// What the rules propose, for hosts whose rules share nothing between people: no budgets of everyone, no pattern or tally
  /// of a thread or value.
  public func evaluate(_ occurrence: RuleOccurrence, memory: inout RuleMemory) -> RuleOutcome {
    var shared = SharedRuleMemory()
    var scratch = RuleScratch(self)
    return evaluate(occurrence, memory: &memory, shared: &shared, using: &scratch)
  }

  /// Learns what became of an action: it was carried out, or it was not and never will be.
  private func learnOutcome(
    of occurrence: RuleOccurrence, _ memory: inout RuleMemory, _ shared: inout SharedRuleMemory
  ) {
    guard let interaction = occurrence.interaction, let action = interaction.cause?.action else { return }
    if interaction.kind == RuleVocabulary.undelivered, interaction.actorRole != .customer {
      memory.forget([action], &shared.ledger)
    } else {
      memory.open.removeAll { $0.action == action }
    }
  }

  /// When what is remembered of a person has to be looked at although nothing happened to them; `nil` for never.
  public func due(_ memory: RuleMemory, now: Instant) -> Instant? {
    var due: Instant?
    func take(_ time: Instant?) { if let time { due = due.map { min($0, time) } ?? time } }
    if !memory.scores.isEmpty { take(now) }
    for state in memory.patterns { take(state.deadline) }
    for wait in memory.waits { take(wait.due) }
    for order in memory.orders { take(order.due) }
    for state in memory.journeys where state.step != nil { take(state.wake) }
    for trigger in triggerNumbers.keys {
      if case .schedule(let schedule) = trigger { take(schedule.next(after: memory.scheduled ?? now)) }
    }
    return due
  }

  // MARK: Finding

  func findTriggers(_ occurrence: RuleOccurrence, _ memory: RuleMemory, _ scratch: inout RuleScratch) {
    scratch.triggers.removeAll(keepingCapacity: true)
    if occurrence.interaction != nil, let anyInteraction { scratch.triggers.append(anyInteraction) }
    forEachTrigger(of: occurrence, memory) { trigger in
      if let number = triggerNumbers[trigger] { scratch.triggers.append(number) }
    }
    guard keywords.count > 0, let interaction = occurrence.interaction else { return }
    keywords.match(interaction.searchedTexts, into: &scratch.words)
    if scratch.words.triggers.isEmpty { return }
    let triggers = triggers(of: occurrence, memory)
    for place in scratch.words.triggers {
      guard let rule = entries[place]?.definition, let number = worded[place],
        rule.isForAnyInteraction || triggers.contains(where: { rule.triggers.contains($0) })
      else { continue }
      scratch.triggers.append(number)
    }
  }

  /// What of an occurrence can make rules look.
  func triggers(of occurrence: RuleOccurrence, _ memory: RuleMemory) -> [RuleTrigger] {
    var triggers: [RuleTrigger] = []
    forEachTrigger(of: occurrence, memory) { triggers.append($0) }
    return triggers
  }

  private func forEachTrigger(of occurrence: RuleOccurrence, _ memory: RuleMemory, _ look: (RuleTrigger) -> Void) {
    if let interaction = occurrence.interaction {
      look(.interaction(interaction.kind))
      if interaction.kind == RuleVocabulary.caseReport,
        let status = interaction.properties["status"]?.stringValue.flatMap({ ServiceCase.Status(rawValue: $0) })
      {
        look(.serviceCase(status))
      }
    }
    for change in occurrence.changes { look(change.isEntry ? .entered(change.segment) : .left(change.segment)) }
    for score in occurrence.scores { look(.score(score.name)) }
    guard occurrence.isTime, !scheduled.isEmpty, let checked = memory.scheduled else { return }
    for case .schedule(let schedule) in triggerNumbers.keys {
      if let next = schedule.next(after: checked), next <= occurrence.now { look(.schedule(schedule)) }
    }
  }

  func candidates(_ matching: RuleIndex.Matching) -> [RuleRun.Candidate] {
    var candidates: [RuleRun.Candidate] = []
    for (rows, isUndecided) in [(matching.rows, false), (matching.undecided, true)] {
      for row in rows {
        guard case .rule(let place) = use(ofRow: row), let rule = entries[place] else { continue }
        candidates.append(RuleRun.Candidate(rule: rule, isUndecided: isUndecided))
      }
    }
    return candidates
  }
}
