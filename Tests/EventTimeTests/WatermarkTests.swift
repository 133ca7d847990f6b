import EventTime
import SCRMExpressions
import Testing

@Suite struct WatermarkTests {
  private func at(_ seconds: Int64, nanoseconds: Int32 = 0, offset: Int32? = nil) throws -> Instant {
    try #require(Instant(secondsSinceEpoch: seconds, nanoseconds: nanoseconds, utcOffset: offset))
  }

  @Test func nothingIsLateAtFirst() {
    #expect(!Watermark(lateness: .zero).isLate(.distantPast))
  }

  @Test func anEventIsLateBehindTheLateness() throws {
    var watermark = Watermark(lateness: .seconds(60))
    watermark.observe(try at(1_000))
    #expect(!watermark.isLate(try at(940)))
    #expect(watermark.isLate(try at(939, nanoseconds: 999_999_999)))
    #expect(!watermark.isLate(try at(2_000)))
  }

  @Test func itNeverGoesBack() throws {
    var watermark = Watermark(lateness: .zero)
    watermark.observe(try at(1_000, offset: 3_600))
    watermark.observe(try at(10))
    #expect(watermark.latest == (try at(1_000)))
    #expect(watermark.latest?.utcOffset == nil)
    #expect(watermark == Watermark(lateness: .zero, latest: try at(1_000)))
  }

  @Test func theEndsOfTimeDoNotOverflow() throws {
    var watermark = Watermark(lateness: .seconds(Int64.max))
    watermark.observe(.distantFuture)
    #expect(!watermark.isLate(.distantPast))
    var strict = Watermark(lateness: .seconds(-5))
    strict.observe(.distantPast)
    #expect(!strict.isLate(.distantPast))
    strict.observe(try at(100))
    #expect(try strict.isLate(at(104)) && !strict.isLate(at(105)))
  }

  @Test func theOrderOfObservationsDoesNotMatter() throws {
    let times = try (0..<50).map { try at(Int64(($0 * 7_919) % 1_009)) }
    var (forward, backward) = (Watermark(lateness: .seconds(1)), Watermark(lateness: .seconds(1)))
    for time in times { forward.observe(time) }
    for time in times.reversed() { backward.observe(time) }
    #expect(forward == backward)
    #expect(forward.latest == times.max())
  }
}
