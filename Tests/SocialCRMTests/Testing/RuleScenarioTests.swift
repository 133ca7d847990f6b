import SCRMTesting
import Testing

/// Tests of rules as documents, what they reach, and what would have changed.
@Suite struct RuleScenarioTests {
  private static let rules = #"""
    {"facts":[{"name":"person.points","type":"int","origin":"trait"}],"rules":[
      {"name":"refund","on":["comment"],"when":"event.text.contains('退款') && person.points >= 10",
       "then":[{"do":"openCase","with":{"category":"refund"}}],"cooldown":"3600s"},
      {"name":"star","on":[{"score":"influence"}],"when":"change.after > 50.0","then":[{"do":"tag","with":{"tag":"star"}}]}]}
    """#

  private static let scenarios = #"""
    [{"name":"a refund opens a case, once an hour","steps":[
      {"at":"2024-05-01T08:00:00Z"},
      {"given":"anna","traits":{"points":10}}, {"given":"ben","traits":{"points":9}},
      {"when":"ben","does":"comment","text":"我要退款"}, {"expect":"noAction"},
      {"when":"anna","does":"comment","text":"谢谢"}, {"expect":"noAction","by":"refund"},
      {"when":"anna","does":"comment","text":"我要退款","id":"c"}, {"expect":"action","kind":"openCase","by":"refund"},
      {"when":"anna","does":"comment","text":"退款!"}, {"expect":"suppressed","reason":"cooldown"},
      {"after":"3600s"}, {"when":"anna","does":"comment","text":"退款!"}, {"expect":"action","kind":"openCase"},
      {"when":"anna","takesBack":"c"}]},
     {"name":"stars","steps":[{"given":"anna"},{"publish":"influence","scores":{"anna":60}},
      {"expect":"action","kind":"tag","by":"star"},{"publish":"influence","scores":{"anna":40}},{"expect":"noAction"}]}]
    """#

  private func document() throws -> RuleDocument { try RuleDocument(jsonText: Self.rules) }
  private func scenarios(_ text: String = scenarios) throws -> [RuleScenario] {
    try RuleScenario.all(JSON(text: text))
  }

  @Test func `scenarios run, and one that fails says why with the terms`() async throws {
    let book = try document().book()
    for scenario in try scenarios() {
      let report = try await scenario.run(book)
      #expect(report.passed, "\(report)")
    }
    let failing = try scenarios(
      #"{"name":"too few","steps":[{"given":"ben","traits":{"points":9}},{"when":"ben","does":"comment","text":"退款"},{"expect":"action","kind":"openCase","by":"refund"}]}"#
    )
    let report = try await failing[0].run(book)
    #expect(!report.passed)
    #expect(report.description.contains("too few:3: "))
    #expect(report.description.contains("person.points >= 10 is false (person.points = 9)"))
  }

  @Test(arguments: [
    (#"{"name":"x","steps":[{"expect":"acton"}]}"#, "$.steps[0].expect"),
    (#"{"name":"x","steps":[{"given":"a","trait":{}}]}"#, "$.steps[0].trait"),
    (#"{"name":"x","steps":[{"when":"a"}]}"#, "$.steps[0]"),
    (#"[{"name":"x","steps":[{"after":"soon"}]}]"#, "$[0].steps[0].after"),
    (#"{"name":"x","steps":[{"expect":"suppressed","reason":"mood"}]}"#, "$.steps[0].reason"),
  ])
  func `what is wrong is named with its path`(_ text: String, _ path: String) throws {
    let error = #expect(throws: JSONError.self) { try scenarios(text) }
    #expect(error?.description.hasPrefix(path + ":") ?? false, "\(error?.description ?? "")")
  }

  @Test func `coverage names what no scenario reaches`() async throws {
    let book = try document().book()
    let configuration = SocialCRM.Configuration(segments: try SegmentSet([]), rules: book)
    let all = try scenarios().map { $0.scenario(configuration) }
    let coverage = try await RuleCoverage(of: book, by: all)
    #expect(coverage.rules.map(\.name) == ["refund", "star"])
    #expect(coverage.rules[0].isCovered && coverage.rules[0].suppressed == 1)
    let some = try await RuleCoverage(of: book, by: [])
    #expect(some.share == 0 && some.gaps.contains("refund: person.points >= 10 never holds"))
    #expect(coverage.share > some.share)
  }

  @Test func `mutations that no scenario notices are named`() async throws {
    let none = try await RuleMutation.survivors(of: document(), scenarios: scenarios())
    // Whether 50 itself is enough is not tested.
    #expect(none.map(\.change) == ["change.after > 50.0 to change.after >= 50.0"])
    let weaker = try scenarios(Self.scenarios.replacing(#""points":10"#, with: #""points":20"#))
    let survivors = try await RuleMutation.survivors(of: document(), scenarios: weaker)
    #expect(survivors.count > none.count)
    #expect(RuleMutation.all(of: try document().rules[0]).count >= 6)
  }

  @Test func `a dry run shows what would have changed`() async throws {
    func comment(_ text: String, _ number: Int) -> Interaction {
      let time = Instant(secondsSinceEpoch: 1_714_550_400 + Int64(number) * 7_200) ?? .epoch
      var interaction = Interaction(
        key: EventKey("test", "\(number)"), kind: .comment, actor: Party(.email, "a@example.com"), at: time,
        received: time)
      interaction.text = LocalizedText(text)
      return interaction
    }
    let log = (0..<20).map { comment($0 % 2 == 0 ? "退款" : "谢谢", $0) }
    var known = comment("", -1)
    known.kind = .identify
    known.traits = ["points": 12]
    func run(_ change: (inout RuleDocument) -> Void) async throws -> RuleDryRun {
      var document = try document()
      change(&document)
      return try await RuleDryRun(
        of: log, known: [known],
        with: SocialCRM.Configuration(segments: try SegmentSet([]), rules: try document.book()))
    }
    let before = try await run { _ in }
    #expect(before.matches.count == 10 && before.refused.isEmpty)
    #expect(try await run { _ in }.difference(from: before).isEmpty)
    let calmer = try await run { $0.rules[0].cooldown = .hours(10) }.difference(from: before)
    #expect(calmer.added.isEmpty && calmer.removed.isEmpty && calmer.changed.count == 6)
    let other = try await run { $0.rules[0].condition = .text("event.text.contains('谢谢')") }.difference(from: before)
    #expect(other.added.count == 10 && other.removed.count == 10)
  }
}
