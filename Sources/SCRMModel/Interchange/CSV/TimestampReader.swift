import SCRMExpressions

/// A time format taken apart for reading many texts.
struct TimestampReader: Sendable {
  private enum Token: Sendable {
    case literal(UInt8)
    case year, month, monthName, day, weekday, hour, minute, second, milliseconds
    case shortMonth, shortDay, shortHour
    case offset, offsetWithColon
  }

  private struct Parts {
    var year = 1970
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var milliseconds = 0
    var weekday: Int?
    var offset: Int32?
  }

  let format: TimestampFormat
  private let tokens: [Token]
  private let offset: Int32

  /// What the format expects, for messages.
  var expected: String {
    switch format {
    case .rfc3339: "expected a date-time of RFC 3339 such as 2024-05-01T08:30:00Z"
    case .unixSeconds: "expected seconds since 1970"
    case .unixMilliseconds: "expected milliseconds since 1970"
    case .pattern(let pattern): "expected a time in the form \(pattern)"
    }
  }

  init(_ format: TimestampFormat, offset: Int32) throws(SCRMError) {
    self.format = format
    guard Instant(secondsSinceEpoch: 0, utcOffset: offset) != nil else {
      throw SCRMError(.invalidValue, subject: "time.offset", "expected whole minutes within one day")
    }
    self.offset = offset
    guard case .pattern(let pattern) = format else {
      tokens = []
      return
    }
    tokens = try Self.tokens(Array(pattern.utf8))
  }

  private static let words: [(String, Token)] = [
    ("yyyy", .year), ("MMM", .monthName), ("MM", .month), ("M", .shortMonth), ("dd", .day), ("d", .shortDay),
    ("EEE", .weekday), ("HH", .hour), ("H", .shortHour), ("mm", .minute), ("ss", .second), ("SSS", .milliseconds),
    ("Z", .offset), ("xxx", .offsetWithColon),
  ]

  private static func tokens(_ pattern: [UInt8]) throws(SCRMError) -> [Token] {
    func failure(_ reason: String) -> SCRMError { SCRMError(.invalidValue, subject: "time.format", reason) }
    var tokens: [Token] = []
    var isQuoted = false
    var index = 0
    while index < pattern.count {
      let byte = pattern[index]
      if byte == 0x27 {
        // Two marks stand for one, inside and outside of quoted letters.
        if index + 1 < pattern.count, pattern[index + 1] == 0x27 {
          tokens.append(.literal(0x27))
          index += 2
        } else {
          isQuoted.toggle()
          index += 1
        }
      } else if isQuoted {
        tokens.append(.literal(byte))
        index += 1
      } else if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A {
        let end = pattern[index...].firstIndex { $0 != byte } ?? pattern.endIndex
        let word = String(decoding: pattern[index..<end], as: UTF8.self)
        guard let token = words.first(where: { $0.0 == word }) else { throw failure("unknown token \(word)") }
        tokens.append(token.1)
        index = end
      } else {
        tokens.append(.literal(byte))
        index += 1
      }
    }
    if isQuoted { throw failure("a quotation mark is not closed") }
    let hasYear = tokens.contains { if case .year = $0 { true } else { false } }
    guard hasYear, tokens.count <= 64 else { throw failure("expected a pattern with a year and at most 64 tokens") }
    return tokens
  }

  func read(_ text: String) -> Instant? {
    switch format {
    case .rfc3339: return try? Instant(rfc3339: text)
    case .unixMilliseconds: return Int64(text).flatMap { Instant(millisecondsSinceEpoch: $0) }
    case .unixSeconds: return Self.seconds(text)
    case .pattern:
      var copy = text
      return copy.withUTF8 { read($0) }
    }
  }

  private static func seconds(_ text: String) -> Instant? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return nil }
    guard parts.count == 2 else { return Instant(secondsSinceEpoch: whole) }
    let digits = Array(parts[1].utf8)
    guard (1...9).contains(digits.count), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    var nanos: Int32 = 0
    for position in 0..<9 { nanos = nanos * 10 + (position < digits.count ? Int32(digits[position] - 0x30) : 0) }
    guard text.utf8.first == 0x2D, nanos > 0 else { return Instant(secondsSinceEpoch: whole, nanoseconds: nanos) }
    let (floor, overflow) = whole.subtractingReportingOverflow(1)
    return overflow ? nil : Instant(secondsSinceEpoch: floor, nanoseconds: 1_000_000_000 - nanos)
  }

  private func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
    var parts = Parts()
    var index = 0
    for token in tokens {
      switch token {
      case .literal(let byte):
        guard index < bytes.count, bytes[index] == byte else { return nil }
        index += 1
      case .year: guard take(4, &parts.year, bytes, &index) else { return nil }
      case .month: guard take(2, &parts.month, bytes, &index) else { return nil }
      case .day: guard take(2, &parts.day, bytes, &index) else { return nil }
      case .hour: guard take(2, &parts.hour, bytes, &index) else { return nil }
      case .minute: guard take(2, &parts.minute, bytes, &index) else { return nil }
      case .second: guard take(2, &parts.second, bytes, &index) else { return nil }
      case .milliseconds: guard take(3, &parts.milliseconds, bytes, &index) else { return nil }
      case .shortMonth: guard takeShort(&parts.month, bytes, &index) else { return nil }
      case .shortDay: guard takeShort(&parts.day, bytes, &index) else { return nil }
      case .shortHour: guard takeShort(&parts.hour, bytes, &index) else { return nil }
      case .monthName:
        guard let position = name(Self.months, bytes, &index) else { return nil }
        parts.month = position + 1
      case .weekday:
        guard let position = name(Self.weekdays, bytes, &index) else { return nil }
        parts.weekday = position
      case .offset: guard takeOffset(&parts, bytes, &index, needsColon: false) else { return nil }
      case .offsetWithColon: guard takeOffset(&parts, bytes, &index, needsColon: true) else { return nil }
      }
    }
    return index == bytes.count ? instant(parts) : nil
  }

  private func instant(_ parts: Parts) -> Instant? {
    // As in RFC 3339, a leap second is the first instant of the next minute.
    guard let date = CivilDate(year: parts.year, month: parts.month, day: parts.day), parts.hour < 24,
      parts.minute < 60, parts.second <= 60
    else { return nil }
    let days = date.daysSinceEpoch
    // 1970-01-01 was a Thursday.
    if let weekday = parts.weekday, (days + 3).flooredModulo(7) != weekday { return nil }
    let zone = parts.offset ?? offset
    let local = Int64(days) * 86_400 + Int64(parts.hour * 3_600 + parts.minute * 60 + parts.second)
    let recorded = parts.offset ?? (offset == 0 ? nil : offset)
    return Instant(
      secondsSinceEpoch: local - Int64(zone), nanoseconds: Int32(parts.milliseconds) * 1_000_000,
      utcOffset: recorded)
  }

  // MARK: Parts of a text

  private static let months = "JanFebMarAprMayJunJulAugSepOctNovDec"
  private static let weekdays = "MonTueWedThuFriSatSun"

  private func take(
    _ count: Int, _ value: inout Int, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Bool {
    guard index + count <= bytes.count else { return false }
    var number = 0
    for position in index..<(index + count) {
      guard bytes[position] >= 0x30, bytes[position] <= 0x39 else { return false }
      number = number * 10 + Int(bytes[position] - 0x30)
    }
    value = number
    index += count
    return true
  }

  private func takeShort(_ value: inout Int, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
    take(2, &value, bytes, &index) || take(1, &value, bytes, &index)
  }

  // The position of a name of three letters, of any case, in a list of such names.
  private func name(_ names: String, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int? {
    guard index + 3 <= bytes.count else { return nil }
    let letters = Array(names.utf8)
    for start in stride(from: 0, to: letters.count, by: 3)
    where (0..<3).allSatisfy({ letters[start + $0] | 0x20 == bytes[index + $0] | 0x20 }) {
      index += 3
      return start / 3
    }
    return nil
  }

  private func takeOffset(
    _ parts: inout Parts, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, needsColon: Bool
  ) -> Bool {
    guard index < bytes.count else { return false }
    if bytes[index] == 0x5A, !needsColon {
      index += 1
      parts.offset = 0
      return true
    }
    guard bytes[index] == 0x2B || bytes[index] == 0x2D else { return false }
    let negative = bytes[index] == 0x2D
    index += 1
    var hours = 0
    var minutes = 0
    guard take(2, &hours, bytes, &index) else { return false }
    if index < bytes.count, bytes[index] == 0x3A { index += 1 } else if needsColon { return false }
    guard take(2, &minutes, bytes, &index), hours < 24, minutes < 60 else { return false }
    let magnitude = Int32(hours * 3_600 + minutes * 60)
    parts.offset = negative ? -magnitude : magnitude
    return true
  }
}

extension Int {
  /// The remainder of a division rounded down; `divisor` is positive.
  fileprivate func flooredModulo(_ divisor: Int) -> Int { self - flooredQuotient(by: divisor) * divisor }
}
