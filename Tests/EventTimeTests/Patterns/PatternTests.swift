import EventTime
import StateCoding
import Testing

@Suite struct PatternTests {
  @Test func `no reply within the window`() throws {
    let pattern = PatternDefinition("question", 0).notFollowedBy("reply", 1).within(30)
    let silent = try PatternStream.run(pattern, PatternStream.events("a"), until: 31)
    guard case .matched(let taken, 30)? = silent.first, silent.count == 1 else {
      Issue.record("expected one match at 30, got \(silent)")
      return
    }
    #expect(taken.map(\.id) == [0])
    #expect(try PatternStream.run(pattern, PatternStream.events("a"), until: 30).isEmpty)
    #expect(try PatternStream.run(pattern, PatternStream.events("a-b"), until: 100).isEmpty)
  }

  @Test func `a window that passes is an outcome`() throws {
    let pattern = PatternDefinition("cart", 0).followedBy("buy", 1).within(3)
    let outcomes = try PatternStream.run(pattern, PatternStream.events("a----b"))
    guard case .timedOut(let taken, 3)? = outcomes.first, outcomes.count == 1 else {
      Issue.record("expected one time-out at 3, got \(outcomes)")
      return
    }
    #expect(taken.map(\.id) == [0])
  }

  @Test func `beyond the bound the oldest partial match is given up and reported`() throws {
    let automaton = try PatternAutomaton(
      PatternDefinition("a", 0).followedBy("b", 1), limits: PatternLimits(partialMatches: 2))
    var state = PatternState()
    var outcomes: [PatternOutcome] = []
    for event in PatternStream.events("aaab") { automaton.run(event, &state) { outcomes.append($0) } }
    let ids: [[Int]] = outcomes.map { outcome in
      switch outcome {
      case .matched(let taken, _), .timedOut(let taken, _), .dropped(let taken): taken.map { Int($0.id) }
      case .hurried: []
      }
    }
    #expect(ids == [[0], [1, 3], [2, 3]])
    #expect(state.isIdle)
  }

  @Test(arguments: [
    PatternDefinition("a", 64), PatternDefinition("a", 0).notFollowedBy("b", 1), PatternDefinition("a", 0).times(2, 1),
    PatternDefinition("a", 0).followedBy("a", 1), PatternDefinition("a", 0).afterMatch(.skipToLast("x")),
    PatternDefinition("a", 0).notNext("b", 1).optional().next("c", 2), PatternDefinition("a", 0).within(-1),
  ])
  func `refuses`(pattern: PatternDefinition) {
    let error = #expect(throws: PatternError.self) { try PatternAutomaton(pattern) }
    #expect(error?.description.isEmpty == false)
  }
}
