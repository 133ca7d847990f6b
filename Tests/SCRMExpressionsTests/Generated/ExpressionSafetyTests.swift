import Testing

@testable import SCRMExpressions

/// Hostile expressions end in an error, within their budget.
struct ExpressionSafetyTests {
  private func refusal(_ text: String, _ environment: ExpressionEnvironment = TreeGenerator.environment)
    -> ExpressionError?
  {
    do {
      _ = try environment.compile(text)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "(", "[", "{'a':", "!", "-", "a.b(", "x ? ", "a[", "has(", "f(f(", "size([", "b && (", "1 + (", "?",
  ])
  func nestingIsLimited(opening: String) throws {
    let error = try #require(refusal(String(repeating: opening, count: 100_000)))
    #expect(!error.diagnostics.isEmpty && error.diagnostics.count <= 20)
  }

  @Test(arguments: [
    ("(", "1", ")"), ("[", "", "]"), ("!", "b", ""), ("size([", "", "])"), ("", "profile", ".x"), ("", "li", "[0]"),
    ("", "1", "+1"),
  ])
  func closedNestingIsLimited(opening: String, middle: String, closing: String) throws {
    let text = String(repeating: opening, count: 9_000) + middle + String(repeating: closing, count: 9_000)
    #expect(try #require(refusal(text)).diagnostics.contains { $0.code == .limit })
  }

  @Test func oneMegabyteIsRefusedOrRead() throws {
    var environment = TreeGenerator.environment
    let long = Array(repeating: "i == 1", count: 100_000).joined(separator: " || ")
    #expect(long.utf8.count > 999_000)
    #expect(try #require(refusal(long)).diagnostics.first?.code == .limit)
    environment.limits = ExpressionLimits(maximumBytes: 2_000_000)
    #expect(try #require(refusal(long, environment)).diagnostics.first?.code == .limit)
    let literal = "s == '" + String(repeating: "文", count: 350_000) + "'"
    let program = try environment.compile(literal)
    #expect(try program.evaluate(TreeGenerator.environment.activation(s: "x")) == .bool(false))
  }

  /// Loops in loops: 20 levels of 10 elements would take 10^20 steps.
  @Test func exponentialMacrosEndWithTheBudget() throws {
    let list = "[0,1,2,3,4,5,6,7,8,9]"
    var text = "i == 0"
    for level in 0..<20 { text = "\(list).all(x\(level), \(text))" }
    var doubled = "[0]"
    for _ in 0..<60 { doubled = "cel.bind(l, \(doubled), l + l)" }
    var written = "'ab'"
    for _ in 0..<60 { written = "cel.bind(l, \(written), l + l)" }
    for text in [
      text, "size(\(doubled)) > 0", "size(\(written)) > 0", "[\(list),\(list)].map(x, x.map(y, \(doubled)))",
    ] {
      var environment = TreeGenerator.environment
      for folds in [true, false] {
        environment.foldsConstants = folds
        let program = try environment.compile(text)
        let activation = try TreeGenerator.environment.activation(s: "x")
        do {
          _ = try program.evaluate(activation, budget: 100_000)
          Issue.record("\(text.prefix(60)) ended")
        } catch {
          #expect(error.code == .budgetExceeded, "\(text.prefix(60)): \(error)")
        }
      }
    }
  }

  @Test func catastrophicPatternsEndWithinTheBudget() throws {
    let text = String(repeating: "a", count: 50_000) + "!"
    for pattern in ["(a+)+$", "^(a|aa)*$", "(.*)*x", "(x+x+)+y", "(a?){500}a{500}b", "[^a]*a.{12}z"] {
      let program = try TreeGenerator.environment.compile("s.matches('\(pattern)')")
      let activation = try TreeGenerator.environment.activation(s: text)
      let value = try? program.evaluate(activation, budget: 100_000_000)
      #expect(value == .bool(false), "\(pattern)")
      #expect((try? program.evaluate(activation, budget: 100)) == nil, "\(pattern)")
    }
    for pattern in ["(a{500}){500}", "\\\\pL{1000}", "(", "(?=a)", String(repeating: "(", count: 5_000)] {
      let error = try #require(refusal("s.matches('\(pattern)')"))
      #expect(error.diagnostics.first?.code == .invalidConstant, "\(pattern.prefix(20))")
    }
  }
}

extension ExpressionEnvironment {
  /// An activation in which `s` and `i` have values.
  fileprivate func activation(s: String) throws -> ExpressionActivation {
    var activation = ExpressionActivation(self)
    if let slot = slot("s") { try activation.set(slot, .string(s)) }
    if let slot = slot("i") { try activation.set(slot, .int(0)) }
    return activation
  }
}
