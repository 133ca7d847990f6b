import RuleEngine
import SCRMModel
import Testing

@Suite struct EventPatternTests {
  private static let environment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment()
    environment.declare(ExpressionRecord("Event", [.init("kind", .string), .init("amount", .double)]))
    environment.declare("event", .record("Event"))
    return environment
  }()

  private static let silence = EventPattern("complaint-then-silence", key: .thread)
    .begin("complaint", where: "event.kind == 'complaint'")
    .notFollowedBy("reply", where: "event.kind == 'reply'")
    .within(.minutes(30))

  private static func event(_ matcher: PatternMatcher, _ kind: String, minute: Double, id: UInt64) throws
    -> PatternMatcher.Event
  {
    var activation = ExpressionActivation(environment)
    try activation.set(try #require(environment.slot("event.kind")), text: kind)
    return matcher.event(time: time(minute), id: id, activation)
  }

  private static func time(_ minute: Double) -> Instant { Instant.epoch.advanced(by: .seconds(minute * 60)) }

  @Test func `no reply within thirty minutes`() throws {
    let matcher = try PatternMatcher(Self.silence, Self.environment)
    var state = PatternMatcher.State()
    var outcomes: [PatternOutcome] = []
    #expect(matcher.add(try Self.event(matcher, "complaint", minute: 10, id: 7), to: &state, into: &outcomes))
    #expect(matcher.deadline(of: state) == Self.time(40).advanced(by: .microseconds(1)))
    #expect(matcher.progress(of: state).map { $0.match.events.map(\.id) } == [[7]])
    let stored = matcher.encode(state)
    state = try matcher.decode(stored)
    #expect(matcher.encode(state) == stored)
    matcher.advance(&state, to: Self.time(40), into: &outcomes)
    #expect(outcomes.isEmpty)
    matcher.advance(&state, to: Self.time(41), into: &outcomes)
    guard case .matched(let match)? = outcomes.first else {
      Issue.record("expected a match, got \(outcomes)")
      return
    }
    #expect(match.events(of: "complaint") == [7] && match.time == Self.time(40))
    #expect(
      outcomes[0].explanation().text.contains("complaint: event 7 at 1970-01-01T00:10:00Z"),
      "\(outcomes[0].explanation().text)")
    // Time has come to minute 41: an event from before is late.
    #expect(!matcher.add(try Self.event(matcher, "reply", minute: 20, id: 8), to: &state, into: &outcomes))
  }

  @Test func `a reply ends the waiting`() throws {
    let matcher = try PatternMatcher(Self.silence, Self.environment)
    var state = PatternMatcher.State()
    var outcomes: [PatternOutcome] = []
    matcher.add(try Self.event(matcher, "complaint", minute: 10, id: 1), to: &state, into: &outcomes)
    matcher.add(try Self.event(matcher, "reply", minute: 40, id: 2), to: &state, into: &outcomes)
    matcher.advance(&state, to: Self.time(100), into: &outcomes)
    #expect(outcomes.isEmpty && state.isIdle)
  }

  @Test func `stragglers take their place, and equal times count by number`() throws {
    var pattern = EventPattern("pair", lateness: .minutes(5))
      .begin("a", where: "event.kind == 'a'").next("b", where: "event.kind == 'b'")
    pattern.limits.waiting = 3
    let matcher = try PatternMatcher(pattern, Self.environment)
    var state = PatternMatcher.State()
    var outcomes: [PatternOutcome] = []
    for (kind, minute, id) in [("b", 10.0, 2), ("x", 11, 3), ("a", 10, 1)] as [(String, Double, UInt64)] {
      #expect(matcher.add(try Self.event(matcher, kind, minute: minute, id: id), to: &state, into: &outcomes))
    }
    #expect(outcomes.isEmpty && state.waitingCount == 3)
    // One more than may wait: the earliest is run, and time has come to it.
    #expect(matcher.add(try Self.event(matcher, "x", minute: 12, id: 4), to: &state, into: &outcomes))
    guard case .hurried(Self.time(10))? = outcomes.first, case .matched(let match)? = outcomes.last else {
      Issue.record("expected hurry and a match, got \(outcomes)")
      return
    }
    #expect(match.events.map(\.id) == [1, 2])
    #expect(!matcher.add(try Self.event(matcher, "b", minute: 10, id: 5), to: &state, into: &outcomes))
  }

  @Test func `an absence from the beginning`() throws {
    let pattern = EventPattern("never-bought").all(
      "quiet", .absence(of: "event.kind == 'purchase'", lasting: .days(30)))
    let matcher = try PatternMatcher(pattern, Self.environment)
    var state = PatternMatcher.State()
    var outcomes: [PatternOutcome] = []
    matcher.begin(&state, at: .epoch, into: &outcomes)
    matcher.advance(&state, to: Instant.epoch.advanced(by: .days(31)), into: &outcomes)
    guard case .matched(let match)? = outcomes.first, outcomes.count == 1 else {
      Issue.record("expected one match, got \(outcomes)")
      return
    }
    #expect(match.events.isEmpty && match.time == Instant.epoch.advanced(by: .days(30)))
  }

  @Test func `the JSON form is read and written back`() throws {
    let text = #"""
      {"name":"p","key":{"fact":"event.order"},"steps":[{"begin":"a","when":"event.kind == 'a'","times":[2,4],"consecutive":true},{"notNext":"n","when":"event.amount > 5.0"},{"followedByAny":"b","when":{"closure":"is-odd"},"timesOrMore":1,"greedy":true,"until":"event.kind == 'stop'"},{"next":"c","when":"event.kind == 'c'","times":3},{"any":"w","of":[{"event":"d","when":"event.kind == 'd'"},{"not":"event.kind == 'e'","for":"30s"}]}],"within":"1800s","lateness":"60s","skip":{"skipToLast":"b"},"limits":{"partialMatches":8,"events":9,"waiting":10}}
      """#
    let pattern = try EventPattern(jsonText: text)
    #expect(pattern.jsonText == text)
    #expect(try EventPattern(jsonText: pattern.jsonText) == pattern)
    #expect(Self.silence == (try EventPattern(jsonText: Self.silence.jsonText)))
  }

  @Test(arguments: [
    (#"{"name":"p","steps":[]}"#, "$.steps"), (#"{"name":"p","steps":[{"start":"a"}]}"#, "$.steps[0]"),
    (#"{"name":"p","steps":[{"begin":"a","time":2}]}"#, "$.steps[0].time"),
    (#"{"name":"p","steps":[{"begin":"a","times":[4,2]}]}"#, "$.steps[0].times"),
    (#"{"name":"p","steps":[{"begin":"a"}],"within":"soon"}"#, "$.within"),
    (#"{"name":"p","steps":[{"begin":"a"},{"all":"w","of":[{"not":"true","while":"3s"}]}]}"#, "$.steps[1].of[0].while"),
    (#"{"name":"p","key":"shop","steps":[{"begin":"a"}]}"#, "$.key"),
  ])
  func `what is wrong in the JSON is named with its path`(_ text: String, _ path: String) {
    let error = #expect(throws: JSONError.self) { try EventPattern(jsonText: text) }
    #expect(error?.description.hasPrefix(path + ":") ?? false, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    (EventPattern("p"), "pattern p"),
    (EventPattern("p").begin("a", where: .always).notFollowedBy("b", where: .always), "pattern p step b"),
    (EventPattern("p").begin("a", where: "event.colour == 'red'"), "pattern p"),
    (EventPattern("p").begin("a", where: .closure("missing")), "pattern p"),
    (EventPattern("p").begin("a", where: .always).any("w", .absence(of: .always)), "pattern p step w"),
    (
      EventPattern("p").begin("a", where: .always).absence("w", of: .always, lasting: .seconds(3)).next(
        "b", where: .always), "pattern p step b"
    ),
  ])
  func `what cannot run is refused with the step`(_ pattern: EventPattern, _ subject: String) {
    let error = #expect(throws: SCRMError.self) { try PatternMatcher(pattern, Self.environment) }
    #expect(error?.subject == subject, "\(String(describing: error))")
  }

  @Test func `stored states that are not are refused`() throws {
    let matcher = try PatternMatcher(Self.silence, Self.environment)
    var state = PatternMatcher.State()
    var outcomes: [PatternOutcome] = []
    matcher.add(try Self.event(matcher, "complaint", minute: 10, id: 7), to: &state, into: &outcomes)
    let bytes = matcher.encode(state)
    for length in bytes.indices { #expect(throws: SCRMError.self) { try matcher.decode(Array(bytes[..<length])) } }
    for place in bytes.indices {
      for bit in 0..<8 {
        var broken = bytes
        broken[place] ^= 1 << bit
        // Refused, or another state that runs without a trap.
        guard var other = try? matcher.decode(broken) else { continue }
        matcher.advance(&other, to: .distantFuture, into: &outcomes)
      }
    }
  }
}
