import SCRMExpressions
import SCRMModel
import StateCoding

// Patterns and tallies: their conditions stand in the index, so that an event costs those it concerns.
extension RuleBook {
  /// What a pattern or tally came to for the person who is looked at.
  struct PatternResult {
    /// The place of the rule.
    var rule: Int
    var evidence: [Explanation.Evidence]
    /// The thread or value it is about; `nil` for the person.
    var key: UInt64?
  }

  /// Shows an occurrence to the patterns and gives the rules whose patterns it completed, with their conditions asked.
  func completed(
    _ occurrence: RuleOccurrence, _ memory: inout RuleMemory, _ shared: inout SharedRuleMemory,
    _ scratch: inout RuleScratch
  ) -> [RuleRun.Candidate] {
    let results = results(occurrence, &memory, &shared, scratch)
    if results.isEmpty { return [] }
    let triggers = Set(results.map(\.rule)).sorted().compactMap { patterned[$0] }
    index.match(scratch.activation, on: triggers, into: &scratch.matching)
    return candidates(scratch.matching).flatMap { candidate in
      results.filter { $0.rule == place(of: candidate.rule.hash) }.map { result in
        var candidate = candidate
        candidate.evidence = result.evidence
        candidate.place = result.key.map { "key-" + String($0, radix: 16) } ?? ""
        return candidate
      }
    }
  }

  /// Shows an occurrence to the patterns: what it completed for the person.
  func results(
    _ occurrence: RuleOccurrence, _ memory: inout RuleMemory, _ shared: inout SharedRuleMemory, _ scratch: RuleScratch
  ) -> [PatternResult] {
    occurrence.interaction.map { show($0, occurrence, &memory, &shared, scratch) }
      ?? pass(occurrence, &memory, &shared)
  }

  /// Shows what nobody did who is known, such as an answer of the staff to all, to the patterns of its thread and values.
  func observe(_ occurrence: RuleOccurrence, _ shared: inout SharedRuleMemory, using scratch: inout RuleScratch) {
    guard let interaction = occurrence.interaction else { return }
    var memory = RuleMemory()
    findTriggers(occurrence, memory, &scratch)
    vocabulary.fill(&scratch.activation, slots, with: occurrence)
    index.match(scratch.activation, on: scratch.triggers, into: &scratch.matching)
    _ = show(interaction, occurrence, &memory, &shared, scratch, isObserved: true)
  }

  // MARK: Events

  private func show(
    _ interaction: Interaction, _ occurrence: RuleOccurrence, _ memory: inout RuleMemory,
    _ shared: inout SharedRuleMemory, _ scratch: RuleScratch, isObserved: Bool = false
  ) -> [PatternResult] {
    var results: [PatternResult] = []
    let keys = keys(of: interaction)
    for (place, bits) in concerned(interaction, memory, shared, keys, scratch.matching, occurrence) {
      guard let rule = entries[place], let pattern = rule.pattern else { continue }
      let event = ShownEvent(
        time: interaction.occurred, id: occurrence.position.rawValue, bits: bits, now: occurrence.now)
      if pattern.key == .person {
        if isObserved { continue }
        if let completion = show(event, to: rule, pattern, &memory, scratch.activation) {
          results.append(PatternResult(rule: place, evidence: completion.evidence))
        }
      } else if let key = keys.first(where: { $0.source == pattern.key })?.hash {
        let token = isObserved ? 0 : Self.token(occurrence.person.id, key)
        if let evidence = show(event, by: token, to: rule, pattern, key, &memory, &shared, scratch.activation) {
          results.append(PatternResult(rule: place, evidence: evidence, key: key))
        }
      }
    }
    return results
  }

  /// An event as patterns are shown it.
  private struct ShownEvent {
    var time: Instant
    var id: UInt64
    var bits: UInt64
    var now: Instant
  }

  /// The rules whose patterns an interaction concerns, ascending, with the conditions that hold: those some condition of
  /// which holds, those that begin with anything, and those under way, as what does not match can end a match.
  private func concerned(
    _ interaction: Interaction, _ memory: RuleMemory, _ shared: SharedRuleMemory, _ keys: [KeyOfInteraction],
    _ matching: RuleIndex.Matching, _ occurrence: RuleOccurrence
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
    for key in keys {
      for entry in shared.keys[key.hash]?.patterns ?? [] {
        if let place = place(of: entry.rule) { bits[place, default: 0] |= 0 }
      }
    }
    for place in waiting { bits[place, default: 0] |= 0 }
    return bits.filter { place, _ in
      guard let definition = entries[place]?.definition else { return false }
      return definition.causes.contains(interaction.actorRole)
        && (definition.isForAnyInteraction || definition.triggers.contains(.interaction(interaction.kind)))
    }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Shows an event to a pattern over what the person does.
  private func show(
    _ event: ShownEvent, to rule: CompiledRule, _ pattern: CompiledPattern, _ memory: inout RuleMemory,
    _ activation: ExpressionActivation
  ) -> PatternFollower.Completion? {
    let known = memory.pattern(of: rule.hash).flatMap { entry in
      entry.version == rule.definition.version ? pattern.follower.decode(entry.bytes) : nil
    }
    if known == nil, event.bits == 0, !pattern.beginsWaiting { return nil }
    var (state, completions) = known.map { ($0, []) } ?? pattern.follower.begin(at: event.time)
    completions += pattern.follower.add(time: event.time, id: event.id, event.bits, activation, to: &state)
    keep(state, rule, pattern, &memory)
    return completions.first
  }

  private func keep(
    _ state: PatternFollower.State, _ rule: CompiledRule, _ pattern: CompiledPattern, _ memory: inout RuleMemory
  ) {
    // A pattern that begins by itself would begin again with the next event if nothing were kept.
    if state.isIdle, !pattern.beginsWaiting { return memory.keep(nil, of: rule.hash) }
    memory.keep(
      .init(
        rule: rule.hash, version: rule.definition.version, bytes: pattern.follower.encode(state),
        deadline: pattern.follower.deadline(of: state)), of: rule.hash)
  }

  /// Shows an event to a pattern of a thread or value; gives what it comes to for whoever did it.
  private func show(
    _ event: ShownEvent, by token: UInt64, to rule: CompiledRule, _ pattern: CompiledPattern, _ key: UInt64,
    _ memory: inout RuleMemory, _ shared: inout SharedRuleMemory, _ activation: ExpressionActivation
  ) -> [Explanation.Evidence]? {
    let version = rule.definition.version
    let follower = pattern.follower
    let stored = shared.keys[key]?.pattern(of: rule.hash).flatMap { $0.version == version ? $0 : nil }
    let known = stored.flatMap { follower.decode($0.bytes) }
    if known == nil, event.bits == 0, !pattern.beginsWaiting { return nil }
    var entry =
      stored ?? KeyedMemory.Pattern(rule: rule.hash, version: version, bytes: [], starter: token)
    var (state, completions) = known.map { ($0, []) } ?? follower.begin(at: event.time)
    if event.bits != 0 { entry.seen.append(.init(id: event.id, time: event.time.inUTC, token: token)) }
    completions += follower.add(time: event.time, id: event.id, event.bits, activation, to: &state)
    let own = distribute(completions, &entry, for: token)
    memory.wait(
      until: settle(state, &entry, rule, pattern, key, &shared, for: token), rule: rule.hash, key: key, token: token)
    return own
  }

  /// Gives each completion to whose event was the last it took; of those of `token` the first is the result.
  private func distribute(
    _ completions: [PatternFollower.Completion], _ entry: inout KeyedMemory.Pattern, for token: UInt64
  ) -> [Explanation.Evidence]? {
    var own = token == 0 ? [] : entry.take(token).map { $0.evidence.map { Explanation.Evidence($0) } }
    for completion in completions {
      let owners = completion.events.reversed().compactMap { id in entry.seen.first { $0.id == id }?.token }
      let owner = owners.first { $0 != 0 } ?? entry.starter
      if owner == token, token != 0 {
        own.append(completion.evidence)
      } else if owner != 0, entry.pending.count < KeyedMemory.maximumPending {
        entry.pending.append(.init(token: owner, evidence: completion.evidence.map(\.fact)))
      }
    }
    return own.first
  }

  /// Keeps a shared state, or forgets it when nothing is under way.
  /// - Returns: when it has to be looked at again for `token`; `nil` for never.
  private func settle(
    _ state: PatternFollower.State, _ entry: inout KeyedMemory.Pattern, _ rule: CompiledRule,
    _ pattern: CompiledPattern, _ key: UInt64, _ shared: inout SharedRuleMemory, for token: UInt64
  ) -> Instant? {
    entry.seen = pattern.follower.remaining(entry.seen, in: state)
    entry.bytes = pattern.follower.encode(state)
    let isOver = state.isIdle && entry.pending.isEmpty && !pattern.beginsWaiting
    let kept = isOver ? nil : entry
    if shared.keys[key]?.pattern(of: rule.hash) != kept { shared.change(key) { $0.keep(kept, of: rule.hash) } }
    guard token != 0, !isOver, entry.concerns(token) else { return nil }
    return pattern.follower.deadline(of: state)
  }

  // MARK: Time

  /// Lets time pass for the patterns under way.
  private func pass(
    _ occurrence: RuleOccurrence, _ memory: inout RuleMemory, _ shared: inout SharedRuleMemory
  ) -> [PatternResult] {
    var results: [PatternResult] = []
    for entry in memory.patterns where entry.deadline.map({ $0 <= occurrence.now }) ?? false {
      guard let place = place(of: entry.rule), let rule = entries[place], let pattern = rule.pattern,
        entry.version == rule.definition.version, var state = pattern.follower.decode(entry.bytes)
      else {
        // Of another version nothing is kept.
        memory.keep(nil, of: entry.rule)
        continue
      }
      let completions = pattern.follower.advance(&state, to: occurrence.now)
      keep(state, rule, pattern, &memory)
      if let first = completions.first { results.append(PatternResult(rule: place, evidence: first.evidence)) }
    }
    // Of rules that are no longer in the book, or follow nothing any more, nothing is kept.
    memory.patterns.removeAll { entry in place(of: entry.rule).map { entries[$0]?.pattern == nil } ?? true }
    for wait in memory.waits where wait.due <= occurrence.now {
      if let result = pass(wait, occurrence, &memory, &shared) { results.append(result) }
    }
    return results
  }

  private func pass(
    _ wait: RuleMemory.Wait, _ occurrence: RuleOccurrence, _ memory: inout RuleMemory,
    _ shared: inout SharedRuleMemory
  ) -> PatternResult? {
    memory.wait(until: nil, rule: wait.rule, key: wait.key, token: wait.token)
    guard var entry = shared.keys[wait.key]?.pattern(of: wait.rule) else { return nil }
    guard let place = place(of: wait.rule), let rule = entries[place], let pattern = rule.pattern,
      entry.version == rule.definition.version, var state = pattern.follower.decode(entry.bytes)
    else {
      shared.change(wait.key) { $0.keep(nil, of: wait.rule) }
      return nil
    }
    let completions = pattern.follower.advance(&state, to: occurrence.now)
    let own = distribute(completions, &entry, for: wait.token)
    memory.wait(
      until: settle(state, &entry, rule, pattern, wait.key, &shared, for: wait.token), rule: wait.rule, key: wait.key,
      token: wait.token)
    return own.map { PatternResult(rule: place, evidence: $0, key: wait.key) }
  }

  // MARK: Keys

  /// What of an interaction a pattern of a thread or value is kept for.
  struct KeyOfInteraction: Sendable {
    var source: CompiledPattern.Key
    var hash: UInt64
  }

  /// The threads and values that an interaction concerns.
  func keys(of interaction: Interaction) -> [KeyOfInteraction] {
    keySources.compactMap { source in
      switch source.key {
      case .person: nil
      case .thread:
        interaction.context.thread.map { KeyOfInteraction(source: .thread, hash: nameHash("thread:" + $0)) }
      case .fact(let path):
        vocabulary.value(path, of: interaction)?.templateText.map {
          KeyOfInteraction(source: .fact(path), hash: nameHash("\(path.name):" + $0))
        }
      }
    }
  }

  /// Who a person is in the memory of a thread or value: nobody can be found by it.
  private static func token(_ person: PersonID, _ key: UInt64) -> UInt64 {
    var writer = ByteWriter(reservingCapacity: 32)
    writer.fixed(key)
    writer.fixed(person.high)
    writer.fixed(person.low)
    // Zero stands for nobody.
    return max(ActionID(digest: SHA256.digest(writer.bytes)).high, 1)
  }
}
