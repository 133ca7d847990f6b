import SCRMExpressions

/// Evaluates an expression without variables, as JSON; the code of a failure otherwise.
func evaluated(_ text: String) -> String {
  let environment = ExpressionEnvironment()
  do {
    return try environment.compile(text).evaluate(ExpressionActivation(environment)).jsonText
  } catch let error as ExpressionError {
    return error.diagnostics.first?.code.description ?? ""
  } catch let error as ExpressionEvaluationError {
    return error.code.name
  } catch {
    return "\(error)"
  }
}

/// The environment of a rule over an event and a profile.
func ruleEnvironment() -> ExpressionEnvironment {
  var environment = ExpressionEnvironment()
  environment.declare(
    ExpressionRecord(
      "Event", [.init("type", .string), .init("text", .string), .init("amount", .double), .init("count", .int)]))
  environment.declare(
    ExpressionRecord("Profile", [.init("city", .string), .init("influence", .double), .init("vip", .bool)]))
  environment.declare("event", .record("Event"))
  environment.declare("profile", .record("Profile"))
  environment.declare("tags", .list(.string))
  environment.declare("traits", .map(.string, .dyn))
  return environment
}

/// An activation with the values given by name; the rest is absent.
func activation(
  _ environment: ExpressionEnvironment, _ values: [String: Value], unknown: [String] = []
) throws -> ExpressionActivation {
  var activation = ExpressionActivation(environment)
  for (name, value) in values {
    if let slot = environment.slot(name) { try activation.set(slot, value) }
  }
  for name in unknown {
    if let slot = environment.slot(name) { activation.clear(slot, isUnknown: true) }
  }
  return activation
}
