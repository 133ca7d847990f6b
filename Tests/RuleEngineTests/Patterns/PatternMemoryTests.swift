import DenseData
import RuleEngine
import SCRMModel
import Testing

/// What is kept stays within its limits whatever comes.
@Suite struct PatternMemoryTests {
  private static let limits = EventPattern.Limits(partialMatches: 6, events: 4, waiting: 3)

  /// Every subset of the events of a key would match, so that without limits partial matches double with each event.
  private static func greedyForMemory(_ lateness: Duration) throws -> PatternMatcher {
    let pattern = EventPattern("all", lateness: lateness, limits: limits)
      .begin("a", where: .closure("a")).oneOrMore().allowCombinations().followedByAny("b", where: .closure("b"))
      .within(.hours(10))
    return try PatternMatcher(pattern, ExpressionEnvironment(), closures: { _ in { _ in false } })
  }

  private static func event(_ second: Int, _ id: Int, _ conditions: UInt64) -> PatternMatcher.Event {
    .init(time: Instant.epoch.advanced(by: .seconds(second)), id: UInt64(id), conditions: conditions)
  }

  @Test(arguments: [UInt64(1), 2, 3]) func `a key keeps what its limits allow, and what is given up is told`(
    seed: UInt64
  ) throws {
    var draw = SeededGenerator(seed: seed)
    let matcher = try Self.greedyForMemory(.seconds(5))
    var state = PatternMatcher.State()
    var outcomes: [PatternOutcome] = []
    var (dropped, hurried) = (0, 0)
    for id in 0..<1_000 {
      matcher.add(Self.event(id + draw.below(6), id, UInt64(draw.below(4))), to: &state, into: &outcomes)
      #expect(state.partialMatchCount <= 6)
      #expect(state.waitingCount <= 3)
      #expect(matcher.encode(state).count <= 1_000)
      for outcome in outcomes {
        switch outcome {
        case .matched(let match), .timedOut(let match): #expect(match.events.count <= 5)
        case .dropped(let match):
          #expect(match.events.count <= 4)
          dropped += 1
        case .hurried: hurried += 1
        }
      }
      outcomes.removeAll()
    }
    #expect(dropped > 100)
    #expect(hurried > 100)
  }

  @Test func `a stream keeps the keys of the last window, however many there were`() throws {
    let pattern = EventPattern("pair", lateness: .seconds(3))
      .begin("a", where: .closure("a")).followedBy("b", where: .closure("b")).within(.seconds(10))
    let matcher = try PatternMatcher(pattern, ExpressionEnvironment(), closures: { _ in { _ in false } })
    var stream = PatternStream(matcher)
    var outcomes: [PatternStream.Outcome] = []
    for id in 0..<5_000 {
      stream.add(Self.event(id, id, 1), key: .text("order-\(id)"), into: &outcomes)
      #expect(stream.keyCount <= 15)
      if id % 100 == 0 { #expect(stream.encode().count <= 1_000) }
    }
    stream.advance(to: .distantFuture, into: &outcomes)
    #expect(outcomes.count == 5_000)
    #expect(stream.keyCount == 0)
    #expect(stream.encode().count < 40)
  }

  @Test func `a key with too much to wait for does not stop another`() throws {
    let matcher = try Self.greedyForMemory(.seconds(1_000))
    var stream = PatternStream(matcher)
    var outcomes: [PatternStream.Outcome] = []
    for id in 0..<50 { stream.add(Self.event(id, id, 1), key: .number(1), into: &outcomes) }
    stream.add(Self.event(2, 50, 1), key: .number(2), into: &outcomes)
    stream.add(Self.event(3, 51, 2), key: .number(2), into: &outcomes)
    stream.advance(to: .distantFuture, into: &outcomes)
    let matches = outcomes.filter { outcome in
      if case .matched = outcome.outcome { outcome.key == .number(2) } else { false }
    }
    #expect(matches.count == 1)
  }
}
