import SCRMExpressions
import Testing

/// `Instant`: RFC 3339 text, arithmetic at the ends of the range, comparison.
struct InstantTests {
  static let readings: [(text: String, seconds: Int64, nanoseconds: Int32, offset: Int32?)] = [
    ("1970-01-01T00:00:00Z", 0, 0, nil), ("1970-01-01T00:00:00+00:00", 0, 0, 0), ("1970-01-01t00:00:00z", 0, 0, nil),
    ("1970-01-01 00:00:00Z", 0, 0, nil), ("1970-01-01T00:00:00-00:00", 0, 0, 0),
    // RFC 3339, section 5.8.
    ("1985-04-12T23:20:50.52Z", 482_196_050, 520_000_000, nil), ("1996-12-19T16:39:57-08:00", 851_042_397, 0, -28_800),
    ("1990-12-31T23:59:60Z", 662_688_000, 0, nil), ("1990-12-31T15:59:60-08:00", 662_688_000, 0, -28_800),
    ("1937-01-01T12:00:27.87+00:20", -1_041_337_173, 870_000_000, 1_200),
    ("1990-12-31T23:59:60.5Z", 662_688_000, 500_000_000, nil),
    ("0001-01-01T00:00:00Z", -62_135_596_800, 0, nil),
    ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999, nil),
    ("0001-01-01T23:59:00+23:59", -62_135_596_800, 0, 86_340),
    ("9999-12-31T00:00:59-23:59", 253_402_300_799, 0, -86_340),
    ("2000-02-29T00:00:00.000000001Z", 951_782_400, 1, nil),
    ("2000-02-29T00:00:00.1234567899999Z", 951_782_400, 123_456_789, nil),
    ("1969-12-31T23:59:59.999Z", -1, 999_000_000, nil), ("2024-05-01T08:30:00+08:00", 1_714_523_400, 0, 28_800),
  ]

  @Test(arguments: readings)
  func reads(text: String, seconds: Int64, nanoseconds: Int32, offset: Int32?) throws {
    let instant = try Instant(rfc3339: text)
    #expect(instant.secondsSinceEpoch == seconds)
    #expect(instant.nanoseconds == nanoseconds)
    #expect(instant.utcOffset == offset)
    let again = try Instant(rfc3339: instant.description)
    #expect(again == instant)
    #expect(again.utcOffset == instant.utcOffset)
  }

  @Test(arguments: [
    "", "1970", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01T00:00Z", "1970-01-01T00:00:00z0",
    "1970-01-01T00:00:00.Z",
    "1970-01-01T00:00:00,5Z", "1970-01-01T00:00:00+0000", "1970-01-01T00:00:00+00", "1970-01-01T00:00:00+00:0",
    "1970-01-01T00:00:00+00:00:00", "1970-13-01T00:00:00Z", "1970-00-01T00:00:00Z", "1970-01-00T00:00:00Z",
    "1970-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "1970-04-31T00:00:00Z", "0000-01-01T00:00:00Z",
    "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:61Z", "1970-01-01T00:00:00+24:00",
    "1970-01-01T00:00:00+00:60", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
    "+1970-01-01T00:00:00Z", "-001-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "1970-01-01T00:00:00Ｚ",
    " 1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z ", "1970-1-01T000:00:00Z", "１９７０-01-01T00:00:00Z",
    "1970-01-01_00:00:00Z", "1970-01-01T00:00:00.000000000000000000000000000000000000000000000Z",
  ])
  func refuses(text: String) {
    let error = #expect(throws: InstantError.self) { try Instant(rfc3339: text) }
    // The reason shows an example of its own, never the text.
    if text.utf8.count > 12 { #expect(error?.description.contains(text) == false) }
  }

  @Test(arguments: UInt64(1)...20)
  func textRoundTrip(seed: UInt64) throws {
    var random = TestRandom(seed)
    for _ in 0..<200 {
      let instant = random.instant()
      let text = instant.description
      let read = try Instant(rfc3339: text)
      #expect(read == instant, "seed \(seed)")
      #expect(read.description == text)
      #expect(read.inUTC.description.hasSuffix("Z"))
      #expect(try Instant(rfc3339: read.inUTC.description) == instant)
      #expect(read.hashValue == instant.hashValue)
    }
  }

  @Test
  func theEndsWithEveryOffset() throws {
    for seconds in [Int64(-62_135_596_800), -62_135_596_799, 253_402_300_798, 253_402_300_799] {
      for offset in stride(from: Int32(-86_340), through: 86_340, by: 60) {
        let instant = try #require(Instant(secondsSinceEpoch: seconds, utcOffset: offset))
        #expect(try Instant(rfc3339: instant.description) == instant)
      }
    }
  }

  @Test
  func partsOutOfRangeGiveNil() {
    #expect(Instant(secondsSinceEpoch: -62_135_596_801) == nil)
    #expect(Instant(secondsSinceEpoch: 253_402_300_800) == nil)
    #expect(Instant(secondsSinceEpoch: .min) == nil)
    #expect(Instant(secondsSinceEpoch: 0, nanoseconds: -1) == nil)
    #expect(Instant(secondsSinceEpoch: 0, nanoseconds: 1_000_000_000) == nil)
    for offset in [Int32(86_400), -86_400, 30, .min, .max] {
      #expect(Instant(secondsSinceEpoch: 0, utcOffset: offset) == nil)
    }
    for milliseconds in [Int64.min, .min + 1, .max, -62_135_596_800_001, 253_402_300_800_000] {
      #expect(Instant(millisecondsSinceEpoch: milliseconds) == nil)
    }
  }

  @Test
  func milliseconds() throws {
    for milliseconds in [Int64(0), 1, -1, 999, -999, 1_000, -1_000, -1_001, -62_135_596_800_000, 253_402_300_799_999] {
      let instant = try #require(Instant(millisecondsSinceEpoch: milliseconds))
      #expect(instant.millisecondsSinceEpoch == milliseconds)
      #expect((0..<1_000_000_000).contains(instant.nanoseconds))
    }
    #expect(Instant(millisecondsSinceEpoch: -1)?.description == "1969-12-31T23:59:59.999Z")
    #expect(Instant(secondsSinceEpoch: -1, nanoseconds: 1)?.millisecondsSinceEpoch == -1_000)
  }

  @Test
  func arithmeticEndsAtTheEnds() {
    let spans: [Duration] = [
      .nanoseconds(1), .milliseconds(500), .seconds(1), .seconds(Int64.max), .seconds(Int64.max) + .seconds(Int64.max),
      .seconds(Int64.max) + .nanoseconds(999_999_999),
    ]
    for span in spans {
      #expect(Instant.distantFuture.advanced(by: span) == .distantFuture)
      #expect(Instant.distantPast.advanced(by: .zero - span) == .distantPast)
    }
    for span in spans.dropFirst(3) {
      #expect(Instant.epoch.advanced(by: span) == .distantFuture)
      #expect(Instant.epoch.advanced(by: .zero - span) == .distantPast)
      #expect(Instant.distantPast.advanced(by: span) == .distantFuture)
    }
    let whole = Instant.distantFuture.duration(since: .distantPast)
    #expect(Instant.distantPast.advanced(by: whole) == .distantFuture)
    #expect(Instant.distantFuture.advanced(by: .zero - whole) == .distantPast)
    #expect(Instant.distantPast.advanced(by: .nanoseconds(1)).nanoseconds == 1)
    #expect(Instant.distantFuture.advanced(by: .nanoseconds(-1)).nanoseconds == 999_999_998)
    #expect(Instant.epoch.advanced(by: .nanoseconds(-1)).description == "1969-12-31T23:59:59.999999999Z")
    // Finer than a nanosecond: dropped.
    #expect(Instant.epoch.advanced(by: Duration(secondsComponent: 0, attosecondsComponent: 999_999_999)) == .epoch)
    #expect(Instant.epoch.advanced(by: Duration(secondsComponent: 0, attosecondsComponent: -1)) == .epoch)
  }

  @Test(arguments: UInt64(1)...20)
  func arithmeticProperties(seed: UInt64) {
    var random = TestRandom(seed)
    for _ in 0..<200 {
      let (left, right) = (random.instant(), random.instant())
      #expect(left.advanced(by: right.duration(since: left)) == right)
      #expect((left < right) == (right.duration(since: left) > .zero))
      #expect((left == right) == (right.duration(since: left) == .zero))
      #expect(left.advanced(by: .zero).utcOffset == left.utcOffset)
      let day = Int64(left.utcDay) * 86_400
      #expect((day..<(day + 86_400)).contains(left.secondsSinceEpoch))
    }
  }

  @Test
  func theOffsetTakesNoPartInComparison() throws {
    let east = try Instant(rfc3339: "2024-05-01T08:30:00+08:00")
    let utc = try Instant(rfc3339: "2024-05-01T00:30:00Z")
    #expect(east == utc)
    #expect(east.hashValue == utc.hashValue)
    #expect(!(east < utc) && !(utc < east))
    #expect(east.description == "2024-05-01T08:30:00+08:00")
  }
}
