import DenseData
import RuleEngine
import SCRMModel
import Testing

private let carla = PersonID(high: 3, low: 3)

/// Patterns and tallies that watch a thread or a value together, whoever takes part.
@Suite struct SharedPatternTests {
  /// A book with what it remembers of several people and of what they share, through its bytes each time.
  private struct Hall {
    var book: RuleBook
    var memories: [PersonID: RuleMemory] = [:]
    var shared = SharedRuleMemory()
    var number = 0

    init(_ rules: [String]) throws { book = try RuleBook(vocabulary(), rules: rules.map { try definition($0) }) }

    mutating func say(
      _ person: PersonID, _ text: String, _ thread: String, at time: Int, role: ActorRole = .customer,
      properties: ValueMap = [:]
    ) throws -> [String] {
      number += 1
      var interaction = said(text, .comment, id: "e\(number)", role: role)
      interaction.occurred = minute(time)
      interaction.context.thread = thread
      interaction.properties = properties
      var facts = known([:], person)
      facts.now = minute(time)
      return try take(
        RuleOccurrence(RuleInput(interaction: interaction, person: facts), at: LogPosition(UInt64(number))))
    }

    mutating func wait(_ person: PersonID, until time: Int) throws -> [String] {
      number += 1
      var facts = known([:], person)
      facts.now = minute(time)
      return try take(RuleOccurrence(RuleOccasion(person: facts), at: LogPosition(UInt64(number))))
    }

    func due(_ person: PersonID) -> Instant? {
      memories[person].flatMap { book.due($0, now: minute(0)) }
    }

    private mutating func take(_ occurrence: RuleOccurrence) throws -> [String] {
      var memory = try RuleMemory(bytes: (memories[occurrence.person.id] ?? RuleMemory()).bytes)
      shared = try SharedRuleMemory(bytes: shared.bytes)
      var scratch = RuleScratch(book)
      let outcome = book.evaluate(occurrence, memory: &memory, shared: &shared, using: &scratch)
      memories[occurrence.person.id] = memory
      return outcome.summary
    }
  }

  private static let silence = #"""
    {"name":"no-reply","on":["comment"],"pattern":{"name":"silence","key":"thread","steps":[
      {"begin":"complaint","when":"event.text.contains('投诉')"},
      {"notFollowedBy":"reply","when":"event.text.contains('sorry')"}],"within":"1800s"},
     "then":[{"do":"alert","with":{"text":"nobody replied"}}]}
    """#

  @Test func `an answer by anybody in the thread ends the wait of whoever asked`() throws {
    var hall = try Hall([Self.silence])
    #expect(try hall.say(anna, "投诉", "a", at: 0).isEmpty)
    #expect(try hall.say(anna, "投诉", "b", at: 1).isEmpty)
    #expect(try hall.say(berta, "sorry", "a", at: 10).isEmpty)
    #expect(try hall.wait(anna, until: 30).isEmpty)
    // Only the other thread is left.
    #expect(try hall.wait(anna, until: 32) == ["no-reply: proposed"])
    #expect(try hall.wait(anna, until: 99).isEmpty)
    #expect(hall.due(anna) == nil && hall.due(berta) == nil)
    #expect(hall.shared == SharedRuleMemory())
  }

  @Test func `two threads that come to something at once give a proposal each`() throws {
    var hall = try Hall([Self.silence])
    for thread in ["a", "b"] { #expect(try hall.say(anna, "投诉", thread, at: 0).isEmpty) }
    #expect(try hall.wait(anna, until: 60) == ["no-reply: proposed", "no-reply: proposed"])
  }

  @Test func `a sequence of several people is told to whoever completes it`() throws {
    var hall = try Hall([
      #"""
      {"name":"pile-on","pattern":{"name":"p","key":"thread","steps":[{"begin":"x","when":"event.text == 'x'"},
       {"followedBy":"y","when":"event.text == 'y'","times":2}],"within":"600s","skip":"skipPastLastEvent"},
       "then":[{"do":"alert","with":{"text":"!"}}]}
      """#
    ])
    #expect(try hall.say(anna, "x", "a", at: 0).isEmpty)
    #expect(try hall.say(berta, "y", "b", at: 1).isEmpty)
    #expect(try hall.say(berta, "y", "a", at: 2).isEmpty)
    #expect(try hall.say(carla, "y", "a", at: 3) == ["pile-on: proposed"])
    #expect(try hall.say(carla, "y", "a", at: 4).isEmpty)
  }

  @Test func `a tally of different people, per value of a fact`() throws {
    var hall = try Hall([
      #"""
      {"name":"storm","tally":{"name":"stars","key":{"fact":"event.properties.order"},"where":"event.text == 'bad'",
       "sum":"property.stars","atLeast":6,"within":"3600s"},"then":[{"do":"alert","with":{"text":"storm"}}]}
      """#
    ])
    func rate(_ person: PersonID, _ order: String, _ stars: Int64, at time: Int, _ text: String = "bad") throws
      -> [String]
    {
      try hall.say(person, text, "t", at: time, properties: ["order": .string(order), "stars": .int(stars)])
    }
    #expect(try rate(anna, "7", 3, at: 0).isEmpty)
    #expect(try rate(berta, "8", 3, at: 1).isEmpty)
    #expect(try rate(berta, "7", 2, at: 2).isEmpty)
    #expect(try rate(carla, "7", 5, at: 3, "good").isEmpty)
    #expect(try rate(carla, "7", 1, at: 60) == ["storm: proposed"])
    #expect(try rate(carla, "7", 9, at: 60).isEmpty)
    // What is older than an hour has left.
    #expect(try rate(anna, "8", 3, at: 62).isEmpty)
  }

  @Test func `tallies count and count different ones for a person, and again after they fell`() throws {
    var desk = try Desk([
      #"""
      {"name":"often","on":["comment"],"tally":{"name":"n","count":true,"atLeast":3,"within":"600s"},
       "then":[{"do":"tag","with":{"tag":"often"}}]}
      """#,
      #"""
      {"name":"wide","on":["comment"],"tally":{"name":"d","distinct":"event.thread","atLeast":2,"within":"600s"},
       "then":[{"do":"tag","with":{"tag":"wide"}}]}
      """#,
    ])
    func say(_ thread: String, _ time: Int) throws -> [String] {
      try desk.take("x", at: minute(time)) { $0.context.thread = thread }.summary
    }
    #expect(try say("a", 0).isEmpty)
    #expect(try say("a", 1).isEmpty)
    #expect(try say("b", 2) == ["often: proposed", "wide: proposed"])
    #expect(try say("b", 3).isEmpty)
    #expect(try say("b", 20).isEmpty)
    #expect(try say("b", 21).isEmpty)
    #expect(try say("b", 22) == ["often: proposed"])
    let due = try #require(desk.book.due(desk.memory, now: minute(22)))
    #expect(try desk.wait(until: due).summary.isEmpty)
    #expect(try desk.wait(until: minute(99)).summary.isEmpty)
    #expect(desk.book.due(desk.memory, now: minute(99)) == nil)
  }

  /// With lateness an event waits; who did it learns of the completion when time comes, not whoever happens to be next.
  @Test func `events out of order complete a pattern for whoever did the last of them`() throws {
    let rule = #"""
      {"name":"xy","pattern":{"name":"p","key":"thread","lateness":"300s","steps":[
        {"begin":"x","when":"event.text == 'x'"},{"next":"y","when":"event.text == 'y'"}],"within":"3600s"},
       "then":[{"do":"alert","with":{"text":"!"}}]}
      """#
    var draw = SeededGenerator(seed: 5)
    for _ in 0..<(isSoak ? 2_000 : 40) {
      var hall = try Hall([rule])
      var events = [(anna, "x", 0), (berta, "y", 1), (carla, "z", 2), (anna, "x", 3), (anna, "y", 4)]
      events.shuffle(using: &draw)
      var told: [String] = []
      for (person, text, time) in events where try !hall.say(person, text, "t", at: time).isEmpty {
        told.append("\(person)")
      }
      for person in [carla, anna, berta] where try !hall.wait(person, until: 30).isEmpty { told.append("\(person)") }
      #expect(told.sorted() == ["\(anna)", "\(berta)"].sorted())
      for person in [anna, berta, carla] { #expect(hall.due(person).map { $0 > minute(30) } ?? true) }
    }
  }

  /// However the people of a thread take turns, each completion of an enumeration is told once, to one of them.
  @Test func `every completion is told exactly once`() throws {
    var draw = SeededGenerator(seed: 77)
    for _ in 0..<(isSoak ? 1_000 : 12) {
      var hall = try Hall([Self.silence])
      let people = [anna, berta, carla]
      var time = 0
      var expected = 0
      var told = 0
      var open: [String: [Int]] = [:]
      func close(_ thread: String, before time: Int) {
        expected += open[thread, default: []].count { $0 + 30 < time }
        open[thread, default: []].removeAll { $0 + 30 < time }
      }
      for _ in 0..<30 {
        // Everyone is looked at every minute, so that no two of a person fall due together in one thread.
        for _ in 0...draw.below(20) {
          time += 1
          for person in people { told += try hall.wait(person, until: time).count }
        }
        // An event at a time that has come already would be late.
        time += 1
        for thread in ["a", "b"] { close(thread, before: time) }
        let thread = ["a", "b"][draw.below(2)]
        let isAnswer = draw.below(3) == 0
        told += try hall.say(people[draw.below(3)], isAnswer ? "sorry" : "投诉", thread, at: time).count
        if isAnswer { open[thread] = [] } else { open[thread, default: []].append(time) }
      }
      for step in 0...40 { for person in people { told += try hall.wait(person, until: time + step).count } }
      for thread in ["a", "b"] { close(thread, before: time + 40) }
      #expect(told == expected)
      #expect(hall.shared == SharedRuleMemory())
    }
  }

  @Test func `a person is no key of its own facts, and a rule has a pattern or a tally`() throws {
    for part in [
      #""tally":{"name":"n","key":{"fact":"person.city"},"count":true,"atLeast":2,"within":"60s"}"#,
      #""tally":{"name":"n","count":true,"atLeast":2,"within":"60s"},"pattern":{"name":"p","steps":[{"begin":"a"}]}"#,
      #""tally":{"name":"n","sum":"event.nothing","atLeast":2,"within":"60s"}"#,
      #""keywords":{"any":["a"]},"tally":{"name":"n","count":true,"atLeast":2,"within":"60s"}"#,
    ] {
      let rule = #"{"name":"r","on":["comment"],\#(part),"then":[]}"#
      #expect(try RuleDefinition(jsonText: definition(rule).jsonText) == definition(rule))
      #expect(throws: RuleFault.self) { try Hall([rule]) }
    }
  }
}
