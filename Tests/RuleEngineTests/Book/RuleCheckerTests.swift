import DenseData
import RuleEngine
import SCRMModel
import Testing

/// What is found in a set of rules before it goes live.
@Suite struct RuleCheckerTests {
  private func findings(_ rules: [String], journeys: [String] = []) throws -> [String] {
    let checker = RuleChecker(try vocabulary(), segments: ["vip"], scores: ["influence"])
    return try checker.check(
      rules.map { try definition($0) }, journeys: journeys.map { try JourneyDefinition(jsonText: $0) }
    ).map { "\($0.rule) \($0.part) \($0.code)" }
  }

  @Test(arguments: [
    ("person.points > 3 && person.points < 4", true), ("person.points > 3 && person.points < 5", false),
    ("event.type == 'post' && event.type in ['like', 'share']", true),
    ("event.text == 'abc' && event.text.contains('d')", true),
    ("event.text == 'abc' && event.text.contains('b')", false),
    ("event.text.startsWith('ab') && event.text.startsWith('b')", true),
    ("has(person.name) && !has(person.name)", true), ("influence.score > 3.0 && influence.score < 3.0", true),
    ("influence.score >= 3.0 && influence.score <= 3.0", false),
    // NaN is neither.
    ("!(influence.score > 3.0) && !(influence.score <= 3.0)", false),
    ("!(person.points > 3) && !(person.points <= 3)", true),
    ("(event.type == 'a' || event.type == 'b') && event.type != 'a' && event.type != 'b'", true),
    ("event.properties.x == 5 && event.properties.x == 5.0", false),
    ("person.points == 1 ? person.points == 2 : person.points == 1", true), ("false", true), ("true", false),
  ])
  func `conditions that can never hold`(_ condition: String, _ expected: Bool) throws {
    let json = RuleDefinition("r", when: .text(condition)).jsonText
    #expect(try findings([json]) == (expected ? ["r when contradiction"] : []))
  }

  /// No event matches a condition of which it is said that none can.
  @Test func `nothing is called contradictory that can hold`() throws {
    var draw = SeededGenerator(seed: 63)
    let vocabulary = try vocabulary()
    func term() -> String {
      let number = draw.below(4)
      return [
        "person.points > \(number)", "person.points <= \(number)", "person.points == \(number)",
        "influence.score < \(number).0", "influence.score == \(draw.below(2) == 0 ? "0.0" : "-0.0")",
        "event.text.contains('\(["a", "ab", "b"][draw.below(3)])')",
        "event.text == '\(["a", "ab", "b"][draw.below(3)])'",
        "event.text.startsWith('\(["a", "ab", "b"][draw.below(3)])')", "event.text in ['a', 'ab']",
      ][draw.below(9)]
    }
    func condition(_ depth: Int) -> String {
      switch depth == 0 ? 0 : draw.below(5) {
      case 0: term()
      case 1: "!(\(condition(depth - 1)))"
      case 2: "(\(condition(depth - 1)) || \(condition(depth - 1)))"
      default: "(\(condition(depth - 1)) && \(condition(depth - 1)))"
      }
    }
    var events: [RuleOccurrence] = []
    for text in ["", "a", "ab", "b", "ba", "abab"] {
      for points in 0..<5 {
        for score in [-0.0, 0, 0.5, 2, 9, .nan] {
          events.append(
            RuleOccurrence(
              RuleInput(interaction: said(text), person: known(["points": .int(Int64(points))], influence: score))))
        }
      }
    }
    var contradictory = 0
    for _ in 0..<1_500 {
      let rule = RuleDefinition("r", when: .text(condition(3)))
      guard RuleChecker(vocabulary).check([rule]).contains(where: { $0.code == .contradiction }) else { continue }
      contradictory += 1
      if contradictory > 60 { continue }
      let book = try RuleBook(vocabulary, rules: [rule])
      var scratch = RuleScratch(book)
      for event in events {
        var (memory, shared) = (RuleMemory(), SharedRuleMemory())
        let outcome = book.evaluate(event, memory: &memory, shared: &shared, using: &scratch)
        #expect(outcome.decisions.isEmpty, "\(rule.jsonText)")
      }
    }
    #expect(contradictory > 50, "\(contradictory)")
  }

  @Test func `rules that are unreachable, shadowed, the same or go in circles`() throws {
    let tag = #""then":[{"do":"tag","with":{"tag":"t"}}]"#
    #expect(
      try findings([
        #"{"name":"reach","on":["comment"],"when":"event.type == 'post'",\#(tag)}"#,
        #"{"name":"vips","on":[{"entered":"vips"}],"then":[{"do":"startJourney","with":{"journey":"none"}}]}"#,
        #"{"name":"fault","when":"event.nothing == 1"}"#,
      ]) == [
        "fault when fault", "reach when unreachable", "vips on[0] unknownName", "vips then[0].with.journey unknownName",
      ])
    let wide = #"{"name":"wide","on":["comment"],"priority":1,"when":"person.points > 3","group":"g"\#("")}"#
    let narrow = #"{"name":"narrow","on":["comment"],"when":"person.points > 5 && event.text == 'x'","group":"g"}"#
    #expect(try findings([wide, narrow]) == ["narrow priority shadowed"])
    #expect(
      try findings([wide.with(#""group""#, with: #""cooldown":"1s","group""#), narrow]).isEmpty)
    #expect(try findings([wide.with("3", with: "6"), narrow]).isEmpty)
    #expect(try findings([wide, narrow.with(#""g""#, with: #""h""#)]).isEmpty)
    #expect(
      try findings([#"{"name":"a","on":["post"],\#(tag)}"#, #"{"name":"b","on":["post"],\#(tag)}"#]) == [
        "b then duplicate"
      ])
    #expect(
      try findings([
        #"{"name":"again","on":[{"case":"closed"}],"then":[{"do":"openCase","with":{"category":"x"}}]}"#,
        #"{"name":"shut","on":[{"case":"open"}],"then":[{"do":"closeCase"}]}"#,
        #"{"name":"echo","on":["comment"],"by":["automation"],"then":[{"do":"reply","with":{"text":"x"}}]}"#,
        #"{"name":"calm","on":["comment"],"then":[{"do":"reply","with":{"text":"x"}}]}"#,
      ]) == ["again then loop", "echo then loop", "shut then loop"])
    #expect(
      try findings(
        [], journeys: [#"{"name":"j","steps":[{"name":"a","wait":"1s","go":"end"},{"name":"b","wait":"1s"}]}"#]) == [
          "j steps[1] unreachableStep"
        ])
  }
}
