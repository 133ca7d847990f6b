/// `text.format(values)`: clauses `%s %d %f %e %b %x %X %o` and `%%` (strings extension).
struct TextFormatter {
  private let bytes: [UInt8]
  private let values: [Value]
  private var next = 0

  init(_ text: String, _ values: [Value]) {
    bytes = Array(text.utf8)
    self.values = values
  }

  mutating func result() throws(ValueError) -> String {
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x25 else {
        output.append(bytes[index])
        index += 1
        continue
      }
      index += 1
      if index < bytes.count, bytes[index] == 0x25 {
        output.append(0x25)
        index += 1
        continue
      }
      let precision = try self.precision(&index)
      guard index < bytes.count else { throw Self.malformed("a clause such as %s") }
      guard next < values.count else {
        throw ValueError(.indexOutOfRange, "there are only \(values.count) values for the clauses")
      }
      let text = try clause(bytes[index], precision, values[next])
      output.append(contentsOf: text.utf8)
      next += 1
      index += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func malformed(_ expected: String) -> ValueError {
    ValueError(.invalidArgument, "expected \(expected) in the format")
  }

  private func precision(_ index: inout Int) throws(ValueError) -> Int? {
    guard index < bytes.count, bytes[index] == 0x2E else { return nil }
    index += 1
    var value = 0
    let start = index
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      value = min(value * 10 + Int(bytes[index] - 0x30), 1_001)
      index += 1
    }
    guard index > start, value <= 1_000 else { throw Self.malformed("a precision of 0 to 1000") }
    return value
  }

  private func clause(_ code: UInt8, _ precision: Int?, _ value: Value) throws(ValueError) -> String {
    switch code {
    case 0x73: return try Self.plain(value, isNested: false)
    case 0x64: return try decimal(value)
    case 0x66: return NumberText.fixed(try number(value, "f"), decimals: precision ?? 6)
    case 0x65: return NumberText.scientific(try number(value, "e"), decimals: precision ?? 6)
    case 0x62:
      if case .bool(let value) = value { return value ? "1" : "0" }
      return try integer(value, radix: 2, "b")
    case 0x6F: return try integer(value, radix: 8, "o")
    case 0x78, 0x58:
      let text = try hexadecimal(value)
      return code == 0x58 ? String(decoding: text.utf8.map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }, as: UTF8.self) : text
    default: throw Self.malformed("one of %s %d %f %e %b %x %X %o")
    }
  }

  private func refuse(_ value: Value, _ code: String) -> ValueError {
    ValueError(.invalidArgument, "%\(code) does not take a value of type \(value.typeName)")
  }

  private func decimal(_ value: Value) throws(ValueError) -> String {
    switch value {
    case .int(let value): return String(value)
    case .uint(let value): return String(value)
    case .double(let number):
      return number == number.rounded() || !number.isFinite
        ? NumberText.fixed(number, decimals: 0) : NumberText.shortest(number)
    default: throw refuse(value, "d")
    }
  }

  private func number(_ value: Value, _ code: String) throws(ValueError) -> Double {
    guard let number = value.doubleValue else { throw refuse(value, code) }
    return number
  }

  private func integer(_ value: Value, radix: Int, _ code: String) throws(ValueError) -> String {
    switch value {
    case .int(let value): return String(value, radix: radix)
    case .uint(let value): return String(value, radix: radix)
    default: throw refuse(value, code)
    }
  }

  private func hexadecimal(_ value: Value) throws(ValueError) -> String {
    switch value {
    case .string(let text): return Self.hexadecimal(Array(text.utf8))
    case .bytes(let bytes): return Self.hexadecimal(bytes)
    default: return try integer(value, radix: 16, "x")
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The text of a value for `%s`.
  private static func plain(_ value: Value, isNested: Bool) throws(ValueError) -> String {
    switch value {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .uint(let value): return String(value)
    case .double(let value): return NumberText.shortest(value)
    case .string(let text): return text
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .timestamp(let instant): return instant.inUTC.description
    case .duration(let duration): return duration.secondsText
    case .type(let name): return name
    case .list(let values):
      var parts: [String] = []
      for value in values { parts.append(try plain(value, isNested: true)) }
      return "[" + parts.joined(separator: ", ") + "]"
    case .map(let map):
      var parts: [(key: String, text: String)] = []
      for entry in map.entries {
        let key = try plain(entry.key.value, isNested: true)
        parts.append((key, key + ": " + (try plain(entry.value, isNested: true))))
      }
      // By the text of the key, so that the result does not depend on the kinds.
      parts.sort { $0.key.byteOrder($1.key) == .ascending }
      return "{" + parts.map(\.text).joined(separator: ", ") + "}"
    case .opaque: throw ValueError(.invalidArgument, "%s does not take a value of type \(value.typeName)")
    }
  }
}
