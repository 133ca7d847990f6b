import EventTime
import StateCoding
import Testing

@Suite struct PatternPropertyTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `finds what enumeration finds, also shuffled and restored at every event`(seed: UInt64) throws {
    var random = SequenceGenerator(state: seed)
    var total = 0
    for _ in 0..<1_500 {
      let pattern = Self.pattern(&random)
      let events = (0..<random.below(10)).map { place in
        PatternEvent(time: Int64(place * 2 / 3), id: UInt64(place), holds: [1, 2, 4, 3, 6, 0, 1, 2][random.below(8)])
      }
      let expected = PatternOracle.matches(pattern, events)
      total += expected.count
      let automaton = try PatternAutomaton(pattern, limits: PatternLimits(partialMatches: 100_000))
      var state = PatternState()
      var found: [[Int]] = []
      for event in events { automaton.run(event, &state) { Self.collect($0, &found) } }
      #expect(found == expected, "seed \(seed): \(pattern.steps) \(pattern.skip) over \(events.map(\.holds))")

      // The same events in another order, each at most three units of time late, the state stored after every one.
      let shuffled = events.map { ($0, Int64(random.below(4)) + $0.time) }
        .sorted { ($0.1, $1.0.id) < ($1.1, $0.0.id) }.map(\.0)
      var late = PatternState()
      var again: [[Int]] = []
      for event in shuffled {
        #expect(automaton.add(event, to: &late) { Self.collect($0, &again) })
        automaton.advance(&late, to: event.time - 4) { Self.collect($0, &again) }
        late = try Self.restored(late, automaton)
      }
      automaton.advance(&late, to: 1_000) { Self.collect($0, &again) }
      #expect(again == expected, "shuffled, seed \(seed)")
    }
    #expect(total > 500)
  }

  private static func collect(_ outcome: PatternOutcome, _ found: inout [[Int]]) {
    if case .matched(let taken, _) = outcome { found.append(taken.map { Int($0.id) }) }
  }

  private static func restored(_ state: PatternState, _ automaton: PatternAutomaton) throws -> PatternState {
    var writer = ByteWriter()
    state.write(to: &writer)
    var reader = ByteReader(writer.bytes)
    let restored = try PatternState(from: &reader, for: automaton)
    #expect(reader.isAtEnd && restored == state)
    return restored
  }

  private static func pattern(_ random: inout SequenceGenerator) -> PatternDefinition {
    var pattern = quantified(PatternDefinition("s0", random.below(3)), &random)
    for index in 1..<(2 + random.below(3)) {
      let name = "s\(index)"
      let condition = random.below(3)
      switch random.below(8) {
      case 0: pattern = pattern.notNext("n\(index)", random.below(3))
      case 1: pattern = pattern.notFollowedBy("n\(index)", random.below(3))
      default: break
      }
      switch random.below(3) {
      case 0: pattern = pattern.next(name, condition)
      case 1: pattern = pattern.followedBy(name, condition)
      default: pattern = pattern.followedByAny(name, condition)
      }
      pattern = quantified(pattern, &random, mayBeOptional: pattern.steps.dropLast().last?.kind == .takes)
    }
    if random.below(2) == 0 { pattern = pattern.within(Int64(1 + random.below(4))) }
    let skips = [
      PatternSkip.noSkip, .noSkip, .skipToNext, .skipPastLastEvent, .skipToFirst("s1"), .skipToLast("s0"),
    ]
    return pattern.afterMatch(skips[random.below(skips.count)])
  }

  private static func quantified(
    _ start: PatternDefinition, _ random: inout SequenceGenerator, mayBeOptional: Bool = true
  ) -> PatternDefinition {
    var pattern = start
    switch random.below(6) {
    case 0: pattern = pattern.oneOrMore()
    case 1: pattern = pattern.times(2)
    case 2: pattern = pattern.times(1, 3)
    default: break
    }
    if random.below(4) == 0, mayBeOptional { pattern = pattern.optional() }
    if random.below(4) == 0 { pattern = pattern.greedy() }
    if random.below(4) == 0 { pattern = pattern.until(random.below(3)) }
    switch random.below(3) {
    case 0: return pattern.consecutive()
    case 1: return pattern.allowCombinations()
    default: return pattern
    }
  }
}
