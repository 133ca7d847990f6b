import SCRMExpressions
public import StrictJSON

/// The JSON form of a step: one member says what it does and names it.
///
/// | step | form |
/// |---|---|
/// | takes an event | `{"begin":"a","when":…}`, `{"next":…}`, `{"followedBy":…}`, `{"followedByAny":…}` |
/// | forbids one | `{"notNext":"n","when":…}`, `{"notFollowedBy":"n","when":…}` |
/// | waits | `{"all":"w","of":[…]}`, `{"any":"w","of":[…]}` with parts `{"event":"b","when":…}` and `{"not":…,"for":"30s"}` |
///
/// A step that takes events may have `times` (`2` or `[2,4]`), `timesOrMore` (`1` for one or more), `optional`, `greedy`,
/// `consecutive`, `combinations` (truth values) and `until` (a condition). Conditions are as in ``RuleCondition``.
extension EventPattern.Step: JSONCodable {
  private static let takers: [(String, EventPattern.Contiguity)] = [
    ("begin", .relaxed), ("next", .strict), ("followedBy", .relaxed), ("followedByAny", .any),
  ]

  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let condition: RuleCondition = try object.optional("when") ?? .always
    for (member, contiguity) in Self.takers where object[member] != nil {
      try object.expect([
        member, "when", "times", "timesOrMore", "optional", "greedy", "consecutive", "combinations", "until",
      ])
      self.init(try object.name(member), .takes(condition, contiguity))
      try readQuantifiers(object)
      return
    }
    for member in ["notNext", "notFollowedBy"] where object[member] != nil {
      try object.expect([member, "when"])
      self.init(
        try object.name(member), member == "notNext" ? .notNext(condition) : .notFollowedBy(condition))
      return
    }
    for member in ["all", "any"] where object[member] != nil {
      try object.expect([member, "of"])
      let parts: [EventPattern.Part] = try object.array("of")
      self.init(try object.name(member), member == "all" ? .all(parts) : .any(parts))
      return
    }
    throw JSONError(
      .invalidValue,
      "expected one of begin, next, followedBy, followedByAny, notNext, notFollowedBy, all, any with the step's name")
  }

  private mutating func readQuantifiers(_ object: JSONObject) throws(JSONError) {
    let range = 1...1_000_000
    if case .array(let bounds)? = object["times"] {
      guard bounds.count == 2, case .number(let low) = bounds[0], case .number(let high) = bounds[1],
        let low = low.int64, let high = high.int64, low >= 1, high >= low, high <= 1_000_000
      else { throw JSONError(.invalidValue, "expected two whole numbers from 1 on, ascending", path: [.key("times")]) }
      (minimum, maximum) = (Int(low), Int(high))
    } else if let count = try object.number("times", in: range) {
      (minimum, maximum) = (count, count)
    }
    if let least = try object.number("timesOrMore", in: range) {
      guard object["times"] == nil else {
        throw JSONError(.invalidValue, "expected times or timesOrMore, not both", path: [.key("timesOrMore")])
      }
      (minimum, maximum) = (least, nil)
    }
    isOptional = try object.optionalBool("optional") ?? false
    isGreedy = try object.optionalBool("greedy") ?? false
    let isConsecutive = try object.optionalBool("consecutive") ?? false
    let isCombined = try object.optionalBool("combinations") ?? false
    guard !isConsecutive || !isCombined else {
      throw JSONError(.invalidValue, "expected consecutive or combinations, not both", path: [.key("combinations")])
    }
    inner = isConsecutive ? .strict : isCombined ? .any : .relaxed
    until = try object.optional("until")
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) { write(to: &writer, isFirst: false) }

  /// Writes the form; the first step of a pattern as one that begins it.
  func write(to writer: inout JSONWriter, isFirst: Bool) {
    writer.beginObject()
    switch kind {
    case .takes(let condition, let contiguity):
      let member =
        isFirst ? "begin" : contiguity == .strict ? "next" : contiguity == .any ? "followedByAny" : "followedBy"
      writer.field(member, name)
      if condition != .always { writer.field("when", condition) }
      writeQuantifiers(to: &writer)
    case .notNext(let condition), .notFollowedBy(let condition):
      if case .notNext = kind { writer.field("notNext", name) } else { writer.field("notFollowedBy", name) }
      if condition != .always { writer.field("when", condition) }
    case .all(let parts), .any(let parts):
      if case .all = kind { writer.field("all", name) } else { writer.field("any", name) }
      writer.field("of", parts)
    }
    writer.endObject()
  }

  private func writeQuantifiers(to writer: inout JSONWriter) {
    if let maximum, (minimum, maximum) != (1, 1) {
      if minimum == maximum {
        writer.field("times", minimum)
      } else {
        writer.field("times", JSON.array([.number(JSONNumber(Int64(minimum))), .number(JSONNumber(Int64(maximum)))]))
      }
    }
    if maximum == nil { writer.field("timesOrMore", minimum) }
    if isOptional { writer.field("optional", true) }
    if isGreedy { writer.field("greedy", true) }
    if inner == .strict { writer.field("consecutive", true) }
    if inner == .any { writer.field("combinations", true) }
    writer.field("until", until)
  }
}

extension EventPattern.Part: JSONCodable {
  /// Reads `{"event":"b","when":…}` or `{"not":…,"for":"30s"}`.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    if object["event"] != nil {
      try object.expect(["event", "when"])
      self = .event(try object.name("event"), where: try object.optional("when") ?? .always)
    } else {
      try object.expect(["not", "for"])
      self = .absence(of: try object.required("not"), lasting: try object.span("for"))
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .event(let name, let condition):
      writer.field("event", name)
      if condition != .always { writer.field("when", condition) }
    case .absence(let condition, let span):
      writer.field("not", condition)
      writer.field("for", span?.secondsText)
    }
    writer.endObject()
  }
}
