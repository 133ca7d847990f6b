/// A test of the CEL conformance suite (google/cel-spec, `tests/simple`), converted to one JSON object a line.
public struct ConformanceTest: Sendable {
  /// The result of a test.
  public enum Outcome: Sendable, Hashable {
    /// The expected value, type or failure was seen.
    case pass
    /// Something else was seen: what was expected and what was found.
    case fail(String)
    /// The test needs what the engine leaves out: why.
    case skip(String)
  }

  /// What a test expects.
  enum Expectation: Sendable {
    case value(Value, type: ExpressionType?)
    case type(ExpressionType)
    /// A failure; `ofName` when the failure expected is that a name or a function is not declared.
    case failure(ofName: Bool)
  }

  /// `file/section/name`.
  public let id: String
  /// The expression.
  public let expression: String
  /// Why the test is left out; `nil` when it is not.
  public let exclusion: String?
  let environment: ExpressionEnvironment
  let bindings: [(name: String, value: Value)]
  let isChecked: Bool
  let isEvaluated: Bool
  let expectation: Expectation?

  /// Reads a test; `zone` gives the rules of named time zones.
  /// - Throws: `JSONError` for a line that is no test.
  public init(
    json: JSON, zone: @escaping @Sendable (String) -> ZoneRules? = { _ in nil }
  ) throws(JSONError) {
    let object = try json.objectValue()
    id = try object.string("id")
    expression = try object.string("expr")
    let file = id.split(separator: "/").first.map(String.init) ?? ""
    var exclusion: String?
    if try object.optionalBool("proto") ?? false { exclusion = "needs protobuf" }
    if file == "network_ext" || file == "block_ext" { exclusion = "needs the extension \(file.dropLast(4))" }
    self.exclusion = exclusion
    isChecked = !(try object.optionalBool("disable_check") ?? false)
    isEvaluated = !(try object.optionalBool("check_only") ?? false)
    var environment = ExpressionEnvironment()
    environment.zone = zone
    guard exclusion == nil else {
      self.environment = environment
      bindings = []
      expectation = nil
      return
    }
    environment.container = try object.optionalString("container") ?? ""
    environment.knowsMacros = !(try object.optionalBool("disable_macros") ?? false)
    for declaration in try (object["type_env"] ?? .array([])).arrayOrEmpty() {
      try ConformanceReader.declare(try declaration.objectValue(), in: &environment)
    }
    var bindings: [(name: String, value: Value)] = []
    if let members = try object.optionalObject("bindings") {
      for member in members {
        bindings.append((name: member.key, value: try ConformanceReader.value(member.value)))
        if environment.slot(member.key) == nil { environment.declare(member.key, .dyn) }
      }
    }
    self.bindings = bindings
    self.environment = environment
    expectation = try ConformanceReader.expectation(try object.object("expect"))
  }

  /// Runs the test.
  public func run() -> Outcome {
    guard let expectation else { return .skip(exclusion ?? "left out") }
    switch (expectation, result()) {
    case (.failure(let ofName), .failure(let failure)):
      // A function that is not there fails too, and is no pass.
      let isName = ["unknownName", "unknownFunction"].contains(failure.code)
      return isName == ofName ? .pass : .fail("expected another failure, found \(failure.description)")
    case (.failure, .success(let found)): return .fail("expected a failure, found \(Self.text(found.value))")
    case (_, .failure(let failure)): return .fail("expected a result, found the failure \(failure.description)")
    case (.type(let type), .success(let found)):
      return type == found.type ? .pass : .fail("expected the type \(type), found \(found.type)")
    case (.value(let value, let type), .success(let found)):
      if let type, type != found.type { return .fail("expected the type \(type), found \(found.type)") }
      return found.value == value
        ? .pass : .fail("expected \(value.jsonText), found \(Self.text(found.value))")
    }
  }

  /// The code of the failure that the test ends in: of a diagnostic or of an evaluation; `nil` when it has a result.
  public func failureCode() -> String? {
    if case .failure(let failure) = result() { failure.code } else { nil }
  }

  private static func text(_ value: Value?) -> String { value.map(\.jsonText) ?? "no value" }

  private struct Failure: Error {
    var code: String
    var description: String
  }

  private func result() -> Result<(value: Value?, type: ExpressionType), Failure> {
    let program: ExpressionProgram
    do {
      program =
        isChecked ? try environment.compile(expression) : try environment.compileUnchecked(expression)
    } catch {
      return .failure(Failure(code: error.diagnostics.first?.code.description ?? "", description: error.description))
    }
    guard isEvaluated else { return .success((nil, program.resultType)) }
    var activation = ExpressionActivation(environment)
    do throws(ValueError) {
      for (name, value) in bindings {
        if let slot = environment.slot(name) { try activation.set(slot, value) }
      }
    } catch { return .failure(Failure(code: "binding", description: "a binding: \(error)")) }
    do throws(ExpressionEvaluationError) {
      return .success((try program.evaluate(activation), program.resultType))
    } catch { return .failure(Failure(code: error.code.name, description: error.description)) }
  }
}

extension JSON {
  fileprivate func arrayOrEmpty() throws(JSONError) -> [JSON] { isNull ? [] : try arrayValue() }
}
