import SocialCRM
import Testing

@testable import SCRMReport

struct TimeWindowTests {
  private func bins(_ seconds: [Int64]) -> TimeBins {
    var bins = TimeBins()
    for second in seconds { if let time = Instant(secondsSinceEpoch: second) { bins.add(time) } }
    return bins
  }

  @Test func `nothing is lost, whatever the times are`() {
    var state: UInt64 = 42
    func draw(_ limit: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 1) % limit)
    }
    for span in [1, 3_600, 86_400, 30 * 86_400, 900 * 86_400, 90_000 * 86_400, 3_632_800 * 86_400] as [UInt64] {
      for count in [1, 50, 5_000] {
        let seconds = (0..<count).map { _ in draw(span) - 700_000 * 86_400 }
        let bins = bins(seconds)
        #expect(bins.unit == .year || bins.ordered.count <= TimeBins.limit)
        #expect(bins.total == count)
        let window = TimeWindow(bins)
        let line = window.timeLine
        let counts = window.counts(of: bins)
        #expect(counts.count == line.starts.count && line.starts.count <= 200)
        #expect(counts.reduce(0, +) + line.earlier + line.later == count, "\(span) \(count)")
        #expect(line.starts == line.starts.sorted() && Set(line.starts).count == line.starts.count)
        // Brute force: each time counted in the last bin that begins at or before it.
        var expected = [Int](repeating: 0, count: counts.count)
        for second in seconds {
          guard let bin = line.starts.lastIndex(where: { $0.secondsSinceEpoch <= second }) else { continue }
          expected[bin] += 1
        }
        if line.later == 0 { #expect(expected == counts, "\(span) \(count)") }
      }
    }
  }

  @Test func `a few far away are left out and counted`() {
    let years = [Int64(-3), -2].map { $0 * 366 * 86_400 }
    let ordinary = (0..<1_000).map { Int64($0) * 3_600 }
    let line = TimeWindow(bins(years + ordinary)).timeLine
    #expect(line.unit == .day && line.earlier == 2 && line.later == 0)
    #expect(line.starts.first == .epoch && line.starts.count == 42)
    // More than one in a hundred are not ignored.
    let many = (0..<20).map { Int64(-1_000 + $0) * 86_400 }
    #expect(TimeWindow(bins(many + ordinary)).timeLine.earlier == 0)
  }

  @Test func `weeks begin on Monday and months on their first`() throws {
    let first = try Instant(rfc3339: "2024-02-15T12:00:00Z").secondsSinceEpoch
    let weeks = TimeWindow(bins((0..<200).map { first + Int64($0) * 86_400 })).timeLine
    #expect(weeks.unit == .week)
    #expect(try weeks.starts.first == Instant(rfc3339: "2024-02-12T00:00:00Z"))
    let months = TimeWindow(bins((0..<1_200).map { first + Int64($0) * 86_400 })).timeLine
    #expect(months.unit == .month)
    #expect(
      try months.starts.prefix(2).map(\.self)
        == ["2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"].map { try Instant(rfc3339: $0) })
  }
}
