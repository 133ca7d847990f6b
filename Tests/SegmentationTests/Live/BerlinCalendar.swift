/// The local calendar of Berlin since 1996 by the rule of the European Union alone, as an oracle.
struct BerlinCalendar {
  let year: Int
  let month: Int
  let day: Int
  /// Days since 1970-01-01 of the local date.
  let date: Int

  /// The local date at a moment.
  init(at time: Int64) {
    date = Int(Self.floor(time + Self.offset(time), 86_400_000))
    (year, month, day) = Self.civil(date)
  }

  /// The last Sunday of a month at 01:00 UTC.
  static func change(_ year: Int, month: Int) -> Int64 {
    let last = days(year, month, 31)
    // The first of January 1970 was a Thursday.
    let sunday = last - ((last + 4) % 7 + 7) % 7
    return Int64(sunday) * 86_400_000 + 3_600_000
  }

  static func offset(_ time: Int64) -> Int64 {
    let year = civil(Int(floor(time, 86_400_000))).year
    return time >= change(year, month: 3) && time < change(year, month: 10) ? 7_200_000 : 3_600_000
  }

  static func milliseconds(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    Int64(days(year, month, day)) * 86_400_000
  }

  static func nextDay(_ time: Int64) -> Int64 { start(BerlinCalendar(at: time).date + 1) }

  static func nextWeek(_ time: Int64) -> Int64 {
    let date = BerlinCalendar(at: time).date
    return start(date + 7 - ((date + 3) % 7 + 7) % 7)
  }

  static func nextMonth(_ time: Int64) -> Int64 {
    let now = BerlinCalendar(at: time)
    return start(now.month == 12 ? days(now.year + 1, 1, 1) : days(now.year, now.month + 1, 1))
  }

  static func nextYear(_ time: Int64) -> Int64 { start(days(BerlinCalendar(at: time).year + 1, 1, 1)) }

  /// When a local date begins; the clocks never change at midnight.
  private static func start(_ date: Int) -> Int64 {
    let local = Int64(date) * 86_400_000
    let winter = local - 3_600_000
    return offset(winter) == 3_600_000 ? winter : local - 7_200_000
  }

  private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
  }

  /// Days since 1970 by counting the years and months one by one.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    var days = 0
    for other in 1970..<year { days += isLeap(other) ? 366 : 365 }
    for other in 1..<month { days += length(year, other) }
    return days + day - 1
  }

  private static func civil(_ date: Int) -> (year: Int, month: Int, day: Int) {
    var (year, month, rest) = (1970, 1, date)
    while rest >= (isLeap(year) ? 366 : 365) {
      rest -= isLeap(year) ? 366 : 365
      year += 1
    }
    while rest >= length(year, month) {
      rest -= length(year, month)
      month += 1
    }
    return (year, month, rest + 1)
  }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func length(_ year: Int, _ month: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}
