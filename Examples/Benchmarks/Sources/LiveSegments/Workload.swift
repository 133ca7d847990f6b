import SCRMModel
import Segmentation

/// The 100-segment workload in its own syntax, and as conditions of the SDK.
indirect enum Workload {
  case all([Workload])
  case any([Workload])
  case not(Workload)
  case attribute(String, String, JSON)
  case count(kind: String, days: Int64, sign: String, limit: Int64, atLeast: Double?)
  case sum(kind: String, days: Int64, limit: Double)

  init(_ json: JSON) throws {
    let object = try json.objectValue()
    if let parts = object["and"] {
      self = .all(try parts.arrayValue().map { try Workload($0) })
    } else if let parts = object["or"] {
      self = .any(try parts.arrayValue().map { try Workload($0) })
    } else if let part = object["not"] {
      self = .not(try Workload(part))
    } else if object["attr"] != nil {
      self = .attribute(try object.string("attr"), try object.string("op"), object["value"] ?? .null)
    } else if object["events"] != nil {
      self = .count(
        kind: try object.string("events"), days: try object.int("days"), sign: try object.string("op"),
        limit: try object.int("count"), atLeast: try object["min_value"]?.doubleValue())
    } else {
      self = .sum(
        kind: try object.string("sum"), days: try object.int("days"), limit: try object.double("value"))
    }
  }

  /// The text of the SDK's language.
  var text: String {
    switch self {
    case .all(let parts): parts.map { "(\($0.text))" }.joined(separator: " && ")
    case .any(let parts): parts.map { "(\($0.text))" }.joined(separator: " || ")
    case .not(let part): "!(\(part.text))"
    case .attribute(let name, "has_tag", let value): "math.bitAnd(person.\(name), \(1 << Self.int(value))) != 0"
    case .attribute(let name, "is_null", _): "!has(person.\(name))"
    case .attribute(let name, "in", let value): "person.\(name) in \(value.jsonText)"
    case .attribute(let name, let sign, let value): "person.\(name) \(sign) \(Self.literal(name, value))"
    case .count(let kind, let days, let sign, let limit, let least):
      "count('\(kind)', days(\(days))\(least.map { ", event.amount >= \($0)" } ?? "")) \(sign) \(limit)"
    case .sum(let kind, let days, let limit): "sum('\(kind)', event.amount, days(\(days))) >= \(limit)"
    }
  }

  private static func int(_ json: JSON) -> Int64 { (try? json.int64Value()) ?? 0 }

  private static func literal(_ name: String, _ json: JSON) -> String {
    if PeopleData.doubles.contains(name), let number = try? json.doubleValue() { return "\(number)" }
    return json.jsonText
  }
}
