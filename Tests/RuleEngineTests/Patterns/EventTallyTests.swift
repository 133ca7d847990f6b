import DenseData
import RuleEngine
import SCRMModel
import Testing

@Suite struct EventTallyTests {
  private static let environment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment()
    environment.declare(
      ExpressionRecord("Event", [.init("kind", .string), .init("amount", .double), .init("author", .string)]))
    environment.declare("event", .record("Event"))
    return environment
  }()

  private struct Fact {
    var second: Int
    var kind = "comment"
    var amount: Double?
    var author: String?
  }

  private static func activation(_ fact: Fact) throws -> ExpressionActivation {
    var activation = ExpressionActivation(environment)
    try activation.set(try #require(environment.slot("event.kind")), text: fact.kind)
    if let amount = fact.amount { try activation.set(try #require(environment.slot("event.amount")), number: amount) }
    if let author = fact.author { try activation.set(try #require(environment.slot("event.author")), text: author) }
    return activation
  }

  private static func time(_ second: Int) -> Instant { Instant.epoch.advanced(by: .seconds(second)) }

  private static func run(_ tally: EventTally, _ facts: [Fact], until end: Int = 10_000) throws -> [TallyOutcome] {
    let matcher = try TallyMatcher(tally, environment)
    var state = TallyMatcher.State()
    var outcomes: [TallyOutcome] = []
    for (id, fact) in facts.enumerated() {
      matcher.add(
        time: time(fact.second), id: UInt64(id), try activation(fact), to: &state, into: &outcomes)
      let bytes = matcher.encode(state)
      state = try matcher.decode(bytes)
      #expect(matcher.encode(state) == bytes)
    }
    matcher.advance(&state, to: time(end), into: &outcomes)
    return outcomes
  }

  @Test func `three within a minute, and again after it fell`() throws {
    let tally = EventTally("three", where: "event.kind == 'comment'", .count, atLeast: 3, within: .seconds(60))
    let facts = [0, 30, 60, 61, 200, 210, 220].map { Fact(second: $0) } + [Fact(second: 221, kind: "like")]
    #expect(
      try Self.run(tally, facts) == [
        .reached(3, events: [0, 1, 2], time: Self.time(60)),
        .fell(2, time: Self.time(60).advanced(by: .microseconds(1))),
        .reached(3, events: [1, 2, 3], time: Self.time(61)),
        .fell(2, time: Self.time(90).advanced(by: .microseconds(1))),
        .reached(3, events: [4, 5, 6], time: Self.time(220)),
        .fell(2, time: Self.time(260).advanced(by: .microseconds(1))),
      ])
  }

  @Test func `sums are exact in millionths, and a refund can let a sum fall`() throws {
    let tally = EventTally("much", .sum("event.amount"), atLeast: 0.3, within: .seconds(100))
    let facts = [
      Fact(second: 0, amount: 0.1), Fact(second: 1, amount: 0.2), Fact(second: 2, amount: -0.1), Fact(second: 3),
      Fact(second: 4, amount: .infinity), Fact(second: 5, amount: 0.1),
    ]
    #expect(
      try Self.run(tally, facts) == [
        .reached(0.3, events: [0, 1], time: Self.time(1)), .fell(0.2, time: Self.time(2)),
        .reached(0.3, events: [0, 1, 2, 5], time: Self.time(5)),
        .fell(0.2, time: Self.time(100).advanced(by: .microseconds(1))),
      ])
  }

  @Test func `different authors`() throws {
    let tally = EventTally("storm", key: .thread, .distinct("event.author"), atLeast: 2, within: .seconds(10))
    let facts = [("a", 0), ("a", 1), ("é", 2), ("e\u{301}", 3)].map { Fact(second: $0.1, author: $0.0) }
    #expect(
      try Self.run(tally, facts, until: 12) == [.reached(2, events: [0, 1, 2], time: Self.time(2))])
  }

  @Test func `what is kept is bounded, and stragglers take their place`() throws {
    var tally = EventTally("few", .count, atLeast: 3, within: .days(1), lateness: .seconds(5))
    tally.limits.events = 2
    let early = try Self.run(tally, [0, 1, 2].map { Fact(second: $0) }, until: 10)
    #expect(early == [.leftEarly(event: 0)])
    tally.limits.events = 3
    #expect(
      try Self.run(tally, [4, 0, 2].map { Fact(second: $0) }, until: 10)
        == [.reached(3, events: [1, 2, 0], time: Self.time(4))])
  }

  /// The number by counting all events in the window at every moment.
  @Test func `rolling windows are recounted windows`() throws {
    var draw = SeededGenerator(seed: 3)
    var crossings = 0
    for _ in 0..<300 {
      let threshold = 1 + draw.below(4)
      let window = 1 + draw.below(6)
      let tally = EventTally(
        "n", .count, atLeast: Double(threshold), within: .seconds(window), lateness: .seconds(3))
      let seconds = (0..<draw.below(12)).map { _ in draw.below(20) }.sorted()
      let shuffled = seconds.map { Fact(second: $0) }
        .map { ($0, $0.second * 2 + draw.below(6)) }.sorted { $0.1 < $1.1 }.map(\.0)
      let outcomes = try Self.run(tally, shuffled)
      var expected: [Instant] = []
      var isReached = false
      for second in 0..<40 {
        let count = seconds.filter { $0 <= second && second <= $0 + window }.count
        if count >= threshold, !isReached { expected.append(Self.time(second)) }
        isReached = count >= threshold
        // Between two seconds events leave.
        if isReached, seconds.filter({ $0 <= second && second < $0 + window }).count < threshold { isReached = false }
      }
      let found = outcomes.compactMap { if case .reached(_, _, let time) = $0 { time } else { nil } }
      #expect(found == expected, "\(seconds), window \(window), threshold \(threshold)")
      crossings += found.count
    }
    #expect(crossings > 100)
  }

  @Test func `the JSON form is read and written back, wrong ones are refused`() throws {
    let text = #"""
      {"name":"n","key":"thread","where":"event.kind == 'a'","sum":"event.amount","atLeast":5.0,"within":"600s","lateness":"1s","limits":{"partialMatches":256,"events":9,"waiting":1024}}
      """#
    #expect(try EventTally(jsonText: text).jsonText == text)
    for wrong in [
      #"{"name":"n","atLeast":1,"within":"1s"}"#, #"{"name":"n","count":false,"atLeast":1,"within":"1s"}"#,
      #"{"name":"n","count":true,"atLeast":1}"#, #"{"name":"n","count":true,"sum":"a","atLeast":1,"within":"1s"}"#,
    ] {
      #expect(throws: JSONError.self) { try EventTally(jsonText: wrong) }
    }
    for tally in [
      EventTally("n", .count, atLeast: 0, within: .seconds(1)), EventTally("n", .count, atLeast: 1, within: .zero),
      EventTally("n", .sum("event.colour"), atLeast: 1, within: .seconds(1)),
    ] {
      let error = #expect(throws: SCRMError.self) { try TallyMatcher(tally, Self.environment) }
      #expect(error?.subject == "tally n")
    }
  }
}
