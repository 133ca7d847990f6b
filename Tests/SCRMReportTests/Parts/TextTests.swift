import SocialCRM
import Testing

@testable import SCRMReport

struct TextTests {
  @Test(arguments: [
    (0, "0", "0"), (999, "999", "999"), (1_000, "1,000", "1,000"), (9_999, "9,999", "9,999"),
    (10_000, "10,000", "10k"), (12_345, "12,345", "12.3k"), (999_499, "999,499", "999k"),
    (999_999, "999,999", "1M"), (1_234_567, "1,234,567", "1.23M"), (-1_234_567, "-1,234,567", "-1.23M"),
    (1_000_000_000, "1,000,000,000", "1B"), (Int.max, "9,223,372,036,854,775,807", "9,223P"),
    (Int.min, "-9,223,372,036,854,775,808", "-9,223P"),
  ])
  func `counts in full and in short`(value: Int, grouped: String, compact: String) {
    #expect(NumberText.grouped(value) == grouped)
    #expect(NumberText.compact(value) == compact)
  }

  @Test(arguments: [
    (0, 0, "–"), (0, 10, "0%"), (1, 3, "33%"), (1, 22, "4.5%"), (1, 2_000, "<0.1%"), (1_441, 1_445, "99.7%"),
    (99_999, 100_000, ">99.9%"), (10, 10, "100%"),
  ])
  func `a share is never rounded to none or all`(part: Int, whole: Int, text: String) {
    #expect(NumberText.percent(part, of: whole) == text)
  }

  @Test(arguments: [
    (0.0, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (718, "11 min 58 s"), (3_600, "1 h"), (20_519.5, "5 h 42 min"),
    (86_400, "1 d"), (273_600, "3 d 4 h"), (8_640_000, "100 d"), (-1, "–"), (.nan, "–"), (.infinity, "–"), (1e300, "–"),
  ])
  func `lengths of time`(seconds: Double, text: String) { #expect(DurationText.text(seconds) == text) }

  @Test func `periods name what differs`() throws {
    let times = try ["2024-01-05T10:00:00Z", "2024-01-05T23:00:00Z", "2024-01-31T00:00:00Z", "2024-03-01T00:00:00Z"]
      .map { try Instant(rfc3339: $0) }
    #expect(DateText.period(times[0], times[1]) == "5 Jan 2024")
    #expect(DateText.period(times[0], times[2]) == "5 – 31 Jan 2024")
    #expect(DateText.period(times[0], times[3]) == "5 Jan – 1 Mar 2024")
    #expect(DateText.period(.distantPast, .distantFuture) == "1 Jan 1 – 31 Dec 9999")
  }

  @Test func `a text is cut after so many characters`() {
    var escaped = ""
    String(repeating: "<", count: 1_000).appendEscaped(to: &escaped)
    #expect(escaped == String(repeating: "&lt;", count: 400) + "…")
    #expect("12345".shortened(to: 5) == "12345" && "123456".shortened(to: 5) == "1234…")
  }

  @Test func `languages of a mixed text are marked part by part`() {
    #expect(
      HTML.data("text “退款” and 坏了").source == """
        <bdi>text “<span lang="zh">退款</span>” and <span lang="zh">坏了</span></bdi>
        """)
    #expect(HTML.data("カナ 漢").source.contains("lang=\"ja\""))
    #expect(HTML.data("a & b").source == "a &amp; b")
  }
}
