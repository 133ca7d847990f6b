import DenseData
import RuleEngine
import SCRMModel
import Testing

/// What holds proposals back, each with its reason.
@Suite struct GuardTests {
  private static func message(_ name: String, _ more: String = "", _ action: String = "") -> String {
    #"{"name":"\#(name)","on":["comment"],"then":[{"do":"message","with":{"text":"hi"}\#(action)}]\#(more)}"#
  }

  @Test func `rolling and calendar caps, by rule, tag and channel, all at once`() throws {
    let caps = [
      try FrequencyCap("burst", limit: 1, within: .rolling(.hours(1)), of: .rule("a")),
      try FrequencyCap("daily", limit: 2, within: .days(1), of: .tag("promo")),
      try FrequencyCap("sms", limit: 1, within: .days(2), of: .channel("sms")),
    ]
    var desk = try Desk(
      [
        Self.message("a", #","tags":["promo"]"#), Self.message("b", "", #","channel":"sms""#),
        Self.message("free", #","tags":["promo"],"transactional":true"#),
      ], guards: RuleGuards(caps: caps))
    let home = known(["timezone": "Asia/Shanghai"])
    func say(_ time: Int) throws -> [String] { try desk.take("x", at: minute(time), person: home).summary }
    // The day of Shanghai ends at 16:00 UTC.
    let start = 13 * hour
    #expect(try say(start) == ["a: proposed", "b: proposed", "free: proposed"])
    #expect(
      try say(start + 59) == ["a: suppressed: frequencyCap", "b: suppressed: frequencyCap", "free: proposed"])
    #expect(
      try say(start + 60) == ["a: proposed", "b: suppressed: frequencyCap", "free: proposed"])
    #expect(try say(start + 120).first == "a: suppressed: frequencyCap")
    #expect(try say(start + 180).first == "a: proposed")
    #expect(try say(start + day)[1] == "b: suppressed: frequencyCap")
    #expect(try say(start + day + 180)[1] == "b: proposed")
  }

  @Test func `quiet hours hold back or put off, by the clock of the person`() throws {
    let quiet = try QuietHours(from: 22 * 60, to: 8 * 60, postpones: true, channels: ["sms"])
    let silent = try QuietHours(from: 12 * 60, to: 13 * 60)
    let home = known(["timezone": "Asia/Shanghai"])
    var desk = try Desk(
      [
        Self.message("s", "", #","channel":"sms","valid":"60s""#), Self.message("m", "", #","channel":"mail""#),
        #"{"name":"t","on":["comment"],"then":[{"do":"tag","with":{"tag":"x"}}]}"#,
      ], guards: RuleGuards(quietHours: [quiet, silent]))
    // 23:30 in Shanghai.
    let night = try desk.take("x", at: minute(15 * hour + 30), person: home)
    #expect(night.summary == ["m: proposed", "s: proposed", "t: proposed"])
    let put = try #require(night.actions.first { $0.rule == "s" })
    #expect(put.due == minute(day) && put.expires == minute(day + 1))
    #expect(night.actions[0].due == nil)
    // 12:30 in Shanghai.
    #expect(
      try desk.take("x", at: minute(4 * hour + 30), person: home).summary == [
        "m: suppressed: quietHours", "s: suppressed: quietHours", "t: proposed",
      ])
    #expect(try desk.take("x", at: minute(5 * hour), person: home).summary[0] == "m: proposed")
  }

  @Test func `consent by purpose, and people who are not to be contacted`() throws {
    var desk = try Desk([
      Self.message("ad", #","purpose":"marketing""#), Self.message("help", "", #","channel":"sms""#),
    ])
    #expect(try desk.take("x").summary == ["ad: suppressed: consent", "help: proposed"])
    let willing = known(consents: [ConsentStatement(.granted, .marketing)])
    #expect(try desk.take("x", person: willing).summary == ["ad: proposed", "help: proposed"])
    for (value, expected): (Value, [String]) in [
      (.bool(true), ["ad: suppressed: consent", "help: suppressed: doNotContact"]),
      (.bool(false), ["ad: suppressed: consent", "help: proposed"]),
      (.list(["mail"]), ["ad: suppressed: consent", "help: proposed"]),
      ("sms", ["ad: suppressed: consent", "help: suppressed: doNotContact"]),
      (.int(7), ["ad: suppressed: consent", "help: suppressed: doNotContact"]),
    ] {
      #expect(try desk.take("x", person: known(["do_not_contact": value])).summary == expected)
    }
  }

  @Test func `budgets of everyone and of each person`() throws {
    let budgets = [
      try BudgetCap("all", limit: 1, days: 1), try BudgetCap("each", limit: 0.5, of: .tag("t"), perPerson: true),
    ]
    var desk = try Desk(
      [Self.message("a", #","tags":["t"]"#, #","cost":0.3"#), Self.message("b", "", #","cost":0.4"#)],
      guards: RuleGuards(budgets: budgets))
    #expect(try desk.take("x").summary == ["a: proposed", "b: proposed"])
    #expect(try desk.take("x").summary == ["a: suppressed: budget", "b: suppressed: budget"])
    desk.memory = RuleMemory()
    #expect(try desk.take("x", person: known([:], berta)).summary == ["a: proposed", "b: suppressed: budget"])
    #expect(
      try desk.take("x", at: minute(day), person: known([:], berta)).summary == [
        "a: suppressed: budget", "b: proposed",
      ])
  }

  @Test func `a rule is not set off by what it led to, and chains end`() throws {
    var desk = try Desk(
      ["a", "b", "c"].map { Self.message($0, #","by":["automation","customer"],"when":"event.text == '\#($0)'""#) },
      guards: RuleGuards(maximumDepth: 2))
    let first = try desk.take("a").actions[0]
    func caused(_ text: String, by action: ProposedAction) throws -> RuleOutcome {
      try desk.take(text, role: .automation, cause: .init(rule: action.rule, action: action.id))
    }
    #expect(try caused("a", by: first).summary == ["a: suppressed: loop"])
    let second = try caused("b", by: first)
    #expect(second.summary == ["b: proposed"])
    #expect(try caused("a", by: second.actions[0]).summary == ["a: suppressed: loop"])
    #expect(try caused("c", by: second.actions[0]).summary == ["c: suppressed: loop"])
    #expect(try desk.take("a", role: .automation, cause: .init(rule: "a")).summary == ["a: suppressed: loop"])
    #expect(try desk.take("a").summary == ["a: proposed"])
  }

  @Test func `the control group is left alone and recorded, as often as others are reached`() throws {
    var desk = try Desk([
      Self.message("offer", #","campaign":"spring","once":"person","control":{"share":0.5,"strata":["person.city"]}"#)
    ])
    var arms: [Bool: Int] = [:]
    for number in 0..<200 {
      desk.memory = RuleMemory()
      let person = known(["city": number % 2 == 0 ? "上海" : "北京"], PersonID(high: UInt64(number), low: 1))
      let action = try #require(try desk.take("x", person: person).actions.first)
      let experiment = try #require(action.experiment)
      #expect(experiment.name == "spring" && experiment.stratum.count == 1)
      #expect(action.isProposed != experiment.isHeldOut)
      arms[experiment.isHeldOut, default: 0] += 1
      let again = try desk.take("x", person: person).actions[0]
      #expect(again.disposition == .suppressed(.once) && again.experiment == experiment)
      #expect(try ProposedAction(jsonText: again.jsonText) == again)
    }
    #expect(arms[true, default: 0] > 70 && arms[false, default: 0] > 70)
  }

  @Test func `what was imported or came late is recorded, and leaves no trace in caps`() throws {
    let guards = RuleGuards(caps: [try FrequencyCap("one", limit: 1, within: .days(1))])
    var desk = try Desk([Self.message("a")], guards: guards)
    #expect(try desk.take("x", suppression: .backfill).summary == ["a: suppressed: backfill"])
    #expect(try desk.take("x", suppression: .late).summary == ["a: suppressed: late"])
    #expect(try desk.take("x").summary == ["a: proposed"])
  }

  /// No span and no run of days ever holds more contacts than a cap allows, whichever rules, delays, channels and zones.
  @Test func `caps are never exceeded under any interleaving`() throws {
    var draw = SeededGenerator(seed: 61)
    for _ in 0..<(isSoak ? 10_000 : 150) {
      let names = ["a", "b", "c"]
      let caps = try (0..<(1 + draw.below(3))).map { number in
        let window: FrequencyCap.Window =
          draw.below(2) == 0 ? .rolling(.minutes(10 + draw.below(3_000))) : .days(1 + draw.below(3))
        let scope: GuardScope = [.everything, .rule("a"), .tag("t"), .channel("sms")][draw.below(4)]
        return try FrequencyCap("cap\(number)", limit: draw.below(4), within: window, of: scope)
      }
      var desk = try Desk(
        names.enumerated().map { place, name in
          Self.message(
            name, place == 1 ? #","tags":["t"]"# : "",
            (place == 2 ? #","channel":"sms""# : "") + #","after":"\#(1 + draw.below(200_000))s""#)
        }, guards: RuleGuards(caps: caps))
      let person = known(draw.below(2) == 0 ? [:] : ["timezone": "Asia/Shanghai"])
      let zone = person.record.timeZone == nil ? ZoneRules.utc : shanghai
      var time = 0
      var sent: [ProposedAction] = []
      for _ in 0..<40 {
        time += draw.below(400)
        sent += try desk.take("x", at: minute(time), person: person).actions.filter(\.isProposed)
      }
      for cap in caps {
        let times = sent.filter { action in
          switch cap.scope {
          case .everything: true
          case .rule(let name): action.rule == name
          case .tag: action.rule == "b"
          case .channel(let name): action.channel == name
          }
        }.compactMap(\.due).sorted()
        for start in times.indices {
          let count = times[start...].prefix { later in
            switch cap.window {
            case .rolling(let span): later.duration(since: times[start]) < span
            case .days(let count): Int(zone.day(of: later)) - Int(zone.day(of: times[start])) < count
            }
          }.count
          #expect(count <= cap.limit)
        }
      }
    }
  }

  @Test(arguments: [
    #"{"caps":[{"name":"a","limit":1}]}"#, #"{"caps":[{"name":"a","limit":1,"days":1,"span":"60s"}]}"#,
    #"{"caps":[{"name":"a","limit":1,"days":1,"tag":"x","rule":"y"}]}"#, #"{"quiet":[{"from":"24:00","to":"08:00"}]}"#,
    #"{"quiet":[{"from":"08:00","to":"08:00"}]}"#, #"{"budgets":[{"name":"b","limit":-1}]}"#, #"{"cap":[]}"#,
  ])
  func `guards that make no sense are refused`(_ text: String) {
    #expect(throws: JSONError.self) { try RuleGuards(jsonText: text) }
  }

  @Test func `guards are read and written back`() throws {
    let text =
      #"{"caps":[{"name":"a","limit":2,"days":1,"tag":"t"},{"name":"b","limit":1,"span":"60s"}],"quiet":[{"from":"22:05","to":"08:00","postpone":true,"channels":["sms"]}],"budgets":[{"name":"c","limit":5.0,"days":7,"perPerson":true}],"doNotContact":"dnc","grants":["marketing"],"depth":2}"#
    let guards = try RuleGuards(jsonText: text)
    #expect(guards.jsonText == text)
  }
}
