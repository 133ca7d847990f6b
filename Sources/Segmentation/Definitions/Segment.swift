public import SCRMModel

/// A segment as data: a name, a version and a condition.
public struct Segment: Sendable, Hashable {
  /// The name, unique in its catalogue.
  public let name: SegmentName
  /// The version; raise it whenever the condition changes, so that changes show which one decided.
  public let version: Int
  /// Who is in it.
  public let condition: SegmentCondition

  /// Creates a segment.
  public init(_ name: SegmentName, version: Int = 1, _ condition: SegmentCondition) {
    self.name = name
    self.version = version
    self.condition = condition
  }

  /// Creates a segment from text.
  /// - Throws: `SegmentError` with what was wrong and where.
  public init(_ name: SegmentName, version: Int = 1, parsing text: String) throws(SegmentError) {
    do { self.init(name, version: version, try SegmentCondition(parsing: text)) } catch {
      throw error.inSegment(name)
    }
  }
}

/// The JSON form: `{"name":"buyers","version":1,"when":"count('purchase', days(30)) >= 1"}`, or `condition` with the JSON
/// form of ``SegmentCondition`` in place of `when`; written with `condition`.
extension Segment: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    for member in object where !["name", "version", "when", "condition"].contains(member.key) {
      throw JSONError(.invalidValue, "unknown member; expected name, version, when or condition")
        .prefixed(by: .key(member.key))
    }
    let name: SegmentName = try object.required("name")
    let version = try object["version"].map { json throws(JSONError) in Int(clamping: try json.int64Value()) } ?? 1
    switch (object["when"], try object.optional("condition") as SegmentCondition?) {
    case (nil, let condition?): self.init(name, version: version, condition)
    case (let text?, nil):
      let text = try text.stringValue()
      do { self.init(name, version: version, try SegmentCondition(parsing: text)) } catch {
        throw JSONError(.invalidValue, error.description).prefixed(by: .key("when"))
      }
    default: throw JSONError(.missing, "expected either when or condition")
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("version", version)
    writer.field("condition", condition)
    writer.endObject()
  }
}
