public import SCRMModel

/// The JSON form, here broken into lines:
///
/// ```json
/// {"segment":"buyers","version":1,"at":"2025-03-01T00:00:00Z","member":false,
///  "terms":[{"segment":"buyers","term":{"measure":"count","events":{"kinds":["purchase"]},"window":{"ever":true},
///            "is":">=","value":1},"holds":false,"readings":[{"of":"count(\"purchase\", ever())","value":0}],
///            "deciding":true,"outlook":"open","change":{"steps":[…]}}],
///  "suggestions":[{"steps":[{"interactions":"purchase","count":1,"at":"2025-03-01T00:00:00.001Z"}]}],
///  "final":false}
/// ```
///
/// `changesByItself` stands where it is known, in the whole and in terms; `reason` in final terms. Steps are
/// `{"interactions":KIND,"count":N,"at":T,"fields":{…}}`, `{"fact":NAME,"value":V,"at":T}`, `{"waitUntil":T}` and
/// `{"snapshot":NAME,"member":true}`.
extension SegmentExplanation: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      segment: try object.required("segment"), version: Int(clamping: try object.int("version")),
      time: try object.moment("at"), isMember: try object.bool("member"), terms: try object.array("terms"),
      suggestions: try object.array("suggestions"), isFinal: try object.bool("final"),
      changesByItself: try object.optionalMoment("changesByItself"))
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("segment", segment)
    writer.field("version", version)
    writer.moment("at", time)
    writer.field("member", isMember)
    writer.field("terms", terms)
    writer.field("suggestions", suggestions)
    writer.field("final", isFinal)
    writer.moment("changesByItself", changesByItself)
    writer.endObject()
  }
}

/// The JSON form; see ``SegmentExplanation``.
extension ExplainedTerm: JSONCodable {
  /// Reads the form.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    // A negation is read as a group; in a term it belongs to the expression.
    let condition = try object.required("term", as: SegmentCondition.self).normalised
    self.init(
      segment: try object.required("segment"), condition: condition, holds: try object.bool("holds"),
      readings: try object.array("readings"), isDeciding: try object.bool("deciding"),
      outlook: try object.requiredCase("outlook"), reason: try object.optionalString("reason"),
      change: try object.optional("change"), changesByItself: try object.optionalMoment("changesByItself"))
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("segment", segment)
    writer.field("term", condition)
    writer.field("holds", holds)
    writer.field("readings", readings)
    writer.field("deciding", isDeciding)
    writer.field("outlook", outlook.rawValue)
    writer.field("reason", reason)
    writer.field("change", change)
    writer.moment("changesByItself", changesByItself)
    writer.endObject()
  }
}

/// The JSON form: `{"of":"person.city","value":"上海"}`, without `value` where there is none.
extension ExplainedTerm.Reading: JSONCodable {
  /// Reads the form.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(try object.string("of"), try object.optionalValue("value"))
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("of", name)
    writer.field("value", value)
    writer.endObject()
  }
}

/// The JSON form: `{"steps":[…]}`; see ``SegmentExplanation``.
extension SegmentSuggestion: JSONCodable {
  /// Reads the form.
  public init(json: JSON) throws(JSONError) { self.init(try json.objectValue().array("steps")) }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("steps", steps)
    writer.endObject()
  }
}

/// The JSON form; see ``SegmentExplanation``.
extension SegmentIntervention: JSONCodable {
  /// Reads the form.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    if object["interactions"] != nil {
      var fields: [String: Value] = [:]
      if let members = try object.optionalObject("fields") {
        for member in members { fields[member.key] = try members.optionalValue(member.key) }
      }
      let count = try object.int("count")
      guard (1...1_000_000).contains(count) else {
        throw JSONError(.invalidValue, "expected 1 to 1,000,000").prefixed(by: .key("count"))
      }
      self = .interactions(
        SuggestedInteractions(
          try object.required("interactions"), count: Int(count), at: try object.moment("at"), fields: fields))
    } else if object["fact"] != nil {
      self = .fact(try object.string("fact"), try object.optionalValue("value"), at: try object.moment("at"))
    } else if object["waitUntil"] != nil {
      self = .wait(until: try object.moment("waitUntil"))
    } else if object["snapshot"] != nil {
      self = .snapshot(try object.required("snapshot"), isMember: try object.bool("member"))
    } else {
      throw JSONError(.invalidValue, "expected an object with interactions, fact, waitUntil or snapshot")
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .interactions(let interactions):
      writer.field("interactions", interactions.kind)
      writer.field("count", interactions.count)
      writer.moment("at", interactions.time)
      if !interactions.fields.isEmpty {
        writer.key("fields")
        writer.beginObject()
        let names = interactions.fields.keys.sorted { $0.byteOrder($1) == .ascending }
        for name in names { writer.field(name, interactions.fields[name]) }
        writer.endObject()
      }
    case .fact(let name, let value, let time):
      writer.field("fact", name)
      writer.field("value", value)
      writer.moment("at", time)
    case .wait(let time): writer.moment("waitUntil", time)
    case .snapshot(let name, let isMember):
      writer.field("snapshot", name)
      writer.field("member", isMember)
    }
    writer.endObject()
  }
}

extension JSONObject {
  fileprivate func moment(_ key: String) throws(JSONError) -> Int64 {
    try required(key, as: Instant.self).millisecondsSinceEpoch
  }

  fileprivate func optionalMoment(_ key: String) throws(JSONError) -> Int64? {
    try optional(key, as: Instant.self)?.millisecondsSinceEpoch
  }
}

extension JSONWriter {
  /// A moment as RFC 3339; what lies outside the years 1 … 9999 as their end.
  fileprivate mutating func moment(_ key: String, _ milliseconds: Int64?) {
    guard let milliseconds else { return }
    field(key, Instant(millisecondsSinceEpoch: milliseconds) ?? (milliseconds < 0 ? .distantPast : .distantFuture))
  }
}
