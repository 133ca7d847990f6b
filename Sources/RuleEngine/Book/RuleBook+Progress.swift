import SCRMExpressions
import SCRMModel

// How far patterns and tallies have come, for explanations.
extension RuleBook {
  /// How far the pattern of a rule has come with an occurrence; `nil` when it completes it.
  func courses(
    of rule: CompiledRule, _ occurrence: RuleOccurrence, _ memory: RuleMemory, _ shared: SharedRuleMemory
  ) -> [String]? {
    var (memory, shared, scratch) = (memory, shared, RuleScratch(self))
    findTriggers(occurrence, memory, &scratch)
    vocabulary.fill(&scratch.activation, slots, with: occurrence)
    index.match(scratch.activation, on: scratch.triggers, into: &scratch.matching)
    let completed = results(occurrence, &memory, &shared, scratch)
    if completed.contains(where: { $0.rule == place(of: rule.hash) }) { return nil }
    guard let pattern = rule.pattern else { return nil }
    var courses: [String] = []
    func add(_ bytes: [UInt8], _ version: Int) {
      guard version == rule.definition.version, let state = pattern.follower.decode(bytes) else { return }
      courses += pattern.follower.courses(of: state)
    }
    if pattern.key == .person {
      if let entry = memory.pattern(of: rule.hash) { add(entry.bytes, entry.version) }
    } else {
      var keys = Set(memory.waits.filter { $0.rule == rule.hash }.map(\.key))
      if let interaction = occurrence.interaction {
        keys.formUnion(self.keys(of: interaction).filter { $0.source == pattern.key }.map(\.hash))
      }
      for key in keys.sorted() {
        if let entry = shared.keys[key]?.pattern(of: rule.hash) { add(entry.bytes, entry.version) }
      }
    }
    return courses.isEmpty ? ["nothing is under way"] : courses
  }
}

extension PatternFollower {
  /// How far it has come, a line for each partial match.
  func courses(of state: State) -> [String] {
    switch (self, state) {
    case (.pattern(let matcher, _), .pattern(let own)):
      return matcher.progress(of: own).map { match, next in
        let taken = match.events.map { "\($0.step): event \($0.id) at \($0.time)" }.joined(separator: ", ")
        let waits = next.isEmpty ? "waits for the end of its time" : "waits for " + next.joined(separator: " or ")
        return (taken.isEmpty ? "no event yet" : taken) + "; " + waits
      }
    case (.tally(let matcher), .tally(let own)):
      func text(_ number: Double) -> String { Value.double(number).templateText ?? "\(number)" }
      return ["\(matcher.tally.name): \(text(matcher.value(of: own))) of \(text(matcher.tally.threshold))"]
    default: return []
    }
  }
}
