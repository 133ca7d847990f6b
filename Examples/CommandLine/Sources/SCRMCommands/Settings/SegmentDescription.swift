import SocialCRM

/// A segment as it is written in `scrm.json`: `{"name":…,"version":…}` and its condition, as data of the segment engine
/// (`when` or `condition`) or in one of the short forms.
struct SegmentDescription: Sendable {
  enum Form: Sendable {
    case data(Segment)
    case short(Condition)
  }

  let name: String
  let version: Int
  let form: Form

  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    name = try object.name("name")
    version = try object.optionalInt("version", in: 0...Int(Int32.max)) ?? 1
    if object["when"] != nil || object["condition"] != nil {
      form = .data(try Segment(json: json))
      return
    }
    // What is left is the condition, so that unknown members are found by its reader.
    var rest = object
    rest["name"] = nil
    rest["version"] = nil
    form = .short(try Condition(json: .object(rest)))
  }

  /// The names of the segments that a short form asks for.
  var asked: [String] { if case .short(let condition) = form { condition.segments } else { [] } }

  /// The segment for the engine, if it is data.
  var segment: Segment? { if case .data(let segment) = form { segment } else { nil } }

  /// The segment as a closure, if it has a short form.
  var definition: SegmentDefinition? {
    guard case .short(let condition) = form else { return nil }
    return SegmentDefinition(name, version: version, judging: { condition.judge($0) })
  }
}
