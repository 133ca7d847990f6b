import Foundation
import SCRMExpressions

/// Reads, checks and evaluates one text and says what is wrong with that, if anything.
struct ExpressionTarget {
  /// What became of the inputs; a run that refuses everything tests nothing.
  struct Counts: CustomStringConvertible {
    var refused = 0
    var checked = 0
    var evaluated = 0
    var failed = 0
    var exhausted = 0
    var searched = 0
    var found = 0
    var description: String {
      "\(refused) refused, \(checked) checked (\(evaluated) evaluated, \(failed) failed, \(exhausted) out of budget), "
        + "\(searched) searches (\(found) found)"
    }
  }

  private static let budget: UInt64 = 20_000
  /// Seconds of processor time for one input: far more than the budget and the limits allow for.
  private static let patience = 2.0

  private let environment: ExpressionEnvironment
  private let complete: ExpressionActivation
  private let partial: ExpressionActivation
  private let textSlot: Int

  init() {
    var environment = ExpressionEnvironment()
    environment.declare(
      ExpressionRecord("Event", [.init("type", .string), .init("text", .string), .init("amount", .double)]))
    environment.declare("event", .record("Event"))
    environment.declare("i", .int)
    environment.declare("s", .string)
    environment.declare("b", .bool)
    environment.declare("list", .list(.int))
    environment.declare("map", .map(.string, .int))
    environment.declare("any", .dyn)
    environment.limits = ExpressionLimits(maximumBytes: 20_000, maximumDepth: 100)
    self.environment = environment
    textSlot = environment.slot("s") ?? 0
    var activation = ExpressionActivation(environment)
    partial = activation
    let values: [(String, Value)] = [
      ("event.type", "comment"), ("event.text", "质量差 refund 😀"), ("event.amount", .double(20.5)), ("i", 7),
      ("s", "abc文"),
      ("b", .bool(true)), ("list", .list([1, 2, 3])), ("map", .map(["a": 1])),
      ("any", .list([.null, "x", .double(0)])),
    ]
    for (name, value) in values {
      if let slot = environment.slot(name) { try? activation.set(slot, value) }
    }
    complete = activation
  }

  /// What is wrong, or `nil`.
  func run(_ text: String, _ random: inout FuzzRandom, _ counts: inout Counts) -> String? {
    let start = clock()
    let program: ExpressionProgram
    do {
      program = random.below(8) == 0 ? try environment.compileUnchecked(text) : try environment.compile(text)
      counts.checked += 1
    } catch {
      counts.refused += 1
      if error.diagnostics.isEmpty || error.description.isEmpty { return "refused without a reason" }
      return Self.overrun(start)
    }
    if let finding = Self.roundTrip(program.tree) { return finding }
    for activation in [complete, partial] {
      let first = Self.outcome(program, activation, &counts)
      if random.below(4) == 0, first != Self.outcome(program, activation, &counts) { return "two evaluations differ" }
      let verdict = program.verdict(activation, budget: Self.budget)
      if Self.contradicts(verdict, first) { return "its verdict is \(verdict), its value \(first)" }
    }
    return Self.overrun(start)
  }

  /// Whether a pattern is found, against the oracle.
  func search(_ pattern: FuzzPattern, _ text: String, _ counts: inout Counts) -> String? {
    let start = clock()
    let tree = ExpressionTree.name("s").call("matches", .literal(.string(pattern.text)))
    do {
      let program = try environment.compile(tree)
      var activation = complete
      try activation.set(textSlot, .string(text))
      let expected = pattern.isFound(in: Array(text.unicodeScalars))
      counts.searched += 1
      if expected { counts.found += 1 }
      guard try program.evaluate(activation) == .bool(expected) else { return "expected \(expected)" }
    } catch {
      return "\(error)"
    }
    return Self.overrun(start)
  }

  /// Whether the verdict, which conditions reach by a chain of tests where they can, is another than the value.
  ///
  /// With missing values the two go different ways: a verdict looks at both sides of an operator for what is missing.
  private static func contradicts(
    _ verdict: ExpressionVerdict, _ value: Result<Value, ExpressionEvaluationError>
  ) -> Bool {
    switch (verdict, value) {
    case (.failed(let error), _) where error.code == .budgetExceeded: false
    case (_, .failure(let error)) where error.code == .budgetExceeded || error.code == .unknownName: false
    case (.match, .success(.bool(true))), (.noMatch, .success(.bool(false))), (.failed, .failure),
      (.undecided, .failure):
      false
    case (.failed, .success(.bool)): true
    case (.failed, .success): false
    default: true
    }
  }

  private static func overrun(_ start: clock_t) -> String? {
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    return seconds > patience ? "took \(seconds) seconds" : nil
  }

  private static func roundTrip(_ tree: ExpressionTree) -> String? {
    let text = tree.text
    guard let read = try? ExpressionTree(parsing: text) else { return "its text is refused: \(text)" }
    if read != tree { return "its text is another tree: \(text)" }
    let json = tree.jsonText
    guard let read = try? ExpressionTree(jsonBytes: Array(json.utf8), limits: JSONLimits(maximumDepth: 512)) else {
      return "its JSON is refused: \(json)"
    }
    if read != tree { return "its JSON is another tree: \(json)" }
    let condition = ConditionTree(tree)
    if condition.tree != tree { return "its condition is another tree" }
    return nil
  }

  private static func outcome(
    _ program: ExpressionProgram, _ activation: ExpressionActivation, _ counts: inout Counts
  ) -> Result<Value, ExpressionEvaluationError> {
    do throws(ExpressionEvaluationError) {
      let value = try program.evaluate(activation, budget: budget)
      counts.evaluated += 1
      return .success(value)
    } catch {
      if error.code == .budgetExceeded { counts.exhausted += 1 } else { counts.failed += 1 }
      return .failure(error)
    }
  }
}
