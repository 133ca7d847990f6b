public import SCRMModel

/// The JSON form of a condition.
///
/// | condition | form |
/// |---|---|
/// | group | `{"all":[…]}`, `{"any":[…]}`, `{"not":…}`, `{"constant":true}` |
/// | facts | `{"facts":"person.city == \"上海\""}`, the text of the language |
/// | measure | `{"measure":"count","events":{"kinds":["purchase"],"where":"event.amount >= 30.0"},"window":{"rolling":"2592000s"},"is":">=","value":3}`, with `field` where one is read |
/// | behaviour among other operations | `{"expression":"count('a', days(1)) > 2 * count('b', days(1))"}` |
/// | sequence | `{"sequence":[{"kinds":["cart"]},{"kinds":["purchase"]}],"window":…,"gap":"3600s"}` |
/// | unanswered | `{"unanswered":{"kinds":["cart"]},"by":{"kinds":["purchase"]},"within":"86400s","window":…}` |
/// | others | `{"segment":"name"}`, `{"snapshot":"name"}` |
///
/// Windows: `{"rolling":"86400s"}`, `{"calendar":"week","zone":"Asia/Shanghai"}`,
/// `{"from":"2025-01-01T00:00:00Z","until":"2025-02-01T00:00:00Z"}`, `{"ever":true}`.
extension SegmentCondition: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    guard let kind = Self.members.keys.sorted().first(where: { object[$0] != nil && $0 != "window" }) else {
      throw JSONError(
        .invalidValue, "expected an object with one of \(Self.members.keys.sorted().joined(separator: ", "))")
    }
    let members = Self.members[kind] ?? []
    for member in object where !member.key.sameBytes(as: kind) && !members.contains(member.key) {
      throw JSONError(.invalidValue, "unknown member beside \(kind)").prefixed(by: .key(member.key))
    }
    switch kind {
    case "all": self = .all(try object.array(kind))
    case "any": self = .any(try object.array(kind))
    case "not": self = .not(try object.required(kind))
    case "constant": self = .constant(try object.bool(kind))
    case "facts", "expression":
      let condition: SegmentCondition
      do { condition = try SegmentCondition(parsing: try object.string(kind)) } catch let error as SegmentError {
        throw JSONError(.invalidValue, error.description).prefixed(by: .key(kind))
      } catch let error as JSONError { throw error } catch { throw JSONError(.invalidValue, "\(error)") }
      self = condition
    case "measure":
      let function: Measure.Function = try object.requiredCase(kind)
      let comparison: MeasureComparison = try object.requiredCase("is")
      let measure = Measure(
        function, of: try object.required("events"), field: try object.optionalString("field"),
        in: try object.required("window"))
      guard let value = try object.optionalValue("value") else {
        throw JSONError(.missing, "expected a constant").prefixed(by: .key("value"))
      }
      self = measure.compared(comparison, value)
    case "sequence":
      self = .sequence(
        EventSequence(try object.array(kind), in: try object.required("window"), gap: try object.span("gap")))
    case "unanswered":
      guard let delay = try object.span("within") else {
        throw JSONError(.missing, "expected a span such as 86400s").prefixed(by: .key("within"))
      }
      self = .unanswered(
        UnansweredEvent(
          try object.required(kind), by: try object.required("by"), within: delay, in: try object.required("window")))
    case "segment": self = .segment(try object.required(kind))
    default: self = .snapshot(try object.required(kind))
    }
  }

  private static let members: [String: Set<String>] = [
    "all": [], "any": [], "not": [], "constant": [], "facts": [], "expression": [],
    "measure": ["events", "field", "window", "is", "value"], "sequence": ["window", "gap"],
    "unanswered": ["by", "within", "window"], "segment": [], "snapshot": [],
  ]

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .constant(let value): writer.field("constant", value)
    case .all(let parts): writer.field("all", parts)
    case .any(let parts): writer.field("any", parts)
    case .not(let part): writer.field("not", part)
    case .facts(let tree): writer.field("facts", tree.text)
    case .expression(let tree): writer.field("expression", tree.text)
    case .measure(let measure, let comparison, let value):
      writer.field("measure", measure.function.rawValue)
      writer.field("events", measure.events)
      writer.field("field", measure.field)
      writer.field("window", measure.window)
      writer.field("is", comparison.rawValue)
      writer.field("value", value)
    case .sequence(let sequence):
      writer.field("sequence", sequence.steps)
      writer.field("window", sequence.window)
      writer.field("gap", sequence.gap.map { Duration.milliseconds($0).secondsText })
    case .unanswered(let term):
      writer.field("unanswered", term.events)
      writer.field("by", term.answer)
      writer.field("within", Duration.milliseconds(term.delay).secondsText)
      writer.field("window", term.window)
    case .segment(let name): writer.field("segment", name)
    case .snapshot(let name): writer.field("snapshot", name)
    }
    writer.endObject()
  }
}

/// The JSON form: `{"kinds":["purchase"],"where":"event.amount >= 30.0"}`; no `kinds` for every kind.
extension EventSelection: JSONCodable {
  /// Reads the form.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    var filter: ExpressionTree?
    if let text = try object.optionalString("where") {
      do { filter = try ExpressionTree(parsing: text) } catch {
        throw JSONError(.invalidValue, error.description).prefixed(by: .key("where"))
      }
    }
    self.init(object["kinds"] == nil ? [] : try object.array("kinds"), where: filter)
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if !kinds.isEmpty { writer.field("kinds", kinds) }
    writer.field("where", filter?.text)
    writer.endObject()
  }
}

/// The JSON form; see ``SegmentCondition``.
extension TimeWindow: JSONCodable {
  /// Reads the form.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    if let span = try object.span("rolling") {
      self = .last(span)
    } else if object["calendar"] != nil {
      self = .calendar(try object.requiredCase("calendar"), zone: try object.string("zone"))
    } else if object["from"] != nil {
      self = .between(try object.required("from"), try object.required("until"))
    } else if object["ever"] != nil {
      self = .ever
    } else {
      throw JSONError(.invalidValue, "expected an object with rolling, calendar, from or ever")
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .rolling(let span): writer.field("rolling", Duration.milliseconds(span).secondsText)
    case .calendar(let unit, let zone):
      writer.field("calendar", unit.rawValue)
      writer.field("zone", zone)
    case .range(let from, let until):
      writer.field("from", Instant(millisecondsSinceEpoch: from))
      writer.field("until", Instant(millisecondsSinceEpoch: until))
    case .ever: writer.field("ever", true)
    }
    writer.endObject()
  }
}

extension JSONObject {
  /// A span of time such as `86400s`; `nil` when the member is absent.
  fileprivate func span(_ key: String) throws(JSONError) -> Duration? {
    guard let text = try optionalString(key) else { return nil }
    guard let span = Duration(secondsText: text) else {
      throw JSONError(.invalidValue, "expected a span in seconds such as 86400s").prefixed(by: .key(key))
    }
    return span
  }
}
