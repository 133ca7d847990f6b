import SCRMExpressions
public import StrictJSON

/// The JSON form of a trigger; at least one clause is required, a member that is not listed is refused.
///
/// | member | form |
/// |---|---|
/// | `any`, `all`, `none` | lists of words |
/// | `near` | list of `{"words":["late","delivery"],"within":3,"ordered":true}` |
/// | `count` | list of `{"words":["!"],"atLeast":3,"atMost":9}` |
/// | `match` | `automatic`, `word` or `substring` |
extension KeywordTrigger: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["any", "all", "none", "near", "count", "match"])
    self.init(
      any: try object.strings("any"), all: try object.strings("all"), none: try object.strings("none"),
      near: try object.array("near"), counts: try object.array("count"),
      match: try object.optionalCase("match") ?? .automatic)
    if any.isEmpty, all.isEmpty, none.isEmpty, near.isEmpty, counts.isEmpty {
      throw JSONError(.missing, "expected words in any, all, none, near or count")
    }
  }

  /// Writes the members that are not empty.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("any", any)
    writer.field("all", all)
    writer.field("none", none)
    writer.field("near", near)
    writer.field("count", counts)
    if match != .automatic { writer.field("match", match.rawValue) }
    writer.endObject()
  }
}

extension KeywordTrigger.Near: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["words", "within", "ordered"])
    guard let within = try object.number("within", in: 0...1_000_000) else {
      throw JSONError(.missing, "expected how many words may lie between", path: [.key("within")])
    }
    self.init(try object.strings("words"), within: within, isOrdered: try object.optionalBool("ordered") ?? false)
    guard words.count >= 2 else { throw JSONError(.invalidValue, "expected two words or more", path: [.key("words")]) }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("words", words)
    writer.field("within", within)
    if isOrdered { writer.field("ordered", true) }
    writer.endObject()
  }
}

extension KeywordTrigger.Count: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["words", "atLeast", "atMost"])
    let least = try object.number("atLeast", in: 1...1_000_000) ?? 1
    self.init(
      try object.strings("words"), atLeast: least, atMost: try object.number("atMost", in: least...1_000_000))
    guard !words.isEmpty else { throw JSONError(.invalidValue, "expected a word or more", path: [.key("words")]) }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("words", words)
    writer.field("atLeast", atLeast)
    if let atMost { writer.field("atMost", atMost) }
    writer.endObject()
  }
}
