import Foundation
import SCRMExpressions

// `Instant`
func instantSnippet() throws {
  let sent = try Instant(rfc3339: "2024-05-01T08:30:00+08:00")
  print(sent)  // 2024-05-01T08:30:00+08:00
  print(sent.secondsSinceEpoch)  // 1714523400
}

// `ZoneRules`
func zoneRulesSnippet() throws -> ZoneRules {
  let bytes = try [UInt8](Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Asia/Shanghai")))
  let shanghai = try ZoneRules("Asia/Shanghai", tzif: bytes)
  return shanghai
}

// The catalogue.
func valuesSnippet() throws {
  let properties: ValueMap = ["quantity": 3, "gift": .bool(true), "colour": "red"]
  print(properties["quantity"]?.intValue ?? 0)  // 3
  print(Value.map(properties).jsonText)  // {"colour":"red","gift":true,"quantity":3}
  print(Value.double(5).jsonText)  // {"$double":"5.0"}
  print(Value.int(1) == .double(1), Value.int(1).isEqual(to: .double(1)))  // false true
}

// `ExpressionTree`
func expressionTreeSnippet() throws {
  let tree = try ExpressionTree(parsing: "event.type == 'comment' && profile.influence > 20.5")
  print(tree.text)  // event.type == "comment" && profile.influence > 20.5
}

// `ExpressionEnvironment`
func expressionEnvironmentSnippet() throws -> ExpressionProgram {
  var environment = ExpressionEnvironment()
  environment.declare(ExpressionRecord("Event", [.init("type", .string), .init("amount", .double)]))
  environment.declare("event", .record("Event"))
  let program = try environment.compile("event.type == 'purchase' && event.amount > 100.0")
  return program
}

// `ExpressionFunction`
func expressionFunctionSnippet() -> ExpressionFunction {
  let isVIP = ExpressionFunction(
    "isVIP",
    [
      .init([.string], returns: .bool, cost: 5) { arguments in .bool(arguments.first?.stringValue == "u1") }
    ])
  return isVIP
}

// `ExpressionProgram`
func expressionProgramSnippet() throws {
  var environment = ExpressionEnvironment()
  environment.declare("score", .double)
  let program = try environment.compile("score > 20.5")
  var activation = ExpressionActivation(environment)
  try activation.set(0, number: 30)
  print(program.verdict(activation))  // match
}

// `ExpressionTerm`
func expressionTermSnippet() {
  let type = ExpressionTerm<String>(variable: "event.type")
  let influence = ExpressionTerm<Double>(variable: "profile.influence")
  let condition = type == "comment" && influence > 20.5
  print(condition.tree)  // event.type == "comment" && profile.influence > 20.5
}

// The guide.
func conditionsSnippet() throws {
  var environment = ExpressionEnvironment()
  environment.declare(ExpressionRecord("Event", [.init("type", .string), .init("text", .string)]))
  environment.declare(ExpressionRecord("Profile", [.init("city", .string), .init("influence", .double)]))
  environment.declare("event", .record("Event"))
  environment.declare("profile", .record("Profile"))
  let program = try environment.compile("event.text.contains('退款') && profile.influence > 20.5")

  var activation = ExpressionActivation(environment)
  if let text = environment.slot("event.text") { try activation.set(text, text: "我要退款") }
  print(program.verdict(activation))  // undecided(missing: ["profile.influence"])
  if let influence = environment.slot("profile.influence") { try activation.set(influence, number: 42.5) }
  print(program.verdict(activation))  // match
  for reason in program.explain(activation).reasons { print(reason.line) }
}
