package import SCRMExpressions

/// A day, week, month or year of the calendar in a zone.
package enum CalendarSpan: Sendable, Hashable {
  /// The local day.
  case day
  /// The local week, from Monday (ISO 8601).
  case week
  /// The local month.
  case month
  /// The local year.
  case year

  /// The first moment of the span that holds `now`, and the first moment of the next one, in milliseconds since 1970.
  ///
  /// Where clocks are put forward over midnight the day starts when they are. O(log transitions).
  package func bounds(_ now: Int64, in zone: ZoneRules) -> (start: Int64, end: Int64) {
    let today = zone.day(of: Self.instant(now))
    let first: Int
    let next: Int
    switch self {
    case .day: (first, next) = (Int(today), Int(today) + 1)
    case .week:
      // 1970-01-01 was a Thursday.
      first = (Int(today) + 3).flooredQuotient(by: 7) * 7 - 3
      next = first + 7
    case .month:
      let date = CivilDate(daysSinceEpoch: Int(today))
      let after = date.month == 12 ? (date.year + 1, 1) : (date.year, date.month + 1)
      (first, next) = (Self.day(date.year, date.month), Self.day(after.0, after.1))
    case .year:
      let date = CivilDate(daysSinceEpoch: Int(today))
      (first, next) = (Self.day(date.year, 1), Self.day(date.year + 1, 1))
    }
    return (Self.start(first, zone), Self.start(next, zone))
  }

  private static func day(_ year: Int, _ month: Int) -> Int {
    CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? Int(Int32.max)
  }

  private static func start(_ day: Int, _ zone: ZoneRules) -> Int64 {
    zone.start(ofDay: Int32(clamping: day)).millisecondsSinceEpoch
  }

  private static func instant(_ milliseconds: Int64) -> Instant {
    Instant(millisecondsSinceEpoch: milliseconds) ?? (milliseconds < 0 ? .distantPast : .distantFuture)
  }
}
