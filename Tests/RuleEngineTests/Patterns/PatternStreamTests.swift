import DenseData
import RuleEngine
import SCRMModel
import Testing

@Suite struct PatternStreamTests {
  private static func matcher(_ lateness: Duration) throws -> PatternMatcher {
    let pattern = EventPattern("pair", lateness: lateness)
      .begin("a", where: .closure("a")).followedBy("b", where: .closure("b")).within(.seconds(8))
    // The conditions are set by hand, a bit each.
    return try PatternMatcher(pattern, ExpressionEnvironment(), closures: { _ in { _ in false } })
  }

  private struct Input {
    var second: Int
    var key: PatternKey
    var conditions: UInt64
  }

  private static func event(_ input: Input, _ id: Int) -> PatternMatcher.Event {
    .init(time: Instant.epoch.advanced(by: .seconds(input.second)), id: UInt64(id), conditions: input.conditions)
  }

  private static func text(_ outcome: PatternStream.Outcome) -> String {
    switch outcome.outcome {
    case .matched(let match): "\(outcome.key) \(match.events.map(\.id)) at \(match.time)"
    case .timedOut(let match): "\(outcome.key) out \(match.events.map(\.id)) at \(match.time)"
    case .dropped, .hurried: "limit"
    }
  }

  @Test(arguments: [UInt64(1), 2, 3]) func `any order within the lateness, stored at any point`(seed: UInt64) throws {
    var draw = SeededGenerator(seed: seed)
    var total = 0
    for _ in 0..<150 {
      var second = 0
      let inputs = (0..<draw.below(30)).map { _ in
        second += draw.below(3)
        let key: PatternKey = draw.below(2) == 0 ? .number(UInt64(draw.below(3))) : .text("k\(draw.below(2))")
        return Input(second: second, key: key, conditions: UInt64(draw.below(3)))
      }
      let end = Instant.epoch.advanced(by: .seconds(1_000))
      // Each key by itself, events in order, as the reference.
      var expected: Set<String> = []
      let plain = try Self.matcher(.zero)
      for key in Set(inputs.map(\.key)) {
        var state = PatternMatcher.State()
        var outcomes: [PatternOutcome] = []
        for (id, input) in inputs.enumerated() where input.key == key {
          plain.add(Self.event(input, id), to: &state, into: &outcomes)
        }
        plain.advance(&state, to: end, into: &outcomes)
        expected.formUnion(outcomes.map { Self.text(.init(key: key, outcome: $0)) })
      }
      total += expected.count
      for lateness in [0, 4] {
        let matcher = try Self.matcher(.seconds(lateness))
        var stream = PatternStream(matcher)
        var found: [PatternStream.Outcome] = []
        let order = inputs.enumerated()
          .map { ($0.offset, $0.element, $0.element.second + (lateness == 0 ? 0 : draw.below(5))) }
          .sorted { ($0.2, $0.0) < ($1.2, $1.0) }
        for (id, input, _) in order {
          #expect(stream.add(Self.event(input, id), key: input.key, into: &found))
          if draw.below(4) == 0 {
            let bytes = stream.encode()
            stream = try PatternStream(matcher, decoding: bytes)
            #expect(stream.encode() == bytes)
          }
        }
        stream.advance(to: end, into: &found)
        #expect(stream.keyCount == 0 && stream.deadline == nil)
        #expect(found.count == expected.count && Set(found.map(Self.text)) == expected, "seed \(seed)")
      }
    }
    #expect(total > 200)
  }

  @Test func `late for the stream is late for every key`() throws {
    var stream = PatternStream(try Self.matcher(.seconds(4)))
    var found: [PatternStream.Outcome] = []
    #expect(stream.add(Self.event(Input(second: 10, key: .number(1), conditions: 1), 0), key: .number(1), into: &found))
    #expect(stream.add(Self.event(Input(second: 6, key: .number(2), conditions: 1), 1), key: .number(2), into: &found))
    #expect(!stream.add(Self.event(Input(second: 5, key: .number(3), conditions: 1), 2), key: .number(3), into: &found))
  }
}
