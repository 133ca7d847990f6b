import SocialCRM

/// Dates as they are read, in UTC.
enum DateText {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Jan`.
  static func month(_ date: CivilDate) -> String { months[(date.month - 1) % 12] }
  /// `2 Jan`.
  static func day(_ date: CivilDate) -> String { "\(date.day) \(month(date))" }
  /// `2 Jan 2024`.
  static func date(_ instant: Instant) -> String {
    let date = CivilDate(instant)
    return day(date) + " \(date.year)"
  }
  /// `2 Jan 2024, 08:30`.
  static func dateAndTime(_ instant: Instant) -> String { date(instant) + ", " + clock(instant) }

  /// `08:30`.
  static func clock(_ instant: Instant) -> String {
    let minute = Int((instant.secondsSinceEpoch % 86_400 + 86_400) % 86_400) / 60
    return two(minute / 60) + ":" + two(minute % 60)
  }

  /// `1 Jan – 2 Mar 2024`; one date when both are the same.
  static func period(_ first: Instant, _ last: Instant) -> String {
    let (from, to) = (CivilDate(first), CivilDate(last))
    if from == to { return date(first) }
    if from.year != to.year { return date(first) + " – " + date(last) }
    return (from.month == to.month ? "\(from.day)" : day(from)) + " – " + date(last)
  }

  /// The name of a bin of a time line.
  static func bin(_ start: Instant, _ unit: TimeLine.Unit) -> String {
    switch unit {
    case .hour: dateAndTime(start)
    case .day: date(start)
    case .week: "week of " + date(start)
    case .month: month(CivilDate(start)) + " \(CivilDate(start).year)"
    case .year: "\(CivilDate(start).year)"
    }
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
