import DenseData
import RuleEngine
import SCRMModel
import Testing

/// Why rules act and why they are silent.
@Suite struct RuleExplanationTests {
  private func occurrence(_ text: String?, _ person: PersonFacts = known()) -> RuleOccurrence {
    RuleOccurrence(RuleInput(interaction: said(text), person: person))
  }

  @Test func `the terms that held are named with their values, and what stopped a rule`() throws {
    let desk = try Desk([
      #"{"name":"r","on":["comment"],"when":"event.text.contains('退款') && influence.score > 20.0","then":[{"do":"reply","with":{"text":"x"}}],"purpose":"marketing","group":"g"}"#,
      #"{"name":"first","on":["comment"],"priority":1,"when":"event.text.contains('first')","group":"g"}"#,
      #"{"name":"posts","on":["post"]}"#, #"{"name":"later","from":"2030-01-01T00:00:00Z"}"#,
      #"{"name":"points","when":"person.points > 1"}"#, #"{"name":"staff","by":["staff"]}"#,
      #"{"name":"broken","when":"1 / (size(event.text) - 2) == 0"}"#,
    ])
    func conclusion(_ rule: String, _ text: String, _ person: PersonFacts = known()) -> RuleExplanation.Conclusion? {
      desk.book.explain(rule, occurrence(text, person))?.conclusion
    }
    let star = known(influence: 30, consents: [ConsentStatement(.granted, .marketing)])
    #expect(conclusion("r", "我要退款", star) == .acts)
    #expect(conclusion("r", "我要退款", known(influence: 30)) == .suppressed(.consent))
    #expect(conclusion("r", "我要退款 first", star) == .silent(.passedOver(by: "first")))
    #expect(conclusion("r", "hello", star) == .silent(.condition))
    #expect(conclusion("posts", "x") == .silent(.notTriggered))
    #expect(conclusion("later", "x") == .silent(.notValid))
    #expect(conclusion("points", "x") == .silent(.missing(["person.points"])))
    #expect(conclusion("staff", "x") == .silent(.cause(.customer)))
    #expect(desk.book.explain("nobody", occurrence("x")) == nil)
    if case .silent(.failed)? = conclusion("broken", "退款") {} else { Issue.record("a division by zero fails") }
    let lines = try #require(desk.book.explain("r", occurrence("我要退款", star))).lines
    #expect(lines[0] == "r version 1 acts")
    #expect(lines.contains("- influence.score > 20.0 is true (influence.score = {\"$double\":\"30.0\"})"))
    // What is stored with the action names terms, not values.
    let action = try #require(desk.book.explain("r", occurrence("我要退款", star))?.actions.first)
    #expect(!action.explanation.text.contains("我要"))
    #expect(action.explanation.evidence.map(\.fact).contains("influence.score > 20.0 is true"))
  }

  /// The deciding terms alone, recomputed from the values they are said to have seen, give the decision.
  @Test func `explanation terms recomputed give the decision`() throws {
    var draw = SeededGenerator(seed: 62)
    func term() -> String {
      [
        "event.text.contains('退')", "event.text == 'x'", "person.points > \(draw.below(4))", "influence.score < 30.0",
        "person.city in ['上海', 'Paris']", "has(person.name)", "size(event.text) > 1",
        "1 / person.points == 1",
      ][draw.below(8)]
    }
    func condition(_ depth: Int) -> String {
      switch depth == 0 ? 0 : draw.below(5) {
      case 0: term()
      case 1: "!(\(condition(depth - 1)))"
      case 2: "(\(condition(depth - 1)) ? \(condition(depth - 1)) : \(condition(depth - 1)))"
      case 3: "(\(condition(depth - 1)) || \(condition(depth - 1)))"
      default: "(\(condition(depth - 1)) && \(condition(depth - 1)))"
      }
    }
    let vocabulary = try vocabulary()
    var verdicts: [String: Int] = [:]
    for _ in 0..<1_500 {
      let text = condition(3)
      let book = try RuleBook(vocabulary, rules: [RuleDefinition("r", when: .text(text), missing: .match)])
      var traits: [String: Value] = [:]
      if draw.below(3) > 0 { traits["points"] = .int(Int64(draw.below(4))) }
      if draw.below(3) > 0 { traits["city"] = ["上海", "Rome"][draw.below(2)] }
      if draw.below(2) > 0 { traits["name"] = "A" }
      let person = known(traits, influence: draw.below(3) == 0 ? nil : Double(draw.below(60)))
      let occurrence = occurrence([nil, "x", "退款"][draw.below(3)], person)
      let explanation = try #require(book.explain("r", occurrence))
      let terms = try #require(explanation.condition)
      for reason in terms.reasons { try check(reason, vocabulary.environment) }
      let recomputed = Recomputation(reasons: terms.reasons).outcome(try ExpressionTree(parsing: text))
      switch terms.verdict {
      case .match: #expect(recomputed == .decided(true), "\(text)")
      case .noMatch: #expect(recomputed == .decided(false), "\(text)")
      case .undecided: if case .missing = recomputed {} else { Issue.record("\(text): \(recomputed)") }
      case .failed: if case .failed = recomputed {} else { Issue.record("\(text): \(recomputed)") }
      }
      let outcome = try decision(book, occurrence)
      #expect((outcome == ["r: matched"]) == (explanation.conclusion == .acts))
      verdicts["\(terms.verdict)".prefix(5).description, default: 0] += 1
    }
    #expect(verdicts.count == 4 && verdicts.values.allSatisfy { $0 > 20 }, "\(verdicts)")
  }

  private func decision(_ book: RuleBook, _ occurrence: RuleOccurrence) throws -> [String] {
    var memory = RuleMemory()
    return book.evaluate(occurrence, memory: &memory).summary
  }

  /// A term evaluated with nothing but the values it is said to have seen comes to what it is said to come to.
  private func check(_ reason: ExpressionExplanation.Reason, _ environment: ExpressionEnvironment) throws {
    guard case .decided(let value) = reason.outcome, !reason.text.contains("has(") else { return }
    let program = try environment.compile(reason.text)
    var activation = ExpressionActivation(environment)
    for operand in reason.operands {
      guard let slot = environment.slot(operand.text), let value = operand.value else { continue }
      try activation.set(slot, value)
    }
    // Operands that are calls themselves are not bound.
    guard reason.operands.allSatisfy({ environment.slot($0.text) != nil }) else { return }
    #expect(program.verdict(activation) == (value ? .match : .noMatch), "\(reason.text)")
  }
}

/// The three-valued logic of the language over terms whose outcome is given; others are not known.
private struct Recomputation {
  let reasons: [ExpressionExplanation.Reason]

  enum Result: Equatable {
    case decided(Bool)
    case missing
    case failed
    case unknown
  }

  func outcome(_ tree: ExpressionTree) -> Result {
    switch tree.node {
    case .operation(.and, let operands): run(operands, decisive: false)
    case .operation(.or, let operands): run(operands, decisive: true)
    case .operation(.not, let operands):
      if case .decided(let value) = outcome(operands[0]) { .decided(!value) } else { outcome(operands[0]) }
    case .operation(.conditional, let operands):
      switch outcome(operands[0]) {
      case .decided(let value): outcome(operands[value ? 1 : 2])
      case let other: other
      }
    default: term(tree)
    }
  }

  private func run(_ operands: [ExpressionTree], decisive: Bool) -> Result {
    let outcomes = operands.map { outcome($0) }
    if outcomes.contains(.decided(decisive)) { return .decided(decisive) }
    if outcomes.contains(.missing) { return .missing }
    if outcomes.contains(.failed) { return .failed }
    return outcomes.contains(.unknown) ? .unknown : .decided(!decisive)
  }

  private func term(_ tree: ExpressionTree) -> Result {
    guard let reason = reasons.first(where: { $0.location == tree.location }) else { return .unknown }
    return switch reason.outcome {
    case .decided(let value): .decided(value)
    case .missing: .missing
    case .failed: .failed
    }
  }
}
