import Foundation
import SCRMExpressions

// `Instant`
func instantSnippet() throws {
  let sent = try Instant(rfc3339: "2024-05-01T08:30:00+08:00")
  print(sent)  // 2024-05-01T08:30:00+08:00
  print(sent.secondsSinceEpoch)  // 1714523400
}

// `ZoneRules`
func zoneRulesSnippet() throws -> ZoneRules {
  let bytes = try [UInt8](Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Asia/Shanghai")))
  let shanghai = try ZoneRules("Asia/Shanghai", tzif: bytes)
  return shanghai
}

// The catalogue.
func valuesSnippet() throws {
  let properties: ValueMap = ["quantity": 3, "gift": .bool(true), "colour": "red"]
  print(properties["quantity"]?.intValue ?? 0)  // 3
  print(Value.map(properties).jsonText)  // {"colour":"red","gift":true,"quantity":3}
  print(Value.double(5).jsonText)  // {"$double":"5.0"}
  print(Value.int(1) == .double(1), Value.int(1).isEqual(to: .double(1)))  // false true
}
