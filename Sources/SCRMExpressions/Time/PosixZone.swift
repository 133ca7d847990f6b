/// A zone as the environment variable TZ writes it (POSIX.1-2017, 8.3, with the extensions of RFC 9636): a standard
/// offset and, where there is daylight saving, its offset and the two days of the year on which clocks change.
struct PosixZone: Sendable, Hashable {
  /// Seconds east of UTC.
  var standard: Int32
  var saving: Saving?

  struct Saving: Sendable, Hashable {
    var offset: Int32
    var start: Change
    var end: Change
  }

  /// A day of the year and the local time on it.
  struct Change: Sendable, Hashable {
    var day: Day
    /// Seconds after local midnight; may be negative or more than a day.
    var time: Int64
  }

  enum Day: Sendable, Hashable {
    /// Day 1 … 365; 29 February is never counted.
    case julian(Int)
    /// Day 0 … 365; 29 February is counted.
    case ordinal(Int)
    /// A weekday (0 is Sunday) of a week (1 … 5, 5 is the last) of a month.
    case weekday(month: Int, week: Int, weekday: Int)
  }

  /// Seconds east of UTC at a second since 1970.
  func offset(atSecond second: Int64) -> Int32 {
    guard let saving else { return standard }
    let year = CivilDate(daysSinceEpoch: Int((second + Int64(standard)).flooredQuotient(by: 86_400))).year
    let start = saving.start.second(in: year) - Int64(standard)
    let end = saving.end.second(in: year) - Int64(saving.offset)
    let isSaving = start < end ? second >= start && second < end : second >= start || second < end
    return isSaving ? saving.offset : standard
  }
}

extension PosixZone.Change {
  /// The local time of the change in a year, as seconds since 1970-01-01 of that clock.
  func second(in year: Int) -> Int64 { Int64(day.daysSinceEpoch(in: year)) * 86_400 + time }
}

extension PosixZone.Day {
  func daysSinceEpoch(in year: Int) -> Int {
    func days(_ month: Int, _ day: Int) -> Int { CivilDate(year: year, month: month, day: day)?.daysSinceEpoch ?? 0 }
    switch self {
    case .julian(let day):
      return days(1, 1) + day - 1 + (CivilDate.days(in: 2, of: year) == 29 && day >= 60 ? 1 : 0)
    case .ordinal(let day): return days(1, 1) + day
    case .weekday(let month, let week, let weekday):
      let first = days(month, 1)
      // 1970-01-01 was a Thursday.
      let skip = (weekday - (first + 4) % 7 + 7) % 7
      let found = first + skip + (week - 1) * 7
      return found >= first + CivilDate.days(in: month, of: year) ? found - 7 : found
    }
  }
}

// MARK: Reading

extension PosixZone {
  /// Reads the text form, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
  init(_ text: String, zone: String) throws(ZoneError) {
    var reader = Reader(zone: zone, bytes: Array(text.utf8))
    try reader.name()
    standard = -Int32(try reader.time(hours: 24))
    if reader.isAtEnd { return }
    try reader.name()
    let offset = reader.isAt(0x2C) ? standard + 3_600 : -Int32(try reader.time(hours: 24))
    try reader.expect(0x2C)
    let start = try reader.change()
    try reader.expect(0x2C)
    saving = Saving(offset: offset, start: start, end: try reader.change())
    guard reader.isAtEnd else { throw reader.error("the end") }
  }

  private struct Reader {
    let zone: String
    let bytes: [UInt8]
    var position = 0

    init(zone: String, bytes: [UInt8]) {
      self.zone = zone
      self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    func isAt(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

    func error(_ expected: String) -> ZoneError {
      ZoneError(zone: zone, reason: "rule column \(position + 1): expected \(expected)")
    }

    mutating func expect(_ byte: UInt8) throws(ZoneError) {
      guard isAt(byte) else { throw error("“\(Unicode.Scalar(byte))”") }
      position += 1
    }

    /// Letters, or anything between angle brackets.
    mutating func name() throws(ZoneError) {
      let start = position
      if isAt(0x3C) {
        guard let end = bytes[position...].firstIndex(of: 0x3E) else { throw error("“>”") }
        position = end + 1
      } else {
        while position < bytes.count, bytes[position] | 0x20 >= 0x61, bytes[position] | 0x20 <= 0x7A { position += 1 }
      }
      guard position - start >= 3 else { throw error("a name of three letters or more") }
    }

    mutating func number(_ range: ClosedRange<Int>) throws(ZoneError) -> Int {
      let start = position
      while position < bytes.count, position - start < 3, bytes[position] >= 0x30, bytes[position] <= 0x39 {
        position += 1
      }
      guard let value = DecimalDigits.value(bytes[start..<position]), range.contains(Int(value)) else {
        throw error("a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return Int(value)
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(hours: Int) throws(ZoneError) -> Int64 {
      let isNegative = isAt(0x2D)
      if isNegative || isAt(0x2B) { position += 1 }
      var seconds = try number(0...hours) * 3_600
      if isAt(0x3A) {
        position += 1
        seconds += try number(0...59) * 60
      }
      if isAt(0x3A) {
        position += 1
        seconds += try number(0...59)
      }
      return Int64(isNegative ? -seconds : seconds)
    }

    mutating func change() throws(ZoneError) -> Change {
      let day: Day
      if isAt(0x4D) {
        position += 1
        let month = try number(1...12)
        try expect(0x2E)
        let week = try number(1...5)
        try expect(0x2E)
        day = .weekday(month: month, week: week, weekday: try number(0...6))
      } else if isAt(0x4A) {
        position += 1
        day = .julian(try number(1...365))
      } else {
        day = .ordinal(try number(0...365))
      }
      guard isAt(0x2F) else { return Change(day: day, time: 7_200) }
      position += 1
      return Change(day: day, time: try time(hours: 167))
    }
  }
}
