import ArgumentParser
import Foundation
import SocialCRM

/// `scrm cel eval`: evaluates an expression and writes its value.
struct CelEvalCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Evaluate an expression; its value is written as JSON.")

  @Argument(help: "The expression.")
  var expression: String

  @Option(help: ArgumentHelp("A JSON object of variables and their values.", valueName: "FILE"))
  var bindings: String?

  @Flag(help: "Write the parts that decided a condition, with the values they saw, to standard error.")
  var explain = false

  @Option(help: "What the evaluation may cost.")
  var budget: UInt64 = ExpressionProgram.defaultBudget

  func run(on console: Console) async throws {
    var environment = ExpressionEnvironment()
    environment.zone = ZoneFiles.rules
    let values = try bindings.map(Self.values) ?? []
    for (name, _) in values { environment.declare(name, .dyn) }
    let program: ExpressionProgram
    do { program = try environment.compile(expression) } catch {
      throw CommandFailure("the expression does not fit\n\(error)")
    }
    var activation = ExpressionActivation(environment)
    for (name, value) in values {
      if let slot = environment.slot(name) { try activation.set(slot, value) }
    }
    if explain {
      for reason in program.explain(activation, budget: budget).reasons { console.error(reason.line + "\n") }
    }
    do {
      let value = try program.evaluate(activation, budget: budget)
      try console.output(Data(value.jsonBytes + [0x0A]))
    } catch let error as ExpressionEvaluationError {
      throw CommandFailure("\(error)")
    }
  }

  private static func values(_ path: String) throws -> [(name: String, value: Value)] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("\(path): the bindings cannot be read")
    }
    do {
      let object = try JSON(bytes: [UInt8](data)).objectValue()
      return try object.map { member in (name: member.key, value: try Value(json: member.value)) }
    } catch {
      throw CommandFailure("\(path): expected a JSON object of values; \(error)")
    }
  }
}
