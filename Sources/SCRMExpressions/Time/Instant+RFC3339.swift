extension Instant {
  /// Reads an RFC 3339 date-time such as `2024-05-01T08:30:00.25+08:00`.
  ///
  /// Lower-case `t` and `z` and a blank instead of `T` are accepted as the standard permits; more than nine fraction
  /// digits are cut; a leap second (`:60`) is read as the first instant of the next minute.
  /// - Throws: ``InstantError`` that tells what was expected, without the text.
  public init(rfc3339 text: String) throws(InstantError) {
    var copy = text
    let parsed = copy.withUTF8 { Self.parse($0) }
    switch parsed {
    case .success(let instant): self = instant
    case .failure(let error): throw error
    }
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<Instant, InstantError> {
    func digits(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= bytes.count else { return nil }
      var value = 0
      for index in start..<(start + count) {
        guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
        value = value * 10 + Int(bytes[index] - 0x30)
      }
      return value
    }
    guard bytes.count >= 20, bytes.count <= 64, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A,
      bytes[16] == 0x3A, bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20,
      let year = digits(0, 4), let month = digits(5, 2), let day = digits(8, 2),
      let hour = digits(11, 2), let minute = digits(14, 2), let second = digits(17, 2)
    else { return .failure(.syntax) }
    guard let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second <= 60 else {
      return .failure(.range)
    }
    var index = 19
    var nanos: Int32 = 0
    if bytes[index] == 0x2E {
      index += 1
      var scale: Int32 = 100_000_000
      let start = index
      while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
        nanos += Int32(bytes[index] - 0x30) * scale
        scale /= 10
        index += 1
      }
      if index == start { return .failure(.syntax) }
    }
    guard index < bytes.count else { return .failure(.syntax) }
    var offset: Int32?
    if bytes[index] == 0x5A || bytes[index] == 0x7A {
      guard index + 1 == bytes.count else { return .failure(.syntax) }
    } else {
      guard bytes[index] == 0x2B || bytes[index] == 0x2D, index + 6 == bytes.count, bytes[index + 3] == 0x3A,
        let hours = digits(index + 1, 2), let minutes = digits(index + 4, 2)
      else { return .failure(.syntax) }
      guard hours < 24, minutes < 60 else { return .failure(.range) }
      let magnitude = Int32(hours * 3_600 + minutes * 60)
      offset = bytes[index] == 0x2D ? -magnitude : magnitude
    }
    let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    guard
      let instant = Instant(secondsSinceEpoch: local - Int64(offset ?? 0), nanoseconds: nanos, utcOffset: offset)
    else { return .failure(.range) }
    return .success(instant)
  }
}

extension Instant: CustomStringConvertible {
  /// The instant in RFC 3339 with the offset it was written with; the fraction as 0, 3, 6 or 9 digits.
  ///
  /// In UTC where the local date is outside of the years 0001 … 9999, which have no RFC 3339 text.
  public var description: String {
    let offset = Int64(utcOffset ?? 0)
    let local = secondsSinceEpoch + offset
    guard (Self.minimumSeconds...Self.maximumSeconds).contains(local) else { return inUTC.description }
    let day = local.flooredQuotient(by: 86_400)
    let second = Int(local - day * 86_400)
    var text = CivilDate(daysSinceEpoch: Int(day)).description
    text += "T" + DecimalDigits.text(second / 3_600, width: 2)
    text += ":" + DecimalDigits.text(second / 60 % 60, width: 2)
    text += ":" + DecimalDigits.text(second % 60, width: 2)
    if nanoseconds != 0 {
      let nanos = Int(nanoseconds)
      if nanos % 1_000_000 == 0 {
        text += "." + DecimalDigits.text(nanos / 1_000_000, width: 3)
      } else if nanos % 1_000 == 0 {
        text += "." + DecimalDigits.text(nanos / 1_000, width: 6)
      } else {
        text += "." + DecimalDigits.text(nanos, width: 9)
      }
    }
    guard utcOffset != nil else { return text + "Z" }
    let magnitude = Int(abs(offset))
    return text + (offset < 0 ? "-" : "+") + DecimalDigits.text(magnitude / 3_600, width: 2) + ":"
      + DecimalDigits.text(magnitude / 60 % 60, width: 2)
  }
}

/// Why a text is no instant.
public struct InstantError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was wrong and what was expected; never the text itself.
  public let reason: String

  static let syntax = InstantError(reason: "not an RFC 3339 date-time such as 2024-05-01T08:30:00Z")
  static let range = InstantError(reason: "a part of the date-time is out of range (years 0001 to 9999)")

  /// The reason.
  public var description: String { reason }
}
