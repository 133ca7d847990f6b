public import SCRMExpressions
import SCRMModel
public import StrictJSON

/// What a rule proposes to do when it is selected: a kind with typed parameters, a channel, and when.
///
/// JSON form: `{"do":"reply","with":{"text":"Hello {profile.name|there}!"},"channel":"weibo","after":"3600s",
/// "valid":"86400s","cost":0.5,"escape":"html","length":140}`; only `do` and the required parameters of the kind (see ``ActionKind``) must be there.
public struct RuleAction: Sendable, Hashable {
  /// What to do.
  public var kind: ActionKind
  /// What it needs to know, by name.
  public var parameters: [String: ActionParameter]
  /// On which channel; `nil` leaves it to the host.
  public var channel: String?
  /// How long after the decision it is due; `nil` for at once.
  public var delay: Duration?
  /// How long after it is due it is worth doing; `nil` for no limit.
  public var validity: Duration?
  /// What it costs, in the unit of the budget caps, at least 0.
  public var cost: Double

  /// How values put into templates are made harmless for the channel.
  public var escaping: TextEscaping
  /// How many characters (Unicode scalars) a filled template may have; `nil` for no limit.
  ///
  /// A longer one holds the action back.
  public var maximumLength: Int?

  /// Creates an action; a negative or infinite cost counts as 0.
  public init(
    _ kind: ActionKind, _ parameters: [String: ActionParameter] = [:], channel: String? = nil,
    after delay: Duration? = nil,
    validity: Duration? = nil, cost: Double = 0, escaping: TextEscaping = .plain, maximumLength: Int? = nil
  ) {
    self.kind = kind
    self.parameters = parameters
    self.channel = channel
    self.delay = delay
    self.validity = validity
    self.cost = cost.isFinite ? max(cost, 0) : 0
    self.escaping = escaping
    self.maximumLength = maximumLength
  }

  /// What does not fit the kind: a missing, an unknown or a wrongly typed parameter; `nil` when all fits.
  func fault() -> (parameter: String, reason: String)? {
    guard let expected = kind.parameters else { return nil }
    for parameter in expected where parameter.isRequired && parameters[parameter.name] == nil {
      return (parameter.name, "required parameter of \(kind) is missing")
    }
    for name in parameters.keys.sorted(by: { $0.byteOrder($1) == .ascending }) {
      guard let parameter = expected.first(where: { $0.name.sameBytes(as: name) }) else {
        return (name, "unknown parameter of \(kind), expected one of \(expected.map(\.name).joined(separator: ", "))")
      }
      if parameter.isText, case .value(let value) = parameters[name], value.stringValue == nil {
        return (name, "expected a text, found \(value.typeName)")
      }
    }
    return nil
  }
}

/// A parameter of an action.
public enum ActionParameter: Sendable, Hashable {
  /// Text with fields; in JSON a text.
  case template(ActionTemplate)
  /// The value of a fact, and what to take when it is missing; in JSON `{"field":"profile.tier","else":"none"}`.
  case field(String, otherwise: Value?)
  /// A value; in JSON any value that is no text and no such object.
  case value(Value)
}

extension RuleAction: JSONCodable {
  /// Reads the form and checks the parameters of known kinds.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["do", "with", "channel", "after", "valid", "cost", "escape", "length"])
    var parameters: [String: ActionParameter] = [:]
    for member in try object.optionalObject("with") ?? JSONObject() {
      do { parameters[member.key] = try ActionParameter(json: member.value) } catch {
        throw error.prefixed(by: .key(member.key)).prefixed(by: .key("with"))
      }
    }
    let cost = try object.optionalDouble("cost") ?? 0
    guard cost >= 0 else { throw JSONError(.invalidValue, "expected a number of at least 0", path: [.key("cost")]) }
    self.init(
      ActionKind(try object.name("do")), parameters, channel: try object.optionalString("channel"),
      after: try object.span("after"), validity: try object.span("valid"), cost: cost,
      escaping: try object.optionalCase("escape") ?? .plain,
      maximumLength: try object.number("length", in: 1...1_000_000))
    if let fault = fault() {
      throw JSONError(.invalidValue, fault.reason, path: [.key("with"), .key(fault.parameter)])
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("do", kind)
    if !parameters.isEmpty {
      writer.key("with")
      writer.beginObject()
      for name in parameters.keys.sorted(by: { $0.byteOrder($1) == .ascending }) {
        writer.field(name, parameters[name])
      }
      writer.endObject()
    }
    writer.field("channel", channel)
    writer.field("after", delay?.secondsText)
    writer.field("valid", validity?.secondsText)
    if cost != 0 { writer.field("cost", cost) }
    if escaping != .plain { writer.field("escape", escaping.rawValue) }
    if let maximumLength { writer.field("length", maximumLength) }
    writer.endObject()
  }
}

extension ActionParameter: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    switch json {
    case .string(let text):
      do throws(SCRMError) { self = .template(try ActionTemplate(text)) } catch {
        throw JSONError(.invalidValue, error.reason)
      }
    case .object(let object) where object["field"] != nil:
      try object.expect(["field", "else"])
      self = .field(try object.name("field"), otherwise: try object.optionalValue("else"))
    default: self = .value(try Value(json: json))
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .template(let template): writer.string(template.text)
    case .field(let path, let otherwise):
      writer.beginObject()
      writer.field("field", path)
      writer.field("else", otherwise)
      writer.endObject()
    case .value(let value): value.write(to: &writer)
    }
  }
}
