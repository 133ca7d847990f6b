import Foundation
import SCRMModel
import Segmentation

/// An event of the generated data; the time in milliseconds.
struct WorkloadEvent {
  let person: Int
  let kind: Int
  let time: Int64
  let amount: Double
}

/// People with their attributes, and their events: generated here, or the raw columns of `gen_segmentation.py OUT --raw`.
struct PeopleData {
  static let integers = ["country", "age", "tier", "signup_day", "followers", "tags", "channel"]
  static let truths = ["email_opt_in", "sms_opt_in"]
  static let doubles: Set<String> = ["sentiment", "ltv", "csat"]

  let kinds: [String]
  let now: Int64
  let columns: [String: [Double]]
  let events: [WorkloadEvent]
  let people: Int

  init(kinds: [String], now: Int64, columns: [String: [Double]], events: [WorkloadEvent], people: Int) {
    self.kinds = kinds
    self.now = now
    self.columns = columns
    self.events = events
    self.people = people
  }

  /// The first people of the files.
  init(_ folder: URL, people: Int) throws {
    let manifest = try JSON(text: String(contentsOf: folder.appending(path: "manifest.json"), encoding: .utf8))
      .objectValue()
    self.people = people
    now = try manifest.int("now") * 1_000
    kinds = try (manifest["types"] ?? .null).arrayValue().map { try $0.stringValue() }
    let types = try (manifest["columns"] ?? .null).objectValue()
    func column(_ name: String, limit: Int) throws -> [Double] {
      let data = try Data(contentsOf: folder.appending(path: "\(name).bin"), options: .mappedIfSafe)
      return data.withUnsafeBytes { bytes in
        func read<Number: BitwiseCopyable>(_: Number.Type, _ convert: (Number) -> Double) -> [Double] {
          let count = min(limit, bytes.count / MemoryLayout<Number>.size)
          return (0..<count).map {
            convert(bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.size, as: Number.self))
          }
        }
        switch try? types.string(name) {
        case "|u1", "uint8": return read(UInt8.self) { Double($0) }
        case "<u2": return read(UInt16.self) { Double($0) }
        case "<u4": return read(UInt32.self) { Double($0) }
        case "<u8": return read(UInt64.self) { Double($0) }
        case "<f4": return read(Float.self) { Double($0) }
        default: return []
        }
      }
    }
    var columns: [String: [Double]] = [:]
    for name in Self.integers + Self.truths + Self.doubles.sorted() {
      columns[name] = try column("p_\(name)", limit: people)
    }
    self.columns = columns
    let owners = try column("e_user_id", limit: .max)
    let types_ = try column("e_type", limit: .max)
    let times = try column("e_ts", limit: .max)
    let values = try column("e_value", limit: .max)
    events = owners.indices.filter { owners[$0] < Double(people) }.map {
      WorkloadEvent(
        person: Int(owners[$0]), kind: Int(types_[$0]), time: Int64(times[$0]) * 1_000, amount: values[$0])
    }
  }

  /// The facts of the attributes, in the order of ``row(_:)``.
  var schema: FactSchema {
    get throws(SCRMError) {
      try FactSchema(
        Self.integers.map { Fact("person.\($0)", .int) } + Self.truths.map { Fact("person.\($0)", .bool) }
          + Self.doubles.sorted().map { Fact("person.\($0)", .double) })
    }
  }

  func row(_ person: Int) -> [Value?] {
    Self.integers.map { .int(Int64(columns[$0]?[person] ?? 0)) }
      + Self.truths.map { .bool(columns[$0]?[person] == 1) }
      + Self.doubles.sorted().map { columns[$0].flatMap { $0[person].isNaN ? nil : .double($0[person]) } }
  }

  /// The attribute tests of the workload, over the raw columns.
  func compare(_ name: String, _ person: Int, _ sign: String, _ value: JSON) -> Bool {
    guard let number = columns[name]?[person] else { return false }
    if sign == "is_null" { return number.isNaN }
    if number.isNaN { return false }
    if sign == "in" {
      return ((try? value.arrayValue()) ?? []).contains { (try? $0.doubleValue()) == number }
    }
    let limit = (try? value.boolValue()).map { $0 ? 1.0 : 0 } ?? (try? value.doubleValue()) ?? .nan
    switch sign {
    case "has_tag": return UInt64(number) >> UInt64(limit) & 1 == 1
    case "==": return number == limit
    case "!=": return number != limit
    case "<": return number < limit
    case "<=": return number <= limit
    case ">": return number > limit
    default: return number >= limit
    }
  }
}
