import Foundation
import Segmentation

/// The people, events and segments of the workload as values of the SDK.
enum Workload {
  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  private static let bytes = ["country", "gender", "age", "language", "channel", "device", "tier", "birth_month"]
  private static let shorts = ["city", "signup_day", "agent_id"]
  private static let words = ["followers", "following", "points"]
  private static let floats = ["sentiment", "ltv", "csat"]
  private static let flags = ["email_opt_in", "sms_opt_in"]

  static func facts() throws -> FactSchema {
    try FactSchema(
      (bytes + shorts + words).map { Fact("person." + $0, .int) } + floats.map { Fact("person." + $0, .double) }
        + flags.map { Fact("person." + $0, .bool) } + [Fact("tags", .list(.string))])
  }

  static func columns(_ files: ColumnFiles) throws -> [FactColumn] {
    var columns: [FactColumn] = []
    for name in bytes {
      columns.append(FactColumn(.ints(try files.column("p_" + name, as: UInt8.self).map { Int64($0) })))
    }
    for name in shorts {
      columns.append(FactColumn(.ints(try files.column("p_" + name, as: UInt16.self).map { Int64($0) })))
    }
    for name in words {
      columns.append(FactColumn(.ints(try files.column("p_" + name, as: UInt32.self).map { Int64($0) })))
    }
    for name in floats {
      let values = try files.column("p_" + name, as: Float.self)
      let present = values.map { !$0.isNaN }
      columns.append(
        FactColumn(.doubles(values.map { Double($0) }), isPresent: present.contains(false) ? present : nil))
    }
    for name in flags {
      columns.append(FactColumn(.bools(try files.column("p_" + name, as: UInt8.self).map { $0 != 0 })))
    }
    var starts: [UInt32] = [0]
    var codes: [UInt32] = []
    for mask in try files.column("p_tags", as: UInt64.self) {
      for tag in 0..<40 where mask >> UInt64(tag) & 1 == 1 { codes.append(UInt32(tag)) }
      starts.append(UInt32(codes.count))
    }
    columns.append(FactColumn(.textLists(starts: starts, codes: codes, dictionary: (0..<40).map { "t\($0)" })))
    return columns
  }

  static func events(_ files: ColumnFiles) throws -> EventColumns {
    try EventColumns(
      people: files.column("e_user_id", as: UInt32.self),
      times: files.column("e_ts", as: UInt32.self).map { Int64($0) * 1000 },
      kindCodes: files.column("e_type", as: UInt8.self), kinds: files.types.map { InteractionKind($0) },
      amounts: files.column("e_value", as: Float.self).map { Double($0) })
  }

  /// The segments of the file in the language of conditions, and their moment.
  static func segments(_ file: URL) throws -> ([Segment], Instant) {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    guard let object = json as? [String: Any], let now = object["now"] as? Int,
      let moment = Instant(millisecondsSinceEpoch: Int64(now) * 1000), let list = object["segments"] as? [[String: Any]]
    else { throw CocoaError(.fileReadCorruptFile) }
    return (
      try list.map { entry in
        guard let name = entry["id"] as? String, let expression = entry["expr"] as? [String: Any] else {
          throw CocoaError(.fileReadCorruptFile)
        }
        return try Segment(SegmentName(name), parsing: text(expression))
      }, moment
    )
  }

  private static func text(_ node: [String: Any]) throws -> String {
    if let parts = node["and"] as? [[String: Any]] { return try "(" + parts.map(text).joined(separator: " && ") + ")" }
    if let parts = node["or"] as? [[String: Any]] { return try "(" + parts.map(text).joined(separator: " || ") + ")" }
    if let part = node["not"] as? [String: Any] { return try "!(" + text(part) + ")" }
    guard let sign = node["op"] as? String else { throw CocoaError(.fileReadCorruptFile) }
    if let kind = node["events"] as? String, let days = node["days"] as? Int, let count = node["count"] as? Int {
      let filter = (node["min_value"] as? Double).map { ", event.amount >= \($0)" } ?? ""
      return "count('\(kind)', days(\(days))\(filter)) \(sign) \(count)"
    }
    if let kind = node["sum"] as? String, let days = node["days"] as? Int, let value = node["value"] as? Double {
      return "sum('\(kind)', event.amount, days(\(days))) \(sign) \(value)"
    }
    guard let name = node["attr"] as? String else { throw CocoaError(.fileReadCorruptFile) }
    switch sign {
    case "is_null": return "!has(person.\(name))"
    case "has_tag": return "'t\(node["value"] as? Int ?? 0)' in tags"
    case "in": return "person.\(name) in \(node["value"] as? [Int] ?? [])"
    default: break
    }
    if flags.contains(name) { return "person.\(name) \(sign) \(node["value"] as? Bool ?? false)" }
    if floats.contains(name) { return "person.\(name) \(sign) \(node["value"] as? Double ?? 0)" }
    return "person.\(name) \(sign) \(node["value"] as? Int ?? 0)"
  }
}
