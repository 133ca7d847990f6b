import StrictJSON
import Testing

@testable import SCRMExpressions

/// What must hold for every expression, on trees made at random.
struct ExpressionPropertyTests {
  @Test func textAndJSONGiveTheTreeBack() throws {
    for seed in 1...3_000 {
      var generator = TreeGenerator(seed)
      let tree =
        seed % 2 == 0 ? generator.anyTree(depth: 4) : generator.tree(generator.pick(TreeGenerator.types), depth: 4)
      let text = tree.text
      do {
        let parsed = try ExpressionTree(parsing: text)
        #expect(parsed == tree, "seed \(seed): \(text)")
        #expect(parsed.text == text, "seed \(seed)")
      } catch {
        Issue.record("seed \(seed): \(text): \(error)")
      }
      let json = tree.jsonText
      #expect(try ExpressionTree(jsonBytes: Array(json.utf8)) == tree, "seed \(seed): \(json)")
    }
  }

  @Test func conditionsAreLosslessBothWays() throws {
    for seed in 1...3_000 {
      var generator = TreeGenerator(seed)
      let tree = seed % 2 == 0 ? generator.anyTree(depth: 3) : generator.tree(.bool, depth: 4)
      let condition = ConditionTree(tree)
      #expect(condition.tree == tree, "seed \(seed): \(tree)")
      #expect(ConditionTree(condition.tree) == condition, "seed \(seed): \(tree)")
      let json = condition.jsonText
      #expect(try ConditionTree(jsonBytes: Array(json.utf8)) == condition, "seed \(seed): \(json)")
    }
  }

  /// Codes a checked expression may fail with: what depends on values, not on types.
  private static let allowed: Set<ValueError.Code> = [
    .outOfRange, .divisionByZero, .noSuchKey, .indexOutOfRange, .invalidArgument, .duplicateKey,
  ]

  @Test func checkedExpressionsHaveNoTypeErrors() throws {
    var values = 0
    for seed in 1...3_000 {
      var generator = TreeGenerator(seed)
      let type = generator.pick(TreeGenerator.types)
      let tree = generator.tree(type, depth: 4)
      let program: ExpressionProgram
      do { program = try TreeGenerator.environment.compile(tree) } catch {
        Issue.record("seed \(seed): \(tree): \(error)")
        continue
      }
      #expect(program.resultType == type, "seed \(seed): \(tree)")
      let activation = try generator.activation(complete: true)
      do {
        let value = try program.evaluate(activation)
        values += 1
        #expect(ExpressionActivation.conforms(value, type), "seed \(seed): \(tree) is \(value.typeName)")
      } catch {
        #expect(Self.allowed.contains(error.code), "seed \(seed): \(tree): \(error)")
      }
    }
    #expect(values > 1_000)
  }

  /// Whatever is accepted keeps its promise; whatever is refused says why.
  @Test func anyTreeIsCheckedOrRefused() throws {
    for seed in 1...4_000 {
      var generator = TreeGenerator(seed)
      let tree = generator.anyTree(depth: 3)
      let activation = try generator.activation(complete: false)
      do {
        let program = try TreeGenerator.environment.compile(tree)
        let value = try? program.evaluate(activation)
        if let value { #expect(ExpressionActivation.conforms(value, program.resultType), "seed \(seed): \(tree)") }
      } catch {
        #expect(!error.diagnostics.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func foldingConstantsChangesNothing() throws {
    var unfolded = TreeGenerator.environment
    unfolded.foldsConstants = false
    for seed in 1...3_000 {
      var generator = TreeGenerator(seed)
      let tree = generator.tree(generator.pick(TreeGenerator.types), depth: 4)
      let activation = try generator.activation(complete: false)
      let folded = Self.outcome(try TreeGenerator.environment.compile(tree), activation)
      #expect(folded == Self.outcome(try unfolded.compile(tree), activation), "seed \(seed): \(tree)")
    }
  }

  @Test func shortCircuitsAbsorb() throws {
    for seed in 1...1_500 {
      var generator = TreeGenerator(seed)
      let (x, y) = (generator.tree(.bool, depth: 3), generator.tree(.bool, depth: 3))
      let activation = try generator.activation(complete: false)
      func outcome(_ tree: ExpressionTree) throws -> Outcome {
        Self.outcome(try TreeGenerator.environment.compile(tree), activation)
      }
      let (yes, no) = (ExpressionTree.literal(.bool(true)), ExpressionTree.literal(.bool(false)))
      let context: Comment = "seed \(seed): \(x) and \(y)"
      // A decided side decides, whatever the other one does.
      #expect(try outcome(.operation(.and, x, no)) == .value(.bool(false)), context)
      #expect(try outcome(.operation(.and, no, x)) == .value(.bool(false)), context)
      #expect(try outcome(.operation(.or, x, yes)) == .value(.bool(true)), context)
      #expect(try outcome(.operation(.or, yes, x)) == .value(.bool(true)), context)
      // A neutral side changes nothing.
      #expect(try outcome(.operation(.and, x, yes)) == outcome(x), context)
      #expect(try outcome(.operation(.or, no, x)) == outcome(x), context)
      #expect(try outcome(.operation(.and, x, x)) == outcome(x), context)
      // Order does not matter to a result, and De Morgan's laws hold.
      #expect(try outcome(.operation(.and, x, y)).isDecided == outcome(.operation(.and, y, x)).isDecided, context)
      #expect(try outcome(.operation(.or, x, y)).isDecided == outcome(.operation(.or, y, x)).isDecided, context)
      let negated = ExpressionTree.operation(.not, .operation(.and, x, y))
      let split = ExpressionTree.operation(.or, .operation(.not, x), .operation(.not, y))
      #expect(try outcome(negated) == outcome(split), context)
    }
  }

  /// The chain of tests that conditions run as says what the interpreter says.
  @Test func verdictsAreThoseOfTheInterpreter() throws {
    for seed in 1...4_000 {
      var generator = TreeGenerator(seed)
      let tree = generator.tree(.bool, depth: 1 + seed % 4)
      let program = try TreeGenerator.environment.compile(tree)
      let activation = try generator.activation(complete: true)
      let verdict = program.verdict(activation)
      switch Self.outcome(program, activation) {
      case .value(let value): #expect(verdict == (value == .bool(true) ? .match : .noMatch), "seed \(seed): \(tree)")
      case .failure(let code):
        if case .failed(let error) = verdict, error.code.name == code { break }
        Issue.record("seed \(seed): \(tree): \(verdict)")
      }
    }
  }

  /// What is decided without some of the values stays so, whatever they turn out to be.
  @Test func unknownValuesNeverTurnAVerdict() throws {
    var decided = 0
    for seed in 1...3_000 {
      var generator = TreeGenerator(seed)
      let tree = generator.tree(.bool, depth: 1 + seed % 4)
      let program = try TreeGenerator.environment.compile(tree)
      let complete = try generator.activation(complete: true)
      var partial = complete
      for variable in TreeGenerator.environment.variables where generator.random.below(2) == 0 {
        partial.clear(variable.slot, isUnknown: true)
      }
      let verdict = program.verdict(partial)
      guard verdict == .match || verdict == .noMatch else { continue }
      decided += 1
      #expect(program.verdict(complete) == verdict, "seed \(seed): \(tree)")
    }
    #expect(decided > 500)
  }

  private enum Outcome: Equatable {
    case value(Value)
    case failure(String)

    /// The truth value, `nil` if there is none.
    var isDecided: Bool? { if case .value(.bool(let value)) = self { value } else { nil } }
  }

  private static func outcome(_ program: ExpressionProgram, _ activation: ExpressionActivation) -> Outcome {
    do { return .value(try program.evaluate(activation)) } catch { return .failure(error.code.name) }
  }
}
