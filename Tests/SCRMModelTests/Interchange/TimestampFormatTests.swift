import Foundation
import SCRMModel
import Testing

@Suite struct TimestampFormatTests {
  private func read(_ text: String, _ format: String, offset: Int32 = 0) -> String? {
    (try? TimestampFormat(text: format).instant(text, offset: offset))?.description
  }

  @Test func publishedForms() {
    let twitter = "EEE MMM dd HH:mm:ss Z yyyy"
    #expect(read("Tue Oct 31 22:10:47 +0000 2017", twitter) == "2017-10-31T22:10:47+00:00")
    #expect(read("Tue May 31 17:46:55 +0800 2011", twitter) == "2011-05-31T17:46:55+08:00")
    #expect(read("2024-05-01 08:30:00", "yyyy-MM-dd HH:mm:ss", offset: 28_800) == "2024-05-01T08:30:00+08:00")
    #expect(read("2024-05-01 08:30:00", "yyyy-MM-dd HH:mm:ss") == "2024-05-01T08:30:00Z")
    #expect(read("2024-05-01T08:30:00.250+08:00", "yyyy-MM-dd'T'HH:mm:ss.SSSxxx") == "2024-05-01T08:30:00.250+08:00")
    #expect(read("5/1/2024", "M/d/yyyy") == "2024-05-01T00:00:00Z")
    #expect(read("12/31/2024 9:05", "M/d/yyyy H:mm") == "2024-12-31T09:05:00Z")
    #expect(read("2024年05月01日", "yyyy年MM月dd日") == "2024-05-01T00:00:00Z")
    #expect(read("20240501", "yyyyMMdd") == "2024-05-01T00:00:00Z")
    #expect(read("8 o'clock on 2024-05-01", "H 'o''clock on' yyyy-MM-dd") == "2024-05-01T08:00:00Z")
    #expect(read("2024'", "yyyy''") == "2024-01-01T00:00:00Z")
    #expect(read("2016-12-31 23:59:60Z", "yyyy-MM-dd HH:mm:ssZ") == "2017-01-01T00:00:00+00:00")
    #expect(read("2024-05-01T08:30:00Z", "rfc3339") == "2024-05-01T08:30:00Z")
    #expect(read("1714523400", "unixSeconds") == "2024-05-01T00:30:00Z")
    #expect(read("1714523400.25", "unixSeconds") == "2024-05-01T00:30:00.250Z")
    #expect(read("-0.25", "unixSeconds") == "1969-12-31T23:59:59.750Z")
    #expect(read("-1.5", "unixSeconds") == "1969-12-31T23:59:58.500Z")
    #expect(read("1714523400250", "unixMilliseconds") == "2024-05-01T00:30:00.250Z")
  }

  @Test(arguments: [
    ("Wed Oct 31 22:10:47 +0000 2017", "EEE MMM dd HH:mm:ss Z yyyy"),  // it was a Tuesday
    ("Tue Okt 31 22:10:47 +0000 2017", "EEE MMM dd HH:mm:ss Z yyyy"),
    ("2024-02-30", "yyyy-MM-dd"), ("2024-13-01", "yyyy-MM-dd"), ("2024-5-01", "yyyy-MM-dd"),
    ("2024-05-01 ", "yyyy-MM-dd"), ("2024-05-0", "yyyy-MM-dd"), ("", "yyyy"), ("0000", "yyyy"),
    ("2024 24", "yyyy HH"), ("2024 60", "yyyy mm"), ("2024 61", "yyyy ss"), ("2024 +0860", "yyyy Z"),
    ("2024 +2400", "yyyy Z"), ("2024 +08", "yyyy Z"), ("2024 +0800", "yyyy xxx"), ("2024 0800", "yyyy Z"),
    ("", "unixSeconds"), ("1.", "unixSeconds"), ("1.0000000001", "unixSeconds"), ("1e3", "unixSeconds"),
    ("-9223372036854775808.5", "unixSeconds"), ("99999999999999999999", "unixMilliseconds"), ("NaN", "unixSeconds"),
    ("2024", "yyyyy"), ("2024", "'yyyy"), ("2024", "YYYY"), ("10", "HH"), ("2024-05-01", "rfc3339"),
  ])
  func refused(text: String, format: String) { #expect(read(text, format) == nil) }

  @Test func offsetsThatAreNone() {
    #expect(read("2024", "yyyy", offset: 86_400) == nil)
    #expect(read("2024", "yyyy", offset: 61) == nil)
  }

  // Oracle: Foundation's formatter.
  @Test func agreesWithFoundation() throws {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.calendar = Calendar(identifier: .gregorian)
    let patterns = [
      "EEE MMM dd HH:mm:ss Z yyyy", "yyyy-MM-dd HH:mm:ss.SSSxxx", "d MMM yyyy H:mm:ss Z", "dd/MM/yyyyHHmmssZ",
    ]
    var random = InterchangeGenerator(seed: 3)
    for _ in 0..<300 {
      let seconds = Int64(random.below(4_000_000_000)) - 1_500_000_000
      let offset = (random.below(27 * 4) - 12 * 4) * 900
      formatter.timeZone = TimeZone(secondsFromGMT: offset)
      formatter.dateFormat = random.pick(patterns)
      let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
      let instant = try TimestampFormat(text: formatter.dateFormat).instant(text)
      #expect(instant.secondsSinceEpoch == seconds, "\(text)")
      #expect(instant.utcOffset == Int32(offset), "\(text)")
    }
  }
}
