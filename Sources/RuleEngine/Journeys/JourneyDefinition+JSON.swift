import SCRMExpressions
import SCRMModel
public import StrictJSON

/// The JSON form: `name` and `steps`, and as wanted `version`, `goal`, `exit` (conditions as in a rule), `enter` (`once`,
/// `afterLeaving`, `restart`), `replace` (`goOn`, `restart`, `leave`), `tags`, `purpose`, `transactional`.
extension JourneyDefinition: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect([
      "name", "version", "steps", "goal", "exit", "enter", "replace", "tags", "purpose", "transactional",
    ])
    self.init(
      try object.name("name"), version: try object.number("version", in: 1...Int(Int32.max)) ?? 1,
      steps: try object.array("steps"), goal: try object.optional("goal"), exit: try object.optional("exit"),
      entering: try object.optionalCase("enter") ?? .once, replacing: try object.optionalCase("replace") ?? .goOn,
      tags: try object.strings("tags"), purpose: try object.optional("purpose") ?? .service,
      isTransactional: try object.optionalBool("transactional") ?? false)
  }

  /// Writes the members that differ from their defaults.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("version", version)
    writer.field("steps", steps)
    writer.field("goal", goal)
    writer.field("exit", exit)
    if entering != .once { writer.field("enter", entering.rawValue) }
    if replacing != .goOn { writer.field("replace", replacing.rawValue) }
    writer.field("tags", tags)
    if purpose != .service { writer.field("purpose", purpose) }
    if isTransactional { writer.field("transactional", true) }
    writer.endObject()
  }
}

/// The JSON form: `{"name":…,"go":…}` with one of `"do":[actions]`, `"wait":"86400s"`, `"until":condition,"within":span` or
/// `"if":[{"when":condition,"go":step}]`; the last two may have `"else":step`.
extension JourneyStep: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let kinds = ["do", "wait", "until", "if"].filter { object[$0] != nil }
    guard let kind = kinds.first, kinds.count == 1 else {
      throw JSONError(.missing, "expected one of do, wait, until and if")
    }
    self.init(try object.name("name"), .act([]), next: object["go"] == nil ? nil : try object.name("go"))
    let otherwise = object["else"] == nil ? nil : try object.name("else")
    switch kind {
    case "do":
      try object.expect(["name", "go", "do"])
      self.kind = .act(try object.array("do"))
    case "wait":
      try object.expect(["name", "go", "wait"])
      self.kind = .wait(try Self.span(object, "wait"))
    case "until":
      try object.expect(["name", "go", "until", "within", "else"])
      self.kind = .await(try object.required("until"), within: try Self.span(object, "within"), otherwise: otherwise)
    default:
      try object.expect(["name", "go", "if", "else"])
      self.kind = .branch(try object.array("if"), otherwise: otherwise)
    }
  }

  private static func span(_ object: JSONObject, _ key: String) throws(JSONError) -> Duration {
    guard let span = try object.span(key) else {
      throw JSONError(.missing, "expected a span in seconds such as 86400s", path: [.key(key)])
    }
    return span
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    switch kind {
    case .act(let actions):
      writer.key("do")
      writer.beginArray()
      for action in actions { writer.write(action) }
      writer.endArray()
    case .wait(let span): writer.field("wait", span.secondsText)
    case .await(let condition, let within, let otherwise):
      writer.field("until", condition)
      writer.field("within", within.secondsText)
      writer.field("else", otherwise)
    case .branch(let branches, let otherwise):
      writer.field("if", branches)
      writer.field("else", otherwise)
    }
    writer.field("go", next)
    writer.endObject()
  }
}

/// The JSON form: `{"when":condition,"go":step}`.
extension JourneyStep.Branch: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["when", "go"])
    self.init(when: try object.required("when"), go: try object.name("go"))
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("when", condition)
    writer.field("go", step)
    writer.endObject()
  }
}
