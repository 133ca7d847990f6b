import EventTime
import Testing

/// The table "Detecting Non-occurring Events" of Siddhi's query guide, row by row: streams that match, and streams that do
/// not.
///
/// Times are written before the letters of the events; the pattern is begun at 0, absences last 5 and 8.
@Suite struct SiddhiAbsenceTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var pattern: PatternDefinition
    /// A stream, and when it matches; `nil` for never.
    var streams: [(String, Int64?)]
  }

  private static let a = 0
  private static let b = 1
  private static let p = 15
  private static let noA = PatternGate.Part.absence(condition: a, duration: 5)
  private static let noB = PatternGate.Part.absence(condition: b, duration: 8)
  private static let someB = PatternGate.Part.event(name: "B", condition: b)

  private static func begin(_ combination: PatternGate.Combination, _ parts: PatternGate.Part...) -> PatternDefinition {
    PatternDefinition("wait", PatternGate(combination, parts))
  }

  private static func afterP(_ combination: PatternGate.Combination, _ parts: PatternGate.Part...)
    -> PatternDefinition
  {
    PatternDefinition("P", p).waits("wait", PatternGate(combination, parts))
  }

  static let rows = [
    Row(
      testDescription: "not A for t", pattern: begin(.all, noA),
      streams: [("", 5), ("3b", 5), ("6a", 5), ("3a", nil), ("5a", nil)]),
    Row(
      testDescription: "not A for t and B", pattern: begin(.all, noA, someB),
      streams: [("2b", 5), ("8b", 8), ("6a 8b", 8), ("3a 8b", nil), ("2b 5a", nil), ("", nil)]),
    Row(
      testDescription: "not A for t1 and not B for t2", pattern: begin(.all, noA, noB),
      streams: [("", 8), ("6a", 8), ("7b", nil), ("3a", nil), ("8b", nil)]),
    Row(
      testDescription: "not A for t or B", pattern: begin(.any, noA, someB),
      streams: [("", 5), ("2b", 2), ("3a 9b", 9), ("3a", nil)]),
    Row(
      testDescription: "not A for t1 or not B for t2", pattern: begin(.any, noA, noB),
      streams: [("", 5), ("2a", 8), ("7b", 5), ("2a 7b", nil)]),
    Row(
      testDescription: "A -> not B for t",
      pattern: PatternDefinition("A", a).waits("wait", PatternGate(.all, [.absence(condition: b, duration: 5)])),
      streams: [("1a", 6), ("1a 7b", 6), ("1a 6b", nil), ("1a 3b", nil), ("3b", nil)]),
    Row(
      testDescription: "P -> not A for t and B", pattern: afterP(.all, noA, someB),
      streams: [("10p 12b", 15), ("10p 18b", 18), ("2b 10p", nil), ("10p 13a 18b", nil)]),
    Row(
      testDescription: "P -> not A for t1 and not B for t2", pattern: afterP(.all, noA, noB),
      streams: [("10p", 18), ("4a 5b 10p", 18), ("10p 17b", nil), ("10p 11a", nil)]),
    Row(
      testDescription: "P -> not A for t or B", pattern: afterP(.any, noA, someB),
      streams: [("10p", 15), ("10p 12b", 12), ("10p 13a 19b", 19), ("10p 13a", nil)]),
    Row(
      testDescription: "P -> not A for t1 or not B for t2", pattern: afterP(.any, noA, noB),
      streams: [("10p", 15), ("10p 12a", 18), ("10p 12a 13b", nil)]),
    Row(
      testDescription: "not A for t -> B", pattern: begin(.all, noA).followedBy("B", b),
      streams: [("7b", 7), ("3b 9b", 9), ("3b", nil), ("2a 7b", nil), ("6a 7b", 7), ("5b", nil)]),
    Row(
      testDescription: "not A for t and B -> P", pattern: begin(.all, noA, someB).followedBy("P", p),
      streams: [("2b 9p", 9), ("7b 9p", 9), ("2b 4p", nil), ("9p", nil), ("2b 3a 9p", nil)]),
    Row(
      testDescription: "not A for t1 and not B for t2 -> P", pattern: begin(.all, noA, noB).followedBy("P", p),
      streams: [("9p", 9), ("8p", nil), ("7b 9p", nil), ("8p 9p", 9)]),
    Row(
      testDescription: "not A for t or B -> P", pattern: begin(.any, noA, someB).followedBy("P", p),
      streams: [("2b 3p", 3), ("6p", 6), ("3p", nil), ("3a 7b 9p", 9)]),
    Row(
      testDescription: "not A for t1 or not B for t2 -> P", pattern: begin(.any, noA, noB).followedBy("P", p),
      streams: [("6p", 6), ("2a 9p", 9), ("2a 7p", nil), ("2a 3b 9p", nil)]),
    Row(
      testDescription: "not A and B", pattern: begin(.all, .absence(condition: a, duration: nil), someB),
      streams: [("4b", 4), ("4b 5a", 4), ("3a 4b", nil), ("", nil)]),
    Row(
      testDescription: "A and not B",
      pattern: begin(.all, .event(name: "A", condition: a), .absence(condition: b, duration: nil)),
      streams: [("4a", 4), ("4a 5b", 4), ("3b 4a", nil), ("", nil)]),
    // The repeated and the mixed forms of Siddhi's own test cases.
    Row(
      testDescription: "A -> not B for t -> P",
      pattern: PatternDefinition("A", a).waits("wait", PatternGate(.all, [.absence(condition: b, duration: 5)]))
        .followedBy("P", p),
      streams: [("1a 8p", 8), ("1a 3b 8p", nil), ("1a 4p", nil)]),
    Row(
      testDescription: "A -> not B for t -> not P for t",
      pattern: PatternDefinition("A", a).waits("wait", PatternGate(.all, [.absence(condition: b, duration: 5)]))
        .waits("then", PatternGate(.all, [.absence(condition: p, duration: 5)])),
      streams: [("1a", 11), ("1a 4p", 11), ("1a 8b", 11), ("1a 8p", nil), ("1a 2b", nil)]),
  ]

  @Test(arguments: rows) func `row of the table`(_ row: Row) throws {
    let automaton = try PatternAutomaton(row.pattern)
    for (stream, expected) in row.streams {
      var state = PatternState()
      var found: [Int64] = []
      let report = { (outcome: PatternOutcome) in if case .matched(_, let time) = outcome { found.append(time) } }
      automaton.begin(&state, at: 0, report)
      for (number, word) in stream.split(separator: " ").enumerated() {
        guard let letter = word.utf8.last, let time = Int64(word.dropLast()) else { continue }
        automaton.run(
          PatternEvent(time: time, id: UInt64(number), holds: 1 << UInt64(letter - 0x61)), &state, report)
      }
      automaton.advance(&state, to: 100, report)
      #expect(found == (expected.map { [$0] } ?? []), "\(row.testDescription) over “\(stream)”")
    }
  }

  @Test func `the deadline is when advancing changes something`() throws {
    let automaton = try PatternAutomaton(Self.afterP(.any, Self.noA, Self.noB).within(100))
    var state = PatternState()
    #expect(automaton.deadline(state) == nil)
    var found: [PatternOutcome] = []
    automaton.run(PatternEvent(time: 10, id: 0, holds: 1 << 15), &state) { found.append($0) }
    #expect(automaton.deadline(state) == 16)
    automaton.advance(&state, to: 15) { found.append($0) }
    #expect(found.isEmpty)
    automaton.advance(&state, to: 16) { found.append($0) }
    #expect(found.count == 1 && state.isIdle && automaton.deadline(state) == nil)
  }
}
