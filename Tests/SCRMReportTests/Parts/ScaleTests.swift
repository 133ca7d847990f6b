import SocialCRM
import Testing

@testable import SCRMReport

struct ScaleTests {
  @Test(arguments: [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 99, 100, 101, 167, 2_750, 999_999, 1_000_000_007, Int.max])
  func `axes begin at zero and end at a round number at or above the greatest`(greatest: Int) {
    for most in [2, 4] {
      let scale = CountScale(greatest: greatest, most: most)
      #expect(!scale.ticks.isEmpty && scale.ticks.count <= most)
      #expect(scale.end >= Double(greatest) && scale.share(greatest) <= 1 && scale.share(0) == 0)
      // Not more than half of the axis stays empty beyond the first steps.
      #expect(greatest == 0 || scale.share(greatest) >= 0.4)
      guard greatest < Int.max, let step = scale.ticks.first else { continue }
      #expect(scale.ticks == scale.ticks.indices.map { ($0 + 1) * step })
      var leading = step
      while leading % 10 == 0 { leading /= 10 }
      #expect([1, 2, 5].contains(leading), "\(step)")
    }
  }

  @Test func `the logarithm is that of the tables`() {
    for (value, log) in [
      (1.0, 0.0), (2, 1), (10, 3.321_928_094_887_362), (86_400, 16.398_743_691_938_193), (0.1, -3.321_928_094_887_362),
    ] {
      #expect(abs(Logarithm.base2(value) - log) < 1e-13, "\(value)")
    }
  }

  @Test func `times stand between their ticks`() {
    let scale = DurationScale(least: 240, greatest: 80_000)
    #expect(scale.ticks.map(\.name) == ["1 min", "10 min", "1 h", "6 h", "1 d"])
    #expect(scale.share(60) == 0 && scale.share(1) == 0 && abs(scale.share(86_400) - 1) < 1e-12)
    #expect(scale.share(600) < scale.share(718) && scale.share(718) < scale.share(3_600))
    #expect(DurationScale(least: 0, greatest: 0).ticks.count >= 2)
    #expect(DurationScale(least: 1e12, greatest: 1e15).share(1e15) == 1)
  }

  @Test(arguments: TimeLine.Unit.allCases)
  func `dates under a chart are few, in order and within it`(unit: TimeLine.Unit) {
    let lengths: [TimeLine.Unit: Int64] = [
      .hour: 3_600, .day: 86_400, .week: 604_800, .month: 2_678_400, .year: 31_622_400,
    ]
    for count in [1, 2, 5, 23, 60, 72, 120, 200] {
      let starts = (0..<count).compactMap {
        Instant(secondsSinceEpoch: SampleReports.monday.secondsSinceEpoch + Int64($0) * (lengths[unit] ?? 1))
      }
      let ticks = TimeTicks(TimeLine(unit: unit, starts: starts)).ticks
      #expect(ticks.count <= 10 && ticks.count { $0.isNarrow } <= 4, "\(count)")
      #expect(count < 13 || ticks.count >= 2, "\(count)")
      #expect(ticks.map(\.bin) == ticks.map(\.bin).sorted() && ticks.allSatisfy { starts.indices.contains($0.bin) })
      #expect(ticks.isEmpty || ticks.contains { $0.isNarrow })
    }
  }
}
