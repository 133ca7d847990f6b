import SCRMExpressions
import SCRMModel
import StateCoding

// Patterns over time: their conditions stand in the index, so that an event costs the patterns it concerns.
extension RuleBook {
  /// Shows an occurrence to the patterns and gives the rules whose patterns it completed, with their conditions asked.
  func completed(
    _ occurrence: RuleOccurrence, _ memory: inout RuleMemory, _ scratch: inout RuleScratch
  ) -> [RuleRun.Candidate] {
    var matches: [Int: PatternMatch] = [:]
    if let interaction = occurrence.interaction {
      for (place, bits) in concerned(interaction, memory, scratch.matching, occurrence) {
        if let match = show(interaction, bits, to: place, occurrence, &memory, scratch.activation) {
          matches[place] = match
        }
      }
    } else {
      for (place, match) in pass(occurrence, &memory) { matches[place] = match }
    }
    if matches.isEmpty { return [] }
    let triggers = matches.keys.compactMap { patterned[$0] }
    index.match(scratch.activation, on: triggers, into: &scratch.matching)
    return candidates(scratch.matching).map { candidate in
      var candidate = candidate
      candidate.match = self.place(of: candidate.rule.hash).flatMap { matches[$0] }
      return candidate
    }
  }

  /// The rules whose patterns an interaction concerns, ascending, with the conditions that hold: those some condition of
  /// which holds, those that begin with anything, and those under way, as what does not match can end a match.
  private func concerned(
    _ interaction: Interaction, _ memory: RuleMemory, _ matching: RuleIndex.Matching, _ occurrence: RuleOccurrence
  ) -> [(place: Int, bits: UInt64)] {
    var bits: [Int: UInt64] = [:]
    for row in matching.rows {
      guard case .pattern(let place, let bit) = use(ofRow: row), let rule = entries[place] else { continue }
      if case .closure(let closure)? = rule.pattern?.conditions[bit.trailingZeroBitCount], !closure(occurrence).holds {
        continue
      }
      bits[place, default: 0] |= bit
    }
    for entry in memory.patterns { if let place = place(of: entry.rule) { bits[place, default: 0] |= 0 } }
    for place in patterned.keys where entries[place]?.pattern?.beginsWaiting ?? false { bits[place, default: 0] |= 0 }
    return bits.filter { place, _ in
      guard let definition = entries[place]?.definition else { return false }
      return definition.causes.contains(interaction.actorRole)
        && (definition.isForAnyInteraction || definition.triggers.contains(.interaction(interaction.kind)))
    }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func show(
    _ interaction: Interaction, _ bits: UInt64, to place: Int, _ occurrence: RuleOccurrence, _ memory: inout RuleMemory,
    _ activation: ExpressionActivation
  ) -> PatternMatch? {
    guard let rule = entries[place], let pattern = rule.pattern, let key = key(pattern, interaction, activation) else {
      return nil
    }
    let known = memory.patterns.firstIndex { $0.rule == rule.hash && $0.key == key }
    if known == nil, bits == 0, !pattern.beginsWaiting { return nil }
    var state = known.flatMap { self.state(memory.patterns[$0], rule, pattern) } ?? PatternMatcher.State()
    var outcomes: [PatternOutcome] = []
    if known == nil { pattern.matcher.begin(&state, at: interaction.occurred, into: &outcomes) }
    pattern.matcher.add(
      .init(time: interaction.occurred, id: occurrence.position.rawValue, conditions: bits), to: &state, into: &outcomes
    )
    keep(state, rule, pattern, key, &memory)
    return match(outcomes, rule)
  }

  /// Lets time pass for the patterns under way.
  private func pass(_ occurrence: RuleOccurrence, _ memory: inout RuleMemory) -> [(Int, PatternMatch)] {
    var matches: [(Int, PatternMatch)] = []
    for entry in memory.patterns where entry.deadline.map({ $0 <= occurrence.now }) ?? false {
      guard let place = place(of: entry.rule), let rule = entries[place], let pattern = rule.pattern,
        var state = state(entry, rule, pattern)
      else { continue }
      var outcomes: [PatternOutcome] = []
      let lateness = pattern.matcher.pattern.lateness
      pattern.matcher.advance(&state, to: occurrence.now.advanced(by: .zero - lateness), into: &outcomes)
      keep(state, rule, pattern, entry.key, &memory)
      if let match = match(outcomes, rule) { matches.append((place, match)) }
    }
    // Of rules that are no longer in the book, or have no pattern any more, nothing is kept.
    memory.patterns.removeAll { entry in place(of: entry.rule).map { entries[$0]?.pattern == nil } ?? true }
    return matches
  }

  private func key(_ pattern: CompiledPattern, _ interaction: Interaction, _ activation: ExpressionActivation)
    -> UInt64?
  {
    switch pattern.matcher.pattern.key {
    case .person: 0
    case .thread: interaction.context.thread.map { nameHash($0) }
    case .fact: pattern.key?.value(in: activation)?.templateText.map { nameHash($0) }
    }
  }

  /// The state of a pattern; `nil` when it is that of another version, which cannot be gone on with.
  private func state(
    _ entry: RuleMemory.Pattern, _ rule: CompiledRule, _ pattern: CompiledPattern
  ) -> PatternMatcher.State? {
    guard entry.version == rule.definition.version else { return nil }
    return try? pattern.matcher.decode(entry.bytes)
  }

  private func keep(
    _ state: PatternMatcher.State, _ rule: CompiledRule, _ pattern: CompiledPattern, _ key: UInt64,
    _ memory: inout RuleMemory
  ) {
    memory.patterns.removeAll { $0.rule == rule.hash && $0.key == key }
    // A pattern that begins by itself would begin again with the next event if nothing were kept.
    if state.isIdle, !pattern.beginsWaiting { return }
    let deadline = pattern.matcher.deadline(of: state)?.advanced(by: pattern.matcher.pattern.lateness).inUTC
    memory.keep(
      .init(
        rule: rule.hash, key: key, version: rule.definition.version, bytes: pattern.matcher.encode(state),
        deadline: deadline))
  }

  private func match(_ outcomes: [PatternOutcome], _ rule: CompiledRule) -> PatternMatch? {
    for outcome in outcomes {
      switch outcome {
      case .matched(let match) where !rule.definition.looksAtTimeouts: return match
      case .timedOut(let match) where rule.definition.looksAtTimeouts: return match
      default: continue
      }
    }
    return nil
  }
}
