public import StrictJSON

/// The JSON form of a condition.
///
/// | condition | form |
/// |---|---|
/// | group | `{"all":[…]}`, `{"any":[…]}`, `{"not":…}` |
/// | comparison | `{"field":"event.type","operator":"==","value":"comment"}`, also `!=`, `<`, `<=`, `>`, `>=` |
/// | text | operator `contains`, `startsWith`, `endsWith`, `matches`, the value a text |
/// | one of several | `{"field":"event.channel","operator":"in","value":["weibo","wechat"]}` |
/// | member of a list or key of a map | `{"field":"profile.tags","operator":"includes","value":"vip"}` |
/// | presence, truth | `{"field":"profile.email","operator":"exists"}`, operator `isTrue`, without value |
/// | anything else | `{"expression":"size(event.text) > 10"}`, the text of the language |
///
/// Values are literals in the JSON form of ``Value``: text, `true`, `null`, `5` an integer, `20.5` or
/// `{"$double":"20.0"}` a number with fraction, `{"$uint":"5"}`, `{"$bytes":"…"}`.
extension ConditionTree: JSONCodable {
  /// Reads the form; the syntax of fields and expressions is checked, types are not.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    guard case .object(let object) = json, let kind = Self.members.keys.sorted().first(where: { object[$0] != nil })
    else {
      throw JSONError(.invalidValue, "expected an object with all, any, not, field or expression")
    }
    let members = Self.members[kind] ?? []
    for member in object where !members.contains(where: { $0.sameBytes(as: member.key) }) {
      throw JSONError(.invalidValue, "unknown member; expected \(members.joined(separator: ", "))")
        .prefixed(by: .key(member.key))
    }
    switch kind {
    case "all": self = .all(try Self.conditions(object, kind))
    case "any": self = .any(try Self.conditions(object, kind))
    case "not": self = .not(try object.required(kind))
    case "field":
      let field = try Self.parse(object, kind) { text throws(ExpressionError) in try ConditionField(text) }
      self = .test(field, try ConditionTest(object))
    default:
      self = .expression(
        try Self.parse(object, kind) { text throws(ExpressionError) in try ExpressionTree(parsing: text) })
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .all(let conditions): writer.field("all", conditions)
    case .any(let conditions): writer.field("any", conditions)
    case .not(let condition): writer.field("not", condition)
    case .test(let field, let test):
      writer.field("field", field.description)
      writer.field("operator", test.name)
      switch test {
      case .compares(_, let literal), .includes(let literal): writer.field("value", literal.value)
      case .text(_, let text): writer.field("value", text)
      case .isIn(let literals): writer.field("value", Value.list(literals.map(\.value)))
      case .exists, .isTrue: break
      }
    case .expression(let tree): writer.field("expression", tree.text)
    }
    writer.endObject()
  }

  private static let members = [
    "all": ["all"], "any": ["any"], "not": ["not"], "expression": ["expression"],
    "field": ["field", "operator", "value"],
  ]

  private static func conditions(_ object: JSONObject, _ key: String) throws(JSONError) -> [ConditionTree] {
    guard case .array? = object[key] else {
      throw JSONError(.invalidValue, "expected a list of conditions").prefixed(by: .key(key))
    }
    return try object.array(key)
  }

  private static func parse<T>(
    _ object: JSONObject, _ key: String, _ read: (String) throws(ExpressionError) -> T
  ) throws(JSONError) -> T {
    let text = try object.string(key)
    do throws(ExpressionError) { return try read(text) } catch {
      // Without the text itself, as in all errors of JSON.
      let faults = error.diagnostics.map { "\($0.message) at byte \(max($0.location.anchor, 0))" }
      throw JSONError(.invalidValue, faults.joined(separator: "; ")).prefixed(by: .key(key))
    }
  }
}

extension ConditionTest {
  fileprivate init(_ object: JSONObject) throws(JSONError) {
    let name = try object.string("operator")
    if let comparison = Comparison(rawValue: name) {
      self = .compares(comparison, try Self.literal(object))
    } else if let test = TextTest(rawValue: name) {
      self = .text(test, try object.string("value"))
    } else {
      switch name {
      case "includes": self = .includes(try Self.literal(object))
      case "in":
        guard case .list(let values) = try Self.value(object) else { throw Self.expected("a list of literals") }
        var literals: [ExpressionLiteral] = []
        for value in values {
          guard let literal = ExpressionLiteral(value) else { throw Self.expected("a list of literals") }
          literals.append(literal)
        }
        self = .isIn(literals)
      case "exists", "isTrue":
        guard object["value"] == nil else { throw Self.expected("no value with this operator") }
        self = name == "exists" ? .exists : .isTrue
      default:
        throw JSONError(.invalidValue, "unknown operator; expected one of \(Self.names.joined(separator: " "))")
          .prefixed(by: .key("operator"))
      }
    }
  }

  private static func literal(_ object: JSONObject) throws(JSONError) -> ExpressionLiteral {
    guard let literal = ExpressionLiteral(try value(object)) else {
      throw expected("a literal: null, a truth value, a finite number, a text or bytes")
    }
    return literal
  }

  /// `null` is a value of its own and must be written.
  private static func value(_ object: JSONObject) throws(JSONError) -> Value {
    guard let json = object["value"] else { throw expected("a value for this operator") }
    do throws(JSONError) { return try Value(json: json) } catch { throw error.prefixed(by: .key("value")) }
  }

  private static func expected(_ what: String) -> JSONError {
    JSONError(.invalidValue, "expected \(what)").prefixed(by: .key("value"))
  }
}
