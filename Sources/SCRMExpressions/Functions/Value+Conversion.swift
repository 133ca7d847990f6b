// Conversions of the standard library (cel-spec, "List of Standard Definitions").
extension Value {
  func converted(by function: BuiltInFunction) throws(ValueError) -> Value {
    switch function {
    case .toDyn: return self
    case .typeOf: return .type(typeName)
    case .toBool: return .bool(try truth())
    case .toBytes: return .bytes(try byteString())
    case .toDouble: return .double(try number())
    case .toInt: return .int(try integer())
    case .toUint: return .uint(try unsigned())
    case .toString: return .string(try text())
    case .toDuration: return .duration(try span())
    default: return .timestamp(try instant())
    }
  }

  private func undefined(_ target: String) -> ValueError {
    ValueError(.noSuchOverload, "'\(target)' is not defined for \(typeName)")
  }

  private static func malformed(_ target: String, _ example: String) -> ValueError {
    ValueError(.invalidArgument, "the text is no \(target) such as \(example)")
  }

  private static func range(_ target: String) -> ValueError {
    ValueError(.outOfRange, "the number does not fit in \(target)")
  }

  private func truth() throws(ValueError) -> Bool {
    switch self {
    case .bool(let value): return value
    case .string(let text):
      switch text {
      case "true", "True", "TRUE", "t", "T", "1": return true
      case "false", "False", "FALSE", "f", "F", "0": return false
      default: throw Self.malformed("truth value", "true")
      }
    default: throw undefined("bool")
    }
  }

  private func byteString() throws(ValueError) -> [UInt8] {
    switch self {
    case .bytes(let bytes): return bytes
    case .string(let text): return Array(text.utf8)
    default: throw undefined("bytes")
    }
  }

  private func number() throws(ValueError) -> Double {
    switch self {
    case .double(let value): return value
    case .int(let value): return Double(value)
    case .uint(let value): return Double(value)
    case .string(let text):
      switch text {
      case "NaN": return .nan
      case "Infinity", "+Infinity", "Inf", "+Inf", "inf": return .infinity
      case "-Infinity", "-Inf", "-inf": return -.infinity
      default: break
      }
      let isPlain = text.utf8.allSatisfy {
        $0 &- 0x30 < 10 || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E || $0 | 0x20 == 0x65
      }
      guard isPlain, let value = Double(text) else { throw Self.malformed("number", "1.5") }
      guard value.isFinite else { throw Self.range("a double") }
      return value
    default: throw undefined("double")
    }
  }

  private func integer() throws(ValueError) -> Int64 {
    switch self {
    case .int(let value): return value
    case .uint(let value):
      guard let value = Int64(exactly: value) else { throw Self.range("an int") }
      return value
    case .double(let value):
      // The bounds themselves are refused as in the reference implementations: a double there stands for its neighbours.
      guard value > -0x1p63, value < 0x1p63 else { throw Self.range("an int") }
      return Int64(value)
    case .string(let text):
      guard let value = Int64(text) else { throw Self.malformed("integer of 64 bits", "42") }
      return value
    case .timestamp(let instant): return instant.secondsSinceEpoch
    default: throw undefined("int")
    }
  }

  private func unsigned() throws(ValueError) -> UInt64 {
    switch self {
    case .uint(let value): return value
    case .int(let value):
      guard let value = UInt64(exactly: value) else { throw Self.range("a uint") }
      return value
    case .double(let value):
      guard value >= 0, value < 0x1p64 else { throw Self.range("a uint") }
      return UInt64(value)
    case .string(let text):
      guard let value = UInt64(text) else { throw Self.malformed("unsigned integer of 64 bits", "42") }
      return value
    default: throw undefined("uint")
    }
  }

  private func text() throws(ValueError) -> String {
    switch self {
    case .string(let text): return text
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .uint(let value): return String(value)
    case .double(let value): return NumberText.shortest(value)
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ValueError(.invalidArgument, "the bytes are not UTF-8")
      }
      return text
    case .timestamp(let instant): return instant.inUTC.description
    case .duration(let duration): return duration.secondsText
    default: throw undefined("string")
    }
  }

  private func span() throws(ValueError) -> Duration {
    switch self {
    case .duration(let duration): return duration
    case .string(let text): return try DurationText.parse(text)
    default: throw undefined("duration")
    }
  }

  private func instant() throws(ValueError) -> Instant {
    switch self {
    case .timestamp(let instant): return instant
    case .int(let seconds):
      guard let instant = Instant(secondsSinceEpoch: seconds) else {
        throw ValueError(.outOfRange, "a timestamp lies in the years 0001 to 9999")
      }
      return instant
    case .string(let text):
      do { return try Instant(rfc3339: text) } catch {
        throw ValueError(error == .range ? .outOfRange : .invalidArgument, error.reason)
      }
    default: throw undefined("timestamp")
    }
  }
}
