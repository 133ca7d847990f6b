import RuleEngine
import SCRMModel
import Testing

/// Rules that wait for a pattern over time.
@Suite struct RulePatternTests {
  private static let silence = #"""
    {"name":"no-reply","on":["comment"],"pattern":{"name":"silence","key":"thread","steps":[
      {"begin":"complaint","when":"event.text.contains('投诉') && event.role == 'customer'"},
      {"notFollowedBy":"reply","when":"event.role == 'staff'"}],"within":"1800s"},
     "then":[{"do":"alert","with":{"text":"nobody replied"}}]}
    """#

  private func desk(_ rule: String) throws -> Desk {
    do { return try Desk([rule]) } catch { throw Failure(description: "\(error)") }
  }

  private struct Failure: Error, CustomStringConvertible { var description: String }

  @Test func `no reply within half an hour, per thread`() throws {
    var desk = try desk(Self.silence)
    func say(_ text: String, _ thread: String, _ time: Int, _ role: ActorRole = .customer) throws -> [String] {
      try desk.take(text, at: minute(time), role: role) { $0.context.thread = thread }.summary
    }
    #expect(try say("我要投诉", "a", 0).isEmpty)
    #expect(try say("投诉", "b", 5).isEmpty)
    #expect(try say("sorry", "b", 10, .staff).isEmpty)
    #expect(try say("hello?", "a", 20).isEmpty)
    let due = try #require(desk.book.due(desk.memory, now: minute(20)))
    #expect(due > minute(30) && due <= minute(31))
    #expect(try desk.wait(until: minute(29)).summary.isEmpty)
    let outcome = try desk.wait(until: due)
    #expect(outcome.summary == ["no-reply: proposed"])
    #expect(outcome.actions[0].explanation.text.contains("complaint: event"))
    #expect(try desk.wait(until: minute(90)).summary.isEmpty)
    #expect(desk.book.due(desk.memory, now: minute(90)) == nil)
  }

  @Test func `a sequence, then its condition, and another version begins anew`() throws {
    let rule = #"""
      {"name":"three","version":1,"pattern":{"name":"p","steps":[{"begin":"l","when":"event.type == 'like'","times":3}],
       "within":"3600s","skip":"skipPastLastEvent"},"when":"person.points > 1","then":[{"do":"tag","with":{"tag":"fan"}}]}
      """#
    var desk = try desk(rule)
    let rich = known(["points": 2])
    func like(_ time: Int) throws -> Bool {
      try !desk.take(.none, .like, at: minute(time), person: rich).actions.isEmpty
    }
    #expect(try [like(0), like(1), like(2), like(3), like(4), like(5)] == [false, false, true, false, false, true])
    #expect(try [like(100), like(101)] == [false, false])
    try desk.book.replace(definition(rule.with(#""version":1"#, with: #""version":2"#)))
    #expect(try [like(102), like(103), like(104)] == [false, false, true])
  }

  @Test func `an explanation says how far a pattern or tally has come`() throws {
    var desk = try Desk([
      Self.silence,
      #"""
      {"name":"often","on":["comment"],"tally":{"name":"n","count":true,"atLeast":3,"within":"600s"},
       "when":"person.points > 1","then":[]}
      """#,
    ])

    func explained(_ rule: String, _ text: String, at time: Int, points: Int64? = nil) throws -> RuleExplanation {
      var interaction = said(text, .comment, id: "asked")
      interaction.occurred = minute(time)
      interaction.context.thread = "a"
      var person = known(points.map { ["points": .int($0)] } ?? [:])
      person.now = minute(time)
      let occurrence = RuleOccurrence(
        RuleInput(interaction: interaction, person: person), at: LogPosition(UInt64(100 + time)))
      return try #require(desk.book.explain(rule, occurrence, memory: desk.memory, shared: desk.shared))
    }
    #expect(try explained("no-reply", "hello", at: 0).conclusion == .silent(.pattern(["nothing is under way"])))
    try desk.take("投诉", at: minute(0)) { $0.context.thread = "a" }
    let waiting = try explained("no-reply", "hello", at: 1)
    #expect(waiting.lines[0] == "no-reply version 1 is silent: what it waits for is not complete")
    #expect(waiting.lines[1].hasPrefix("- complaint: event 1 at 2024-05-01T00:00:00Z; waits for"))
    #expect(try explained("often", "x", at: 1).conclusion == .silent(.pattern(["n: 2 of 3"])))
    try desk.take("x", at: minute(1))
    #expect(try explained("often", "x", at: 2).conclusion == .silent(.missing(["person.points"])))
    #expect(try explained("often", "x", at: 2, points: 1).conclusion == .silent(.condition))
    #expect(try explained("often", "x", at: 2, points: 2).conclusion == .acts)
    var person = known()
    person.now = minute(40)
    let later = RuleOccurrence(RuleOccasion(person: person), at: LogPosition(200))
    let acts = try #require(desk.book.explain("no-reply", later, memory: desk.memory, shared: desk.shared))
    #expect(acts.conclusion == .acts && acts.lines.contains { $0.contains("complaint: event 1") })
  }

  @Test func `patterns are of interactions, and their conditions are checked`() throws {
    #expect(throws: RuleFault.self) {
      try Desk([Self.silence.with(#"["comment"]"#, with: #"[{"entered":"vip"}]"#)])
    }
    #expect(throws: RuleFault.self) { try Desk([Self.silence.with("event.role", with: "event.rule")]) }
  }
}
