/// Durations as text: numbers with units, `1h45m47.5s`, `-1.5h`, `250ms`.
enum DurationText {
  private static let malformed = ValueError(.invalidArgument, "the text is no duration such as 90s or 1h30m")

  private static func unit(_ name: ArraySlice<UInt8>) -> Int128? {
    switch String(decoding: name, as: UTF8.self) {
    case "h": 3_600_000_000_000
    case "m": 60_000_000_000
    case "s": 1_000_000_000
    case "ms": 1_000_000
    case "us", "µs", "μs": 1_000
    case "ns": 1
    default: nil
    }
  }

  /// Reads a duration of at most 292 years; what is finer than a nanosecond is dropped.
  static func parse(_ text: String) throws(ValueError) -> Duration {
    let bytes = Array(text.utf8)
    guard bytes.count <= 128 else { throw malformed }
    var index = 0
    var isNegative = false
    if let first = bytes.first, first == 0x2D || first == 0x2B {
      isNegative = first == 0x2D
      index = 1
    }
    if bytes[index...].elementsEqual([0x30]) { return .zero }
    guard index < bytes.count else { throw malformed }
    var total: Int128 = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] &- 0x30 < 10 || bytes[index] == 0x2E { index += 1 }
      let number = bytes[start..<index]
      let nameStart = index
      while index < bytes.count, bytes[index] &- 0x30 >= 10, bytes[index] != 0x2E { index += 1 }
      guard let unit = unit(bytes[nameStart..<index]), let part = amount(number, unit) else { throw malformed }
      total += part
      guard total <= Int128(Int64.max) else {
        throw ValueError(.outOfRange, "a duration is at most 292 years")
      }
    }
    return try Duration.checked(nanoseconds: isNegative ? -total : total)
  }

  private static func amount(_ number: ArraySlice<UInt8>, _ unit: Int128) -> Int128? {
    let parts = number.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count <= 2, number.count > (parts.count == 2 ? 1 : 0) else { return nil }
    var whole: Int128 = 0
    for digit in parts[0] { whole = min(whole * 10 + Int128(digit - 0x30), 1 << 64) }
    var nanoseconds = whole * unit
    if parts.count == 2 {
      var scale: Int128 = 1
      var fraction: Int128 = 0
      for digit in parts[1].prefix(18) {
        fraction = fraction * 10 + Int128(digit - 0x30)
        scale *= 10
      }
      nanoseconds += fraction * unit / scale
    }
    return nanoseconds
  }
}
