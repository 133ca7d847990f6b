import RuleEngine
import SCRMModel
import Testing

@Suite struct RuleTriggerTests {
  @Test func `rules look at their kinds, in registration order`() throws {
    var desk = try RuleDesk(
      rule("posts", on: [.post]), rule("all"), rule("talk", on: [.post, .comment, "quiz"]), rule("likes", on: [.like]))
    #expect(desk.take(said(nil, .post, id: "1")).rules == ["posts", "all", "talk"])
    #expect(desk.take(said(nil, .comment, id: "2")).rules == ["all", "talk"])
    #expect(desk.take(said(nil, "quiz", id: "3")).rules == ["all", "talk"])
    #expect(desk.take(said(nil, "other", id: "4")).rules == ["all"])
    #expect(desk.take(said(nil, .like, id: "5")).rules == ["all", "likes"])
  }

  @Test(
    arguments: [
      (KeywordTrigger(any: ["refund", "退款"]), "I want a REFUND!", ["refund"]),
      (KeywordTrigger(any: ["refund", "退款"]), "我要退款，谢谢", ["退款"]),
      (KeywordTrigger(any: ["refund", "退款"]), "refund 退款", ["refund", "退款"]),
      (KeywordTrigger(any: ["refund"]), "refunded", nil),
      (KeywordTrigger(any: ["refund"]), "ＲＥＦＵＮＤ", ["refund"]),
      (KeywordTrigger(any: ["café"]), "CAFE\u{301}", ["café"]),
      (KeywordTrigger(all: ["refund", "broken"]), "broken, so refund", ["refund", "broken"]),
      (KeywordTrigger(all: ["refund", "broken"]), "refund", nil),
      (KeywordTrigger(any: ["退款"], all: ["手机"], none: ["已经"]), "手机坏了要退款", ["退款", "手机"]),
      (KeywordTrigger(any: ["退款"], all: ["手机"], none: ["已经"]), "手机已经退款", nil),
      (KeywordTrigger(none: ["spam"]), "hello", []),
      (KeywordTrigger(none: ["spam"]), "spam", nil),
      (KeywordTrigger(any: ["refund"]), "", nil),
    ] as [(KeywordTrigger, String, [String]?)])
  func `keywords match all, any and none of`(trigger: KeywordTrigger, text: String, expected: [String]?) throws {
    let words = Rule("words", version: 1, keywords: trigger) { _ in
      true
    } propose: { context in
      Proposal("reply", parameters: ["words": .list(context.keywords.map { .string($0) })])
    }
    let actions = try RuleSet([words]).evaluate(RuleInput(interaction: said(text), person: facts()))
    #expect(actions.first?.parameters["words"] == expected.map { .list($0.map { .string($0) }) })
  }

  @Test func `texts of attachments are read too`() throws {
    var desk = try RuleDesk(rule("words", keywords: KeywordTrigger(all: ["refund", "手机"])))
    var interaction = said("refund please")
    #expect(desk.take(interaction).isEmpty)
    interaction.key = EventKey("test", "2")
    interaction.attachments = [Attachment(.image, url: "https://example.com/refund"), Attachment(.image, text: "我的手机")]
    #expect(desk.take(interaction).rules == ["words"])
    // A word is not put together across texts.
    interaction.key = EventKey("test", "3")
    interaction.text = LocalizedText("refund 手")
    interaction.attachments = [Attachment(.image, text: "机")]
    #expect(desk.take(interaction).isEmpty)
  }

  @Test func `words found for one interaction are forgotten for the next`() throws {
    var desk = try RuleDesk(
      rule("words", on: [.comment], keywords: KeywordTrigger(any: ["refund"])), rule("all", on: [.post]))
    #expect(desk.take(said("refund", id: "1")).rules == ["words"])
    #expect(desk.take(said(nil, id: "2")).isEmpty)
    #expect(desk.take(said("refund", .post, id: "3")).rules == ["all"])
    #expect(desk.take(said("thanks", id: "4")).isEmpty)
  }

  @Test func `entering one of the segments triggers, leaving or being in it does not`() throws {
    var desk = try RuleDesk(rule("welcome", entering: ["active", "buyers"]))
    #expect(desk.take(said(id: "1")).isEmpty)
    #expect(desk.take(said(id: "2"), changes: [entry("active", isEntry: false), entry("other")]).isEmpty)
    #expect(desk.take(said(id: "3"), changes: [entry("other"), entry("buyers")]).rules == ["welcome"])
  }

  @Test func `conditions see the interaction, the person, the changes and the words`() throws {
    var desk = try RuleDesk(
      rule("context", keywords: KeywordTrigger(any: ["refund"])) { context in
        context.interaction.kind == .comment && context.person.influence > 50 && context.changes.count == 1
          && context.keywords == ["refund"]
      })
    #expect(desk.take(said("refund", id: "1"), facts(influence: 60), changes: [entry("x")]).count == 1)
    #expect(desk.take(said("refund", id: "2"), facts(influence: 40), changes: [entry("x")]).isEmpty)
  }

  @Test func `what automation does and what a rule caused itself do not trigger it`() throws {
    var desk = try RuleDesk(rule("reply"), rule("other"))
    #expect(desk.take(said(id: "1", role: .automation)).isEmpty)
    #expect(desk.take(said(id: "2", cause: .init(rule: "reply"))).rules == ["other"])
    #expect(desk.take(said(id: "3", cause: .init(rule: "unknown"))).rules == ["reply", "other"])
    #expect(desk.take(said(id: "4", role: .staff)).rules == ["reply", "other"])
  }

  @Test func `repeated names and colliding names are refused`() {
    for names in [["a", "a"], ["8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ"]] {
      let error = #expect(throws: SCRMError.self) { try RuleSet(names.map { rule($0) }) }
      #expect(error?.code == .duplicateName)
    }
  }

  @Test(arguments: ["", "  ", "\u{301}", String(repeating: "长", count: 100_000)])
  func `an unusable keyword is an error that names its rule`(keyword: String) {
    for trigger in [KeywordTrigger(any: [keyword]), KeywordTrigger(all: [keyword]), KeywordTrigger(none: [keyword])] {
      let error = #expect(throws: SCRMError.self) {
        try RuleSet([rule("good", keywords: KeywordTrigger(any: ["x"])), rule("bad", keywords: trigger)])
      }
      #expect(error?.code == .invalidValue && error?.subject == "rule bad keywords")
    }
  }

  @Test func `the fingerprint tells everything apart that decides`() throws {
    let sets =
      try [
        [], [rule("a")], [rule("b")], [rule("a", version: 2)], [rule("a", on: [.post])], [rule("a", entering: ["x"])],
        [rule("a", keywords: KeywordTrigger(any: ["x"]))], [rule("a", keywords: KeywordTrigger(all: ["x"]))],
        [rule("a", keywords: KeywordTrigger(none: ["x"]))], [rule("a", purpose: .marketing)],
        [rule("a", channel: "sms")],
        [rule("a", cooldown: .seconds(1))], [rule("a"), rule("b")], [rule("b"), rule("a")],
      ].map { try RuleSet($0).fingerprint } + [RuleSet([], consentPolicy: ConsentPolicy(requiresGrant: [])).fingerprint]
    #expect(Set(sets).count == sets.count)
  }

  @Test func `why a rule would propose something or not`() throws {
    let set = try RuleSet([
      rule("refund", on: [.comment], keywords: KeywordTrigger(any: ["refund"])) { $0.person.influence > 0 },
      rule("welcome", entering: ["active"]),
    ])
    func why(_ name: String, _ interaction: Interaction, _ person: PersonFacts = facts()) -> Explanation? {
      set.explain(name, RuleInput(interaction: interaction, person: person))
    }
    #expect(why("refund", said("refund", .post))?.otherwise == "one of: comment")
    #expect(why("refund", said("hello"))?.otherwise == "a text with one of “refund”")
    #expect(why("refund", said("refund"))?.conclusion == "the condition of refund does not hold")
    #expect(why("refund", said("refund"), facts(influence: 1))?.conclusion == "refund proposes something")
    #expect(why("welcome", said())?.otherwise == "entering one of: active")
    #expect(why("unknown", said()) == nil)
  }
}
