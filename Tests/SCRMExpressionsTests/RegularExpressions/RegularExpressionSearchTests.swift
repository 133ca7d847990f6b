import Testing

@testable import SCRMExpressions

/// Linear time whatever the pattern, counted in steps, and budgets.
struct RegularExpressionSearchTests {
  /// Patterns whose search by backtracking takes time exponential or quadratic in the text.
  private static let catastrophic = [
    "(a+)+$", "(a|aa)*$", "(a|a)*$", "(.*)*x", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a?){500}a{500}",
    "((a{0,20}){0,20})b", ".*.*.*.*=.*", "(?:a|b|ab)*c", "(\\w*\\s*)*!", "a{1000}b", "[^a]*a.{10}z", "(?:(?:|a)*)*b",
  ]

  @Test func catastrophicPatternsTakeLinearSteps() throws {
    for pattern in Self.catastrophic {
      for limits in [RegularExpressionLimits.standard, RegularExpressionLimits(tableSize: 0)] {
        let expression = try RegularExpression(pattern, limits: limits)
        func steps(_ count: Int) throws -> Int {
          var budget = Int.max
          let text = String(repeating: "a", count: count) + "~"
          _ = try #require(expression.matches(text, spending: &budget) as Bool?)
          return Int.max - budget
        }
        let (short, long) = (try steps(2_000), try steps(20_000))
        #expect(short <= expression.worstCaseSteps(textBytes: 2_001) + expression.programSize, "\(pattern)")
        #expect(long <= 10 * short + 100, "\(pattern): \(short) and \(long) steps")
      }
    }
  }

  /// A state for each set of positions of the last twenty characters: the table is forgotten again and again.
  @Test func statesBeyondTheTableAreForgotten() throws {
    var random = TestRandom(7)
    let expression = try RegularExpression("a[ab]{18}c")
    #expect(expression.automaton == nil)
    var text = String((0..<60_000).map { _ in random.below(2) == 0 ? "a" : "b" })
    #expect(!expression.matches(text))
    text += "a" + String(repeating: "b", count: 18) + "c"
    #expect(expression.matches(text))
    var budget = Int.max
    #expect(expression.matches(text, spending: &budget) == true)
    #expect(Int.max - budget <= expression.worstCaseSteps(textBytes: text.utf8.count))
  }

  @Test func aSearchEndsWithItsBudget() throws {
    for pattern in ["x$", "a{900}[ab]*x"] {
      let expression = try RegularExpression(pattern)
      var used = Int.max
      let text = String(repeating: "a", count: 5_000)
      #expect(expression.matches(text, spending: &used) == false)
      used = Int.max - used
      var exact = used
      #expect(expression.matches(text, spending: &exact) == false)
      #expect(exact == 0)
      var short = used - 1
      #expect(expression.matches(text, spending: &short) == nil)
      #expect(short <= 0)
    }
  }

  @Test func manyKeywordsAreOneAutomaton() throws {
    var random = TestRandom(11)
    let words = (0..<2_000).map { _ in String((0..<(3 + random.below(6))).map { _ in "abcde中文"[random.below(7)] }) }
    let expression = try RegularExpression("^(?:" + words.joined(separator: "|") + ")$")
    let known = Set(words)
    for word in words { #expect(expression.matches(word)) }
    for word in words { #expect(expression.matches(word + "a") == known.contains(word + "a")) }
  }
}

extension String {
  fileprivate subscript(_ index: Int) -> Character { self[self.index(startIndex, offsetBy: index)] }
}
