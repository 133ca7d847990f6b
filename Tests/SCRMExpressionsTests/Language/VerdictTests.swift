import SCRMExpressions
import Testing

struct VerdictTests {
  private func verdict(_ text: String, _ values: [String: Value], unknown: [String] = []) throws -> ExpressionVerdict {
    let environment = ruleEnvironment()
    return try environment.compile(text).verdict(try activation(environment, values, unknown: unknown))
  }

  @Test
  func missingValuesLeaveUndecidedWhatTheyDecide() throws {
    let text = "event.type == 'comment' && profile.city in ['上海', '北京'] && profile.influence > 20.5"
    #expect(
      try verdict(text, ["event.type": "comment", "profile.city": "上海", "profile.influence": 21.0]) == .match)
    #expect(try verdict(text, ["event.type": "like"]) == .noMatch)
    #expect(try verdict(text, ["profile.influence": 3.0]) == .noMatch)
    #expect(
      try verdict(text, ["event.type": "comment"]) == .undecided(missing: ["profile.city", "profile.influence"]))
    #expect(try verdict("event.amount > event.count", [:]) == .undecided(missing: ["event.amount", "event.count"]))
    #expect(try verdict("has(event.amount) && event.amount > 1.0", [:]) == .noMatch)
    #expect(try verdict("has(event.amount)", [:], unknown: ["event.amount"]) == .undecided(missing: ["event.amount"]))
    #expect(try verdict("!has(event.amount) || event.amount < 1.0", [:]) == .match)
    #expect(try verdict("traits.level == 'gold'", ["traits": .map([:])]) == .undecided(missing: ["traits.level"]))
    #expect(
      try verdict("traits['level'].name == 'x'", ["traits": .map(["level": .map([:])])])
        == .undecided(missing: ["traits.level.name"]))
    #expect(try verdict("traits.?level.orValue('none') == 'none'", ["traits": .map([:])]) == .match)
  }

  @Test
  func failuresAreAbsorbedOrTold() throws {
    #expect(try verdict("event.count / 0 == 1 || event.type == 'a'", ["event.count": 1, "event.type": "a"]) == .match)
    guard case .failed(let error) = try verdict("event.count / 0 == 1", ["event.count": 1]) else {
      Issue.record("expected a failure")
      return
    }
    #expect(error.code == .divisionByZero)
    #expect(
      try verdict("event.count / 0 == 1 || profile.vip", ["event.count": 1]) == .undecided(missing: ["profile.vip"]))
  }

  @Test
  func aBudgetEndsWhatCostsTooMuch() throws {
    let environment = ExpressionEnvironment()
    let empty = ExpressionActivation(environment)
    for text in [
      "lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, true)))",
      "[1,2,3,4,5,6,7,8,9].map(a, [1,2,3,4,5,6,7,8,9].map(b, [1,2,3,4,5,6,7,8,9].map(c, [1,2,3,4,5,6,7,8,9].map(d, [1,2,3,4,5,6,7,8,9].map(e, [1,2,3,4,5,6,7,8,9].map(f, 1))))))",
      "cel.bind(a, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', cel.bind(b, a.replace('', a), cel.bind(c, b.replace('', b), cel.bind(d, c.replace('', c), d.replace('', d))))) == ''",
      "cel.bind(a, [1,1,1,1,1,1,1,1,1,1], cel.bind(b, a.map(x, a), cel.bind(c, b.map(x, b), cel.bind(d, c.map(x, c), cel.bind(e, d.map(x, d), e == e)))))",
    ] {
      do {
        _ = try environment.compile(text).evaluate(empty, budget: 100_000)
        Issue.record("expected a failure: \(text)")
      } catch let error as ExpressionEvaluationError { #expect(error.code == .budgetExceeded, "\(text)") }
    }
    guard
      case .failed(let error) = try environment.compile("lists.range(100000).all(x, x >= 0) || true").verdict(
        empty, budget: 1_000)
    else {
      Issue.record("nothing absorbs the budget")
      return
    }
    #expect(error.code == .budgetExceeded)
  }

  /// The chain of tests against the interpreter, on conditions and activations made at random.
  @Test
  func theChainOfTestsSaysWhatTheInterpreterSays() throws {
    let environment = ruleEnvironment()
    var random = TestRandom(0xCE1)
    let texts = [
      "", "a", "comment", "commented", "commenter", "上海", "上海市", "a longer text than eight", "a longer text of eight",
    ]
    func literal(_ text: String) -> String { "'\(text)'" }
    func leaf(_ random: inout TestRandom) -> String {
      let text = ["event.type", "event.text", "profile.city"][random.below(3)]
      let sign = ["==", "!=", "<", "<=", ">", ">="][random.below(6)]
      switch random.below(12) {
      case 0: return "\(text) \(["==", "!="][random.below(2)]) \(literal(texts[random.below(texts.count)]))"
      case 1:
        let members = (0..<(1 + random.below(20))).map { _ in literal(texts[random.below(texts.count)]) }
        return "\(text) in [\(members.joined(separator: ", "))]"
      case 2:
        return
          "\(text).\(["startsWith", "endsWith", "contains"][random.below(3)])(\(literal(texts[random.below(texts.count)])))"
      case 3: return "event.count \(sign) \(random.below(4) - 1)"
      case 4: return "event.amount \(sign) \(["0.5", "1", "-1.0", "2"][random.below(2) * 2])"
      case 5: return "\(random.below(3)).5 \(sign) event.amount"
      case 6: return "event.count < \(random.below(3)).5"
      case 7: return "profile.vip"
      case 8: return "event.amount \(sign) profile.influence"
      case 9: return "event.type \(["==", "!="][random.below(2)]) event.text"
      case 10: return "event.count in [1, 2, -1]"
      default: return "size(\(text)) \(sign) \(random.below(9))"
      }
    }
    func condition(_ depth: Int, _ random: inout TestRandom) -> String {
      if depth == 0 { return leaf(&random) }
      let (left, right) = (condition(depth - 1, &random), condition(depth - 1, &random))
      switch random.below(5) {
      case 0: return "(\(left) && \(right))"
      case 1: return "(\(left) || \(right))"
      case 2: return "!(\(left))"
      case 3: return "(\(left) ? \(right) : \(leaf(&random)))"
      default: return leaf(&random)
      }
    }
    var decided = 0
    for _ in 0..<400 {
      let text = condition(3, &random)
      let program = try environment.compile(text)
      var activation = ExpressionActivation(environment)
      for _ in 0..<5 {
        activation.reset()
        for variable in environment.variables where random.below(8) > 0 || !text.contains(variable.name) {
          let number = [Double.nan, 0.5, 1, -1, 2][random.below(5)]
          switch variable.type {
          case .string: try activation.set(variable.slot, text: texts[random.below(texts.count)])
          case .double: try activation.set(variable.slot, number: number)
          case .int: try activation.set(variable.slot, .int(Int64(random.below(4) - 1)))
          case .bool: try activation.set(variable.slot, .bool(random.below(2) == 0))
          default: break
          }
        }
        let verdict = program.verdict(activation)
        do {
          let value = try program.evaluate(activation)
          #expect(verdict == (value == true ? .match : .noMatch), "\(text)")
          decided += 1
        } catch {
          if case .undecided(let missing) = verdict {
            #expect(!missing.isEmpty)
          } else {
            Issue.record("\(text): \(verdict)")
          }
        }
        #expect(program.matches(activation) == (verdict == .match))
      }
    }
    #expect(decided > 1_000)
  }
}
