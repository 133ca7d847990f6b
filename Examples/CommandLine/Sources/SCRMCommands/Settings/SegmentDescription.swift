import SocialCRM

/// A segment as it is written in `scrm.json`: `{"name":…,"version":…}` and one condition.
struct SegmentDescription: Sendable {
  let name: String
  let version: Int
  let condition: Condition

  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    name = try object.name("name")
    version = try object.optionalInt("version", in: 0...Int(Int32.max)) ?? 1
    // What is left is the condition, so that unknown members are found by its reader.
    var rest = object
    rest["name"] = nil
    rest["version"] = nil
    condition = try Condition(json: .object(rest))
  }

  /// The segment for the loop.
  var definition: SegmentDefinition {
    let condition = condition
    return SegmentDefinition(name, version: version, judging: { condition.judge($0) })
  }
}
