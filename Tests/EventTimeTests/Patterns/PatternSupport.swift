import EventTime
import StateCoding

/// Runs a pattern over a text: each character an event, its predicates by letter, at times 0, 1, 2 ….
struct PatternStream {
  /// The events: letter c sets predicate c − "a".
  static func events(_ text: String) -> [PatternEvent] {
    text.utf8.enumerated().map { offset, letter in
      PatternEvent(time: Int64(offset), id: UInt64(offset), holds: letter == 0x2D ? 0 : 1 << UInt64(letter - 0x61))
    }
  }

  static func run(_ definition: PatternDefinition, _ events: [PatternEvent], until end: Int64? = nil) throws
    -> [PatternOutcome]
  {
    let automaton = try PatternAutomaton(definition)
    var state = PatternState()
    var outcomes: [PatternOutcome] = []
    for event in events { automaton.run(event, &state) { outcomes.append($0) } }
    if let end { automaton.advance(&state, to: end) { outcomes.append($0) } }
    return outcomes
  }

  /// The matches as places of their events.
  static func matches(_ definition: PatternDefinition, _ text: String) throws -> [[Int]] {
    try run(definition, events(text)).compactMap {
      if case .matched(let taken, _) = $0 { return taken.map { Int($0.id) } }
      return nil
    }
  }
}

/// Every match by trying every event for every place, from the definition in words.
struct PatternOracle {
  let definition: PatternDefinition
  let events: [PatternEvent]
  private var found: [[(event: Int, step: Int)]] = []

  static func matches(_ definition: PatternDefinition, _ events: [PatternEvent]) -> [[Int]] {
    var oracle = PatternOracle(definition: definition, events: events)
    for first in events.indices {
      for step in definition.steps.indices where definition.steps[step].kind == .takes {
        if oracle.holds(definition.steps[step].condition, first) { oracle.extend([(first, step)], count: 1) }
        if !definition.steps[step].isOptional { break }
      }
    }
    return oracle.afterSkipping()
  }

  private func holds(_ condition: Int, _ event: Int) -> Bool { events[event].holds >> UInt64(condition) & 1 == 1 }

  private mutating func extend(_ taken: [(event: Int, step: Int)], count: Int) {
    guard let (last, index) = taken.last, let first = taken.first?.event else { return }
    if let window = definition.window, events[last].time - events[first].time > window { return }
    let step = definition.steps[index]
    let maximum = step.maximum ?? .max
    let rest = definition.steps[(index + 1)...]
    if count >= step.minimum, rest.allSatisfy({ $0.kind == .takes && $0.isOptional }) { found.append(taken) }
    for event in (last + 1)..<max(events.count, last + 1) {
      let between = (last + 1)..<event
      if count < maximum, holds(step.condition, event),
        !(last + 1...event).contains(where: { other in step.until.map { holds($0, other) } ?? false }),
        allows(step.inner, between, { holds(step.condition, $0) })
      {
        extend(taken + [(event, index)], count: count + 1)
      }
      guard count >= step.minimum else { continue }
      var negations: [PatternStep] = []
      for next in (index + 1)..<max(definition.steps.count, index + 1) {
        let target = definition.steps[next]
        if target.kind != .takes {
          negations.append(target)
          continue
        }
        // What a greedy step could still take does not match here.
        func matches(_ place: Int) -> Bool {
          let isKept =
            step.isGreedy && count < maximum && holds(step.condition, place)
            && !(step.until.map { holds($0, place) } ?? false)
          return holds(target.condition, place) && !isKept
        }
        let isForbidden = negations.contains { negation in
          negation.kind == .notNext
            ? holds(negation.condition, last + 1) : (last + 1...event).contains { holds(negation.condition, $0) }
        }
        if matches(event), !isForbidden, allows(target.contiguity, between, matches) {
          extend(taken + [(event, next)], count: 1)
        }
        if !target.isOptional { break }
      }
    }
  }

  private func allows(_ contiguity: PatternStep.Contiguity, _ between: Range<Int>, _ matches: (Int) -> Bool) -> Bool {
    switch contiguity {
    case .strict: between.isEmpty
    case .relaxed: !between.contains { matches($0) }
    case .any: true
    }
  }

  /// The matches in the order of their ends, each unless an earlier one drops what begins where it begins.
  private func afterSkipping() -> [[Int]] {
    let order = found.sorted { left, right in
      let keys = [left, right].map { [$0.last?.event ?? 0] + $0.map(\.event) + $0.map(\.step) }
      return keys[0].lexicographicallyPrecedes(keys[1])
    }
    var dropped: [Range<Int>] = []
    var result: [[Int]] = []
    for match in order {
      let first = match[0].event
      if dropped.contains(where: { $0.contains(first) }) { continue }
      result.append(match.map(\.event))
      let end: Int
      switch definition.skip {
      case .noSkip: end = first
      case .skipToNext: end = first + 1
      case .skipPastLastEvent: end = (match.last?.event ?? 0) + 1
      case .skipToFirst(let name): end = match.first { definition.steps[$0.step].name == name }?.event ?? first
      case .skipToLast(let name): end = match.last { definition.steps[$0.step].name == name }?.event ?? first
      }
      dropped.append(first..<max(first, end))
    }
    return result
  }
}
