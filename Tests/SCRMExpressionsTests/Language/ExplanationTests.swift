import SCRMExpressions
import Testing

struct ExplanationTests {
  private func lines(_ text: String, _ values: [String: Value]) throws -> [String] {
    let environment = ruleEnvironment()
    return try environment.compile(text).explain(try activation(environment, values)).reasons.map(\.line)
  }

  @Test
  func thePartsThatDecidedAreTold() throws {
    let text = "event.type == 'comment' && (profile.city in ['上海'] || profile.influence > 20.5)"
    #expect(
      try lines(text, ["event.type": "comment", "profile.city": "Berlin", "profile.influence": 30.5]) == [
        "event.type == 'comment' is true (event.type = \"comment\")",
        "profile.influence > 20.5 is true (profile.influence = 30.5)",
      ])
    #expect(
      try lines(text, ["event.type": "like"]) == ["event.type == 'comment' is false (event.type = \"like\")"])
    #expect(
      try lines(text, ["event.type": "comment", "profile.influence": 1.5]) == [
        "profile.city in ['上海'] is undecided, missing profile.city (profile.city = nothing)"
      ])
    #expect(
      try lines("!(event.count / 0 > 1)", ["event.count": 1]) == [
        "event.count / 0 > 1 is failed, the divisor is zero (event.count / 0 = nothing)"
      ])
    #expect(
      try lines("tags.exists(t, t == 'vip') ? event.count > 1 : false", ["tags": ["vip"], "event.count": 2]) == [
        "tags.exists(t, t == 'vip') is true (tags = [\"vip\"])", "event.count > 1 is true (event.count = 2)",
      ])
  }

  @Test
  func valuesAreNotPrintedByAccident() throws {
    let environment = ruleEnvironment()
    let program = try environment.compile("profile.city == 'x'")
    let explanation = program.explain(try activation(environment, ["profile.city": "secret place"]))
    var dumped = ""
    dump(explanation, to: &dumped)
    #expect(
      !dumped.contains("secret") && !"\(explanation)".contains("secret") && !"\(explanation.reasons)".contains("secret")
    )
  }

  @Test
  func theWorstCaseBoundsWhatIsSpent() throws {
    let environment = ruleEnvironment()
    let filled = try activation(
      environment,
      [
        "tags": .list((0..<20).map { .string("tag\($0)") }), "event.text": .string(String(repeating: "退款 ", count: 20)),
        "event.type": "comment", "event.count": 3,
      ])
    for text in [
      "event.type == 'comment' && event.text.contains('退款')", "tags.exists(a, tags.all(b, a != b || size(a) > 2))",
      "event.text.replace(' ', event.text).size() > 3", "tags.map(t, t + event.text).join(', ').size() == 0",
      "'%s %s'.format([tags, tags]) == ''", "tags.map(t, tags).flatten().distinct().size() > 1",
      "event.text.split('').size() > 0",
      "event.text.matches('(退|款)+ $')", "event.text.matches(event.type)",
      "sets.equivalent(tags, tags.sort().reverse())",
      "cel.bind(x, tags + tags, x + x).size() == 80",
      "tags.transformMap(i, t, t).size() == 20 && event.text.indexOf('zz') < 0",
    ] {
      let program = try environment.compile(text)
      let bound = program.cost(assuming: .init(text: 200, elements: 20)).maximum
      #expect(throws: Never.self, "\(text) within \(bound)") { try program.evaluate(filled, budget: bound) }
    }
    let endless = try ExpressionEnvironment().compile(
      "lists.range(9).all(a, lists.range(9).all(b, lists.range(9).all(c, lists.range(9).all(d, true))))")
    #expect(endless.cost().maximum > 1 << 60)
  }
}
