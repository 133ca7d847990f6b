/// A date of the proleptic Gregorian calendar without time or zone, such as a birthday.
///
/// Conversions follow H. Hinnant, *chrono-Compatible Low-Level Date Algorithms* (2013); each is O(1).
public struct CivilDate: Sendable, Hashable, Comparable {
  /// The year, 1 … 9999.
  public let year: Int
  /// The month, 1 … 12.
  public let month: Int
  /// The day of the month, 1 … 31.
  public let day: Int

  /// Creates a date; `nil` when it is not on the calendar (such as 30 February).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year) else {
      return nil
    }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  private init(uncheckedYear: Int, month: Int, day: Int) {
    self.year = uncheckedYear
    self.month = month
    self.day = day
  }

  /// Reads `yyyy-MM-dd`, also with a time behind it; `nil` when the text is no such date.
  public init?(_ text: String) {
    let bytes = Array(text.utf8.prefix(11))
    guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes.count == 10 || bytes[10] == 0x54,
      let year = DecimalDigits.value(bytes[0..<4]), let month = DecimalDigits.value(bytes[5..<7]),
      let day = DecimalDigits.value(bytes[8..<10])
    else { return nil }
    self.init(year: Int(year), month: Int(month), day: Int(day))
  }

  /// The date at `instant` in a zone `offset` seconds east of UTC.
  public init(_ instant: Instant, offset: Int = 0) {
    let local = instant.secondsSinceEpoch + Int64(min(max(offset, -86_399), 86_399))
    self.init(daysSinceEpoch: Int(local.flooredQuotient(by: 86_400)))
  }

  /// The date `days` after 1970-01-01, limited to the years 1 … 9999.
  public init(daysSinceEpoch days: Int) {
    let shifted = min(max(days, -719_162), 2_932_896) + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      uncheckedYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days since 1970-01-01.
  public var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.flooredQuotient(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Whether `left` is before `right`.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: CustomStringConvertible {
  /// The date as `yyyy-MM-dd`.
  public var description: String {
    DecimalDigits.text(year, width: 4) + "-" + DecimalDigits.text(month, width: 2) + "-"
      + DecimalDigits.text(day, width: 2)
  }
}

/// Fixed-width decimal digits, as dates are written.
enum DecimalDigits {
  static func value(_ bytes: ArraySlice<UInt8>) -> Int64? {
    // Nineteen digits fit in 64 unsigned bits.
    guard !bytes.isEmpty, bytes.count <= 19 else { return nil }
    var value: UInt64 = 0
    for byte in bytes {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + UInt64(byte - 0x30)
    }
    return Int64(exactly: value)
  }

  static func text(_ value: Int, width: Int) -> String {
    let digits = String(value)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
