import RuleEngine
import SCRMModel
import Testing

/// Which rules act, in which order.
@Suite struct RuleBookTests {
  private static func reply(_ name: String, _ more: String = "") -> String {
    #"{"name":"\#(name)","on":["comment"],"then":[{"do":"tag","with":{"tag":"t"}}]\#(more)}"#
  }

  @Test func `triggers, conditions and facts decide`() throws {
    var desk = try Desk([
      #"{"name":"refund","on":["comment","post"],"when":"event.text.contains('退款') && person.city == '上海'","then":[{"do":"openCase","with":{"category":"refund"}}]}"#,
      #"{"name":"vip","on":[{"entered":"vip"}],"then":[{"do":"tag","with":{"tag":"vip"}}]}"#,
      #"{"name":"bye","on":[{"left":"vip"}],"then":[{"do":"tag","with":{"tag":"bye"}}]}"#,
      #"{"name":"closed","on":[{"case":"closed"}],"when":"case.severity == 'high'","then":[{"do":"alert","with":{"text":"{case.id}"}}]}"#,
      #"{"name":"stars","on":["review"],"when":"property.stars < 3","then":[{"do":"alert","with":{"text":"{property.stars} stars for {event.properties.item|it}"}}]}"#,
      #"{"name":"all","then":[]}"#,
    ])
    let shanghai = known(["person.city": "上海", "city": "上海"])
    #expect(try desk.take("我要退款", person: shanghai).summary == ["all: matched", "refund: proposed"])
    #expect(try desk.take("我要退款").summary == ["all: matched"])
    #expect(try desk.take("hello", .like, person: shanghai).summary == ["all: matched"])
    #expect(try desk.take(.none, .like, changes: [entry("vip")]).summary == ["all: matched", "vip: proposed"])
    #expect(
      try desk.take(.none, .like, changes: [entry("vip", isEntry: false)]).summary == ["all: matched", "bye: proposed"])
    let closed = try desk.take(.none, "case") {
      $0.properties = ["case": "c-7", "status": "closed", "severity": "high"]
    }
    #expect(closed.actions.map(\.parameters) == [["text": "c-7"]])
    let review = try desk.take(.none, .review) { $0.properties = ["stars": 2, "item": "tea"] }
    #expect(review.actions.map(\.parameters) == [["text": "2 stars for tea"]])
    #expect(try desk.take(.none, .review) { $0.properties = ["stars": "many"] }.actions.isEmpty)
  }

  @Test func `scores and schedules set rules off`() throws {
    var desk = try Desk([
      #"{"name":"rise","on":[{"score":"influence"}],"when":"change.after > 50.0 && change.before <= 50.0","then":[{"do":"tag","with":{"tag":"star"}}]}"#,
      #"{"name":"morning","on":[{"schedule":{"start":"2024-05-02T08:00:00Z","every":"86400s"}}],"then":[{"do":"tag","with":{"tag":"m"}}]}"#,
    ])
    try desk.take("first")
    #expect(desk.book.due(desk.memory, now: minute(0)) == minute(day + 8 * hour))
    let risen = [ScoreChange("influence", before: 10, after: 60)]
    #expect(try desk.wait(until: minute(5), scores: risen).summary == ["rise: proposed"])
    #expect(try desk.wait(until: minute(6), scores: [.init("influence", before: 60, after: 70)]).summary.isEmpty)
    #expect(try desk.wait(until: minute(day)).summary.isEmpty)
    #expect(try desk.wait(until: minute(day + 8 * hour)).summary == ["morning: proposed"])
    #expect(try desk.wait(until: minute(day + 9 * hour)).summary.isEmpty)
    // Several times that passed at once set it off once.
    #expect(try desk.wait(until: minute(4 * day + 9 * hour)).summary == ["morning: proposed"])
  }

  @Test func `priority, exclusive groups and stops decide who acts`() throws {
    var desk = try Desk([
      Self.reply("b", #","group":"g""#), Self.reply("a", #","priority":1,"group":"g""#), Self.reply("c"),
      Self.reply("d", #","priority":-1,"stop":true"#), Self.reply("e", #","priority":-2"#),
    ])
    let outcome = try desk.take("x")
    #expect(outcome.summary == ["a: proposed", "c: proposed", "d: proposed"])
    #expect(outcome.passedOver.map { "\($0.rule) by \($0.by)" } == ["b by a", "e by d"])
    // A rule that acted before makes room.
    try desk.book.replace(definition(Self.reply("a", #","priority":1,"group":"g","cooldown":"3600s""#)))
    desk.memory = RuleMemory()
    _ = try desk.take("x")
    #expect(
      try desk.take("x", at: minute(1)).summary == [
        "a: suppressed: cooldown", "b: proposed", "c: proposed", "d: proposed",
      ])
  }

  @Test func `once and cooldown hold per person, session and thread`() throws {
    var desk = try Desk([
      Self.reply("p", #","once":"person""#), Self.reply("s", #","once":"session""#),
      Self.reply("t", #","once":"thread""#), Self.reply("w", #","cooldown":"60s""#),
    ])
    func say(_ session: String?, _ thread: String?, _ time: Int) throws -> [String] {
      try desk.take("x", at: minute(time)) {
        $0.context.session = session
        $0.context.thread = thread
      }.summary.filter { $0.hasSuffix("proposed") }.map { String($0.prefix(1)) }
    }
    #expect(try say("1", "a", 0) == ["p", "s", "t", "w"])
    #expect(try say("1", "b", 0) == ["t"])
    #expect(try say("2", "a", 1) == ["s", "w"])
    #expect(try say(nil, nil, 1) == ["s", "t"])
    #expect(try say(nil, nil, 1).isEmpty)
  }

  @Test func `validity, roles and missing data`() throws {
    var desk = try Desk([
      Self.reply("may", #","from":"2024-05-01T00:10:00Z","until":"2024-05-01T00:20:00Z""#),
      Self.reply("bots", #","by":["automation"]"#), Self.reply("skip", #","when":"person.points > 1""#),
      Self.reply("match", #","when":"person.points > 1","missing":"match""#),
      Self.reply("report", #","when":"person.points > 1","missing":"report""#),
    ])
    #expect(try desk.take("x").summary == ["match: proposed", "report: suppressed: missingData"])
    let poor = known(["points": 1])
    #expect(try desk.take("x", at: minute(10), person: poor).summary == ["may: proposed"])
    #expect(try desk.take("x", at: minute(20), person: poor).summary.isEmpty)
    #expect(try desk.take("x", person: poor, role: .automation).summary == ["bots: proposed"])
    #expect(
      try desk.take("x", person: known(["points": 2])).summary == [
        "match: proposed", "report: proposed", "skip: proposed",
      ])
  }

  @Test func `proposals carry what they need, or are refused`() throws {
    var desk = try Desk([
      #"{"name":"hi","on":["comment"],"then":[{"do":"reply","with":{"text":"Dear {person.name}, {{{event.text}}}"},"channel":"mail","after":"60s","valid":"3600s","escape":"html","length":40}]}"#,
      #"{"name":"trait","on":["comment"],"then":[{"do":"changeTrait","with":{"trait":"level","value":{"field":"person.points","else":0}}}]}"#,
    ])
    let named = known(["name": "A & B"])
    let action = try #require(try desk.take("<x>\u{7}", person: named).actions.first)
    #expect(action.parameters == ["text": "Dear A &amp; B, {&lt;x&gt; }"])
    #expect(action.due == minute(1) && action.expires == minute(61) && action.channel == "mail")
    let unknown = try desk.take("<x>")
    #expect(unknown.summary == ["hi: suppressed: unresolvedField", "trait: proposed"])
    #expect(unknown.actions[0].explanation.text.contains("person.name is not known"))
    #expect(unknown.actions[1].parameters == ["trait": "level", "value": 0])
    let long = try desk.take(String(repeating: "x", count: 50), person: named)
    #expect(long.summary.first == "hi: suppressed: unresolvedField")
  }

  @Test func `the same decision has the same id, another event another one`() throws {
    let one = try Desk([Self.reply("a")])
    var (first, second) = (one, one)
    let id = try first.take("x").actions.map(\.id)
    #expect(try second.take("x").actions.map(\.id) == id)
    #expect(try second.take("x").actions.map(\.id) != id)
    var other = one
    #expect(try other.take("x", person: known([:], berta)).actions.map(\.id) != id)
  }

  @Test func `rules are added, replaced and removed one by one`() throws {
    var desk = try Desk([Self.reply("a"), Self.reply("b")])
    #expect(desk.book.count == 2)
    #expect(throws: RuleFault.self) { try desk.book.add(definition(Self.reply("a"))) }
    #expect(throws: RuleFault.self) { try desk.book.replace(definition(Self.reply("c"))) }
    #expect(throws: RuleFault.self) { try desk.book.replace(definition(Self.reply("a", #","when":"nobody""#))) }
    #expect(desk.book.remove("b")?.name == "b" && desk.book.remove("b") == nil)
    try desk.book.replace(definition(Self.reply("a", #","when":"event.text == 'y'""#)))
    try desk.book.add(definition(Self.reply("c", #","when":"event.text == 'x'""#)))
    #expect(try desk.take("x").summary == ["c: proposed"])
    #expect(desk.book.rules.map(\.name) == ["a", "c"])
    let again = try RuleBook(vocabulary(), rules: desk.book.rules.reversed())
    #expect(again.fingerprint == desk.book.fingerprint)
  }

  @Test(arguments: [
    (#"{"name":"r","when":"event.tex == 'a'"}"#, "when"), (#"{"name":"r","when":"event.text"}"#, "when"),
    (#"{"name":"r","when":{"closure":"none"}}"#, "when"),
    (#"{"name":"r","then":[{"do":"reply","with":{"text":"{person.nam}"}}]}"#, "then[0].with.text"),
    (#"{"name":"r","control":{"share":0.1,"strata":["x"]}}"#, "control.strata[0]"),
  ])
  func `what cannot be taken in is named with its part`(_ json: String, _ part: String) throws {
    let rule = try definition(json)
    let fault = #expect(throws: RuleFault.self) { try RuleBook(vocabulary(), rules: [rule]) }
    #expect(fault?.part == part && fault?.rule == "r")
  }

  @Test func `keywords of all rules are looked for at once`() throws {
    let words = #""keywords":{"any":["refund","退款"],"none":["no refund"]}"#
    var desk = try Desk([
      #"{"name":"refund","on":["comment"],\#(words),"when":"person.points > 1","then":[{"do":"tag","with":{"tag":"t"}}]}"#,
      #"{"name":"near","on":["post"],"keywords":{"near":[{"words":["late","delivery"],"within":2}]}}"#,
      #"{"name":"any","keywords":{"any":["hello"]}}"#,
    ])
    let rich = known(["points": 2])
    let outcome = try desk.take("REFUND! hello", person: rich)
    #expect(outcome.summary == ["any: matched", "refund: proposed"])
    #expect(outcome.actions[0].explanation.text.contains("the text holds “refund”"))
    #expect(try desk.take("我要退款", person: rich).summary == ["refund: proposed"])
    #expect(try desk.take("我要退款").summary.isEmpty)
    #expect(try desk.take("refund, no refund", person: rich).summary.isEmpty)
    #expect(try desk.take("refund", .post, person: rich).summary.isEmpty)
    #expect(try desk.take("delivery is too late", .post).summary == ["near: matched"])
    desk.book.remove("any")
    try desk.book.add(definition(#"{"name":"bye","keywords":{"all":["bye"]}}"#))
    #expect(try desk.take("hello, bye").summary == ["bye: matched"])
    let explanation = desk.book.explain("refund", RuleOccurrence(RuleInput(interaction: said("hi"), person: rich)))
    if case .silent(.keywords)? = explanation?.conclusion {} else { Issue.record("\(explanation as Any)") }
    #expect(throws: RuleFault.self) { try desk.book.add(definition(#"{"name":"x","keywords":{"any":[""]}}"#)) }
  }

  @Test func `closures of the host decide and are explained`() throws {
    var desk = try Desk(
      [Self.reply("angry", #","when":{"closure":"angry"}"#)],
      closures: ["angry": { Judgement($0.interaction?.text?.text == "!!", evidence: [.init("two exclamation marks")]) }]
    )
    #expect(try desk.take("hm").summary.isEmpty)
    let outcome = try desk.take("!!")
    #expect(outcome.actions[0].explanation.evidence.map(\.fact).contains("two exclamation marks"))
  }
}
