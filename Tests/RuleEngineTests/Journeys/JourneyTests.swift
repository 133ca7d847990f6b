import RuleEngine
import SCRMModel
import Testing

/// People on their way through journeys.
@Suite struct JourneyTests {
  private static let rules = [
    #"{"name":"start","on":["join"],"then":[{"do":"startJourney","with":{"journey":"welcome"}}]}"#,
    #"{"name":"stop","on":["leave"],"then":[{"do":"stopJourney","with":{"journey":"welcome"}}]}"#,
  ]

  private static func welcome(_ more: String = "", version: Int = 1, pause: String = "pause") -> String {
    #"""
    {"name":"welcome","version":\#(version),"goal":"event.type == 'purchase'","exit":"event.type == 'dislike'",\#(more)"steps":[
      {"name":"hello","do":[{"do":"message","with":{"text":"Welcome"}}]},
      {"name":"\#(pause)","wait":"3600s"},
      {"name":"which","if":[{"when":"person.city == '上海'","go":"local"}],"else":"ask"},
      {"name":"local","do":[{"do":"invite","with":{"event":"tea"}}],"go":"end"},
      {"name":"ask","do":[{"do":"message","with":{"text":"Question"}}]},
      {"name":"answer","until":"event.type == 'comment'","within":"7200s","else":"nudge"},
      {"name":"thank","do":[{"do":"message","with":{"text":"Thanks"}}],"go":"end"},
      {"name":"nudge","do":[{"do":"message","with":{"text":"Nudge"}}]}]}
    """#
  }

  private func desk(_ more: String = "") throws -> Desk { try Desk(Self.rules, journeys: [Self.welcome(more)]) }

  private func texts(_ outcome: RuleOutcome) -> [String] {
    outcome.actions.filter { $0.kind != "startJourney" && $0.kind != "stopJourney" }
      .map { ($0.parameters["text"] ?? $0.parameters["event"])?.stringValue ?? $0.kind }
  }

  @Test func `steps, waits and branches`() throws {
    var desk = try desk()
    let started = try desk.take(.none, .join)
    #expect(texts(started) == ["Welcome"])
    #expect(started.journeys.map(\.event) == [.entered, .waits(step: "pause")])
    #expect(desk.book.due(desk.memory, now: minute(0)) == minute(60))
    #expect(texts(try desk.take("early", at: minute(59))).isEmpty)
    #expect(texts(try desk.wait(until: minute(60))) == ["Question"])
    #expect(desk.book.due(desk.memory, now: minute(60)) == minute(180))
    let answered = try desk.take("answer", at: minute(100))
    #expect(texts(answered) == ["Thanks"])
    #expect(answered.journeys.map(\.event) == [.completed])
    #expect(desk.book.due(desk.memory, now: minute(100)) == nil)
  }

  @Test func `a wait that ends, also when an event comes before time is advanced`() throws {
    var desk = try desk()
    _ = try desk.take(.none, .join)
    _ = try desk.wait(until: minute(60))
    let late = try desk.take("too late", at: minute(180))
    #expect(texts(late) == ["Nudge"])
    #expect(late.journeys.map(\.event) == [.completed])
  }

  @Test func `another branch, the goal, the exit and a stop`() throws {
    let local = known(["city": "上海"])
    var desk = try desk(#""enter":"afterLeaving","#)
    _ = try desk.take(.none, .join, person: local)
    #expect(texts(try desk.wait(until: minute(60), person: local)) == ["tea"])
    for (kind, event): (InteractionKind, JourneyChange.Event) in [
      (.purchase, .reachedGoal), (.dislike, .exited), (.leave, .stopped),
    ] {
      #expect(try desk.take(.none, .join, at: minute(61)).journeys.map(\.event).first == .entered)
      #expect(try desk.take(.none, kind, at: minute(62)).journeys.map(\.event) == [event])
      #expect(try desk.take("answer", at: minute(63)).journeys.isEmpty)
    }
  }

  @Test(arguments: [
    ("", [false, false]), (#""enter":"afterLeaving","#, [false, true]), (#""enter":"restart","#, [true, true]),
  ])
  func `entering twice`(_ more: String, _ enters: [Bool]) throws {
    var desk = try desk(more)
    _ = try desk.take(.none, .join)
    #expect(try desk.take(.none, .join, at: minute(1)).journeys.contains { $0.event == .entered } == enters[0])
    _ = try desk.take(.none, .purchase, at: minute(2))
    #expect(try desk.take(.none, .join, at: minute(3)).journeys.contains { $0.event == .entered } == enters[1])
  }

  @Test func `a running version is replaced`() throws {
    func replaced(_ more: String, pause: String = "pause") throws -> RuleOutcome {
      var desk = try desk()
      _ = try desk.take(.none, .join)
      try desk.book.add(try JourneyDefinition(jsonText: Self.welcome(more, version: 2, pause: pause)))
      return try desk.wait(until: minute(60))
    }
    #expect(texts(try replaced("")) == ["Question"])
    #expect(try replaced("", pause: "rest").journeys.map(\.event) == [.replaced])
    #expect(try replaced(#""replace":"leave","#).journeys.map(\.event) == [.replaced])
    #expect(texts(try replaced(#""replace":"restart","#)) == ["Welcome"])
    var other = try desk()
    _ = try other.take(.none, .join)
    other.book.removeJourney("welcome")
    #expect(try other.wait(until: minute(60)).actions.isEmpty)
  }

  @Test func `starts and stops are proposals: due later, expiring, suppressed, taken back`() throws {
    func rule(_ name: String, _ kind: String, _ action: String, _ more: String) -> String {
      #"{"name":"\#(name)","on":["\#(kind)"],"then":[{"do":"\#(action)","with":{"journey":"welcome"}\#(more)}]}"#
    }
    let rules = [
      rule("start", "join", "startJourney", #","after":"600s","valid":"3600s""#),
      rule("stop", "leave", "stopJourney", #","after":"60s""#),
    ]
    var desk = try Desk(rules, journeys: [Self.welcome(#""enter":"afterLeaving","#)])
    let joined = try desk.take(.none, .join)
    let start = try #require(joined.actions.first)
    #expect(joined.summary == ["start: proposed"] && joined.journeys.isEmpty && start.due == minute(10))
    #expect(desk.book.due(desk.memory, now: minute(0)) == minute(10))
    #expect(try desk.wait(until: minute(9)).journeys.isEmpty)
    #expect(try desk.wait(until: minute(10)).journeys.map(\.event) == [.entered, .waits(step: "pause")])
    #expect(try desk.take(.none, .leave, at: minute(20)).journeys.isEmpty)
    #expect(try desk.wait(until: minute(21)).journeys.map(\.event) == [.stopped])
    // Looked at too late, it starts no more.
    _ = try desk.take(.none, .join, at: minute(30))
    #expect(try desk.wait(until: minute(101)).journeys.isEmpty)
    // One that was given up is as if it had never been, before it was due and after.
    for wait in [0, 30] {
      let again = try #require(try desk.take(.none, .join, at: minute(200 + wait)).actions.first)
      if wait > 0 { #expect(try desk.wait(until: minute(240)).journeys.contains { $0.event == .entered }) }
      try desk.take(
        nil, RuleVocabulary.undelivered, at: minute(241), role: .automation,
        cause: .init(rule: "start", action: again.id))
      #expect(try desk.wait(until: minute(500)).journeys.isEmpty && desk.book.due(desk.memory, now: minute(500)) == nil)
    }
    let late = try desk.take(.none, .join, at: minute(600), suppression: .late)
    #expect(late.summary == ["start: suppressed: late"])
    #expect(try desk.wait(until: minute(700)).journeys.isEmpty)
  }

  @Test func `guards hold for journeys too`() throws {
    let guards = RuleGuards(caps: [try FrequencyCap("one", limit: 1, within: .days(1), of: .rule("welcome"))])
    var desk = try Desk(Self.rules, journeys: [Self.welcome()], guards: guards)
    #expect(try desk.take(.none, .join).summary == ["start: proposed", "welcome: proposed"])
    #expect(try desk.wait(until: minute(60)).summary == ["welcome: suppressed: frequencyCap"])
  }

  @Test(arguments: [
    #"{"name":"j","steps":[]}"#, #"{"name":"j","steps":[{"name":"end","wait":"1s"}]}"#,
    #"{"name":"j","steps":[{"name":"a","wait":"1s","go":"b"}]}"#,
    #"{"name":"j","steps":[{"name":"a","wait":"1s"},{"name":"a","wait":"1s"}]}"#,
    #"{"name":"j","steps":[{"name":"a","do":[],"go":"b"},{"name":"b","do":[],"go":"a"}]}"#,
    #"{"name":"j","steps":[{"name":"a","until":"event.nothing","within":"1s"}]}"#,
  ])
  func `journeys that make no sense are refused`(_ text: String) throws {
    let journey = try JourneyDefinition(jsonText: text)
    #expect(try JourneyDefinition(jsonText: journey.jsonText) == journey || journey.steps.isEmpty)
    #expect(throws: RuleFault.self) { try RuleBook(vocabulary(), journeys: [journey]) }
  }

  @Test func `the JSON form is read and written back`() throws {
    let journey = try JourneyDefinition(jsonText: Self.welcome(#""enter":"restart","replace":"leave","#))
    #expect(try JourneyDefinition(jsonText: journey.jsonText) == journey)
  }
}
