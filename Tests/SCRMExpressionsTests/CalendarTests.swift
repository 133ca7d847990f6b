import Foundation
import SCRMExpressions
import Testing

/// `CivilDate` against Foundation's calendar, and the text of durations.
struct CalendarTests {
  /// From the day the Gregorian calendar began: before it Foundation counts by the Julian one.
  @Test
  func daysAgreeWithFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var random = TestRandom(1)
    let sampled = (0..<3_000).map { _ in Int.random(in: -141_427...2_932_896, using: &random) }
    for days in [-141_427, 2_932_896] + Array(-800...800) + sampled {
      let date = CivilDate(daysSinceEpoch: days)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day, "day \(days)")
    }
  }

  /// Every day of the years 1 to 2500, counted by hand.
  @Test
  func theDayAfterIsTheNextOnTheCalendar() throws {
    var days = -719_162
    for year in 1...2_500 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (index, length) in lengths.enumerated() {
        for day in 1...length {
          let date = CivilDate(daysSinceEpoch: days)
          guard date.year == year, date.month == index + 1, date.day == day, date.daysSinceEpoch == days else {
            Issue.record("\(year)-\(index + 1)-\(day)")
            return
          }
          days += 1
        }
        #expect(CivilDate(year: year, month: index + 1, day: length + 1) == nil)
      }
    }
  }

  @Test
  func text() throws {
    #expect(CivilDate("1990-12-31")?.description == "1990-12-31")
    #expect(CivilDate("0001-01-01")?.daysSinceEpoch == -719_162)
    #expect(CivilDate("2024-02-29T10:00:00Z")?.description == "2024-02-29")
    for text in [
      "", "1990", "1990-12-3", "1990-12-311", "1990-12-31 10:00", "90-12-31", "1990/12/31", "2023-02-29", "0000-01-01",
      "1990-13-01", "1990-00-01", "1990-01-00", "-990-01-01", "１９９０-12-31", "1990-1２-31",
    ] { #expect(CivilDate(text) == nil) }
    #expect(CivilDate(year: .max, month: .max, day: .max) == nil)
    #expect(CivilDate(year: 2_000, month: 1, day: .min) == nil)
  }

  @Test
  func limits() throws {
    #expect(CivilDate(daysSinceEpoch: .min).description == "0001-01-01")
    #expect(CivilDate(daysSinceEpoch: .max).description == "9999-12-31")
    #expect(CivilDate(.distantPast, offset: -86_340).description == "0001-01-01")
    #expect(CivilDate(.distantFuture, offset: .max).description == "9999-12-31")
    let evening = try Instant(rfc3339: "2024-02-28T23:30:00Z")
    #expect(CivilDate(evening).description == "2024-02-28")
    #expect(CivilDate(evening, offset: 1_800).description == "2024-02-29")
    #expect(CivilDate(.epoch, offset: -1).description == "1969-12-31")
    let dates = [-1_000, -1, 0, 1, 40, 366, 10_000].map { CivilDate(daysSinceEpoch: $0) }
    #expect(dates.shuffled().sorted() == dates)
  }

  static let durations: [(text: String, nanoseconds: Int64)] = [
    ("0s", 0), ("1s", 1_000_000_000), ("-1s", -1_000_000_000), ("1.5s", 1_500_000_000), ("-0.25s", -250_000_000),
    ("0.000000001s", 1), ("-0.000000001s", -1), ("86400s", 86_400_000_000_000), ("3.010s", 3_010_000_000),
    ("0.1s", 100_000_000), ("-1.999999999s", -1_999_999_999),
  ]

  @Test(arguments: durations)
  func durationText(text: String, nanoseconds: Int64) throws {
    let duration = try #require(Duration(secondsText: text))
    #expect(duration == .nanoseconds(nanoseconds))
    #expect(Duration(secondsText: duration.secondsText) == duration)
    if !text.hasSuffix("0s") || text == "0s" || text == "86400s" { #expect(duration.secondsText == text) }
  }

  @Test
  func durationTextAtTheEnds() throws {
    let huge = Duration.seconds(Int64.max) + .seconds(Int64.max)
    #expect(huge.secondsText == "9223372036854775807s")
    #expect((.zero - huge).secondsText == "-9223372036854775807s")
    #expect(Duration(secondsText: "9223372036854775807.999999999s") != nil)
    #expect(Duration(secondsText: "-9223372036854775807s") == .seconds(-Int64.max))
    // Less than a nanosecond is nothing, and nothing has no sign.
    #expect(Duration(secondsComponent: 0, attosecondsComponent: -1).secondsText == "0s")
    for text in [
      "", "s", "1", "-s", "--1s", "+1s", "1.s", ".5s", "1..5s", "1.5.5s", "1.0000000001s", "1e3s", " 1s", "1s ", "1S",
      "9223372036854775808s", "99999999999999999999s", "1m", "١s", "-", "0.-1s",
      String(repeating: "1", count: 40) + "s",
    ] { #expect(Duration(secondsText: text) == nil, "\(text)") }
  }

  @Test(arguments: UInt64(1)...10)
  func durationTextRoundTrip(seed: UInt64) {
    var random = TestRandom(seed)
    for _ in 0..<200 {
      let duration = random.duration()
      #expect(Duration(secondsText: duration.secondsText) == duration, "seed \(seed)")
    }
  }

  @Test
  func spans() {
    #expect(Duration.days(2) == .seconds(172_800))
    #expect(Duration.hours(-3) == .seconds(-10_800))
    #expect(Duration.minutes(5) == .seconds(300))
    #expect(Duration.days(.max) == .seconds(Int64.max))
    #expect(Duration.days(.min) == .seconds(-Int64.max))
    #expect(Duration.hours(.max) > .zero && Duration.minutes(.min) < .zero)
  }
}
