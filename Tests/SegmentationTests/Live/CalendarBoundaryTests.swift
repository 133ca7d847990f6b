import DenseData
import Segmentation
import Testing

/// Calendar windows on the days whose clocks change and in leap years, to the millisecond, in both engines.
@Suite struct CalendarBoundaryTests {
  struct Span: Sendable, CustomStringConvertible {
    let window: String
    let start: String
    let end: String

    var description: String { "\(window) from \(start)" }
  }

  /// The bytes of a TZif file that has a rule alone.
  private static func zone(_ name: String, _ rule: String, offset: Int32) throws -> ZoneRules {
    func header(types: UInt8) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15 + 16) + [0, 0, 0, types] + [0, 0, 0, 0]
    }
    let type = (0..<4).map { UInt8(truncatingIfNeeded: offset >> (24 - 8 * $0)) } + [0, 0]
    return try ZoneRules(name, tzif: header(types: 0) + header(types: 1) + type + Array("\n\(rule)\n".utf8))
  }

  private static func zones(_ name: String) -> ZoneRules? {
    switch name {
    case "Europe/Berlin": try? zone(name, "CET-1CEST,M3.5.0,M10.5.0/3", offset: 3_600)
    case "America/New_York": try? zone(name, "EST5EDT,M3.2.0,M11.1.0", offset: -18_000)
    default: nil
    }
  }

  /// A question is open from an hour after it to the end of its day; then nothing waits and no day has to be looked at.
  @Test func nothingFallsDueWhenNothingWaits() throws {
    let hour: Int64 = 3_600_000
    let open = try Segment("open", parsing: "unanswered('post', 'comment', hours(1), today('UTC'))")
    let catalogue = try SegmentCatalogue([open], facts: try FactSchema([]), events: .amount)
    var live = try LiveSegments(catalogue, at: .epoch)
    let person = live.person(PersonID(high: 1, low: 1))
    #expect(live.due(of: person) == nil)
    live.record(SegmentEvent("post", at: 10 * hour), for: person)
    #expect(live.due(of: person) == 11 * hour)
    live.advance(to: 12 * hour)
    #expect(live.isMember(person, of: 0))
    #expect(live.due(of: person) == 24 * hour)
    live.advance(to: 25 * hour)
    #expect(!live.isMember(person, of: 0))
    #expect(live.due(of: person) == nil)
  }

  private static let spans = [
    // Days of 23 and of 25 hours.
    Span(window: "today('Europe/Berlin')", start: "2025-03-29T23:00:00Z", end: "2025-03-30T22:00:00Z"),
    Span(window: "today('Europe/Berlin')", start: "2025-10-25T22:00:00Z", end: "2025-10-26T23:00:00Z"),
    Span(window: "today('America/New_York')", start: "2025-03-09T05:00:00Z", end: "2025-03-10T04:00:00Z"),
    Span(window: "today('America/New_York')", start: "2025-11-02T04:00:00Z", end: "2025-11-03T05:00:00Z"),
    // The weeks and months around them.
    Span(window: "thisWeek('Europe/Berlin')", start: "2025-03-23T23:00:00Z", end: "2025-03-30T22:00:00Z"),
    Span(window: "thisWeek('America/New_York')", start: "2025-10-27T04:00:00Z", end: "2025-11-03T05:00:00Z"),
    Span(window: "thisMonth('Europe/Berlin')", start: "2025-02-28T23:00:00Z", end: "2025-03-31T22:00:00Z"),
    Span(window: "thisMonth('America/New_York')", start: "2025-11-01T04:00:00Z", end: "2025-12-01T05:00:00Z"),
    // February with 29 days and without, and the years.
    Span(window: "today('UTC')", start: "2024-02-29T00:00:00Z", end: "2024-03-01T00:00:00Z"),
    Span(window: "thisMonth('UTC')", start: "2024-02-01T00:00:00Z", end: "2024-03-01T00:00:00Z"),
    Span(window: "thisMonth('UTC')", start: "2023-02-01T00:00:00Z", end: "2023-03-01T00:00:00Z"),
    Span(window: "thisMonth('UTC')", start: "2000-02-01T00:00:00Z", end: "2000-03-01T00:00:00Z"),
    Span(window: "thisMonth('UTC')", start: "2100-02-01T00:00:00Z", end: "2100-03-01T00:00:00Z"),
    Span(window: "thisMonth('Europe/Berlin')", start: "2024-01-31T23:00:00Z", end: "2024-02-29T23:00:00Z"),
    Span(window: "thisYear('UTC')", start: "2024-01-01T00:00:00Z", end: "2025-01-01T00:00:00Z"),
    Span(window: "thisYear('America/New_York')", start: "2024-01-01T05:00:00Z", end: "2025-01-01T05:00:00Z"),
    Span(window: "thisWeek('UTC')", start: "2024-02-26T00:00:00Z", end: "2024-03-04T00:00:00Z"),
  ]

  @Test(arguments: spans) func anEventCountsUntilItsSpanEnds(_ span: Span) throws {
    let start = try Instant(rfc3339: span.start).millisecondsSinceEpoch
    let end = try Instant(rfc3339: span.end).millisecondsSinceEpoch
    let catalogue = try SegmentCatalogue(
      [Segment("active", parsing: "did('view', \(span.window))")], zone: Self.zones)
    // The last moment before, the first and the last of the span, and the first behind it.
    let times = [start - 1, start, end - 1, end]
    let leaves = [start, end, end]

    var live = try LiveSegments(catalogue, at: try #require(Instant(millisecondsSinceEpoch: start - 2)))
    var builder = PopulationBuilder(facts: catalogue.facts)
    for (number, time) in times.enumerated() {
      _ = live.person(PersonID(high: 5, low: UInt64(number)))
      try builder.add(SegmentEvent("view", at: time), of: try builder.add([]))
    }
    let population = try builder.finish()
    for (number, time) in times.enumerated() {
      live.record(SegmentEvent("view", at: time), for: number)
      let members = try BatchSegments(catalogue).memberships(
        in: population, at: try #require(Instant(millisecondsSinceEpoch: time)))
      let expected = times.indices.filter { times[$0] <= time && ($0 == 3 || leaves[$0] > time) }
      #expect(live.members(of: 0) == expected, "\(span), event \(number)")
      #expect(members[0].numbers().map(Int.init) == expected, "\(span), event \(number)")
    }
    let departures = live.takeChanges().filter { !$0.isEntry }
    #expect(departures.map(\.time) == leaves)
    #expect(departures.map(\.person) == [0, 1, 2])
    #expect(departures.allSatisfy { $0.cause == .deadline })
  }

  /// Random moments of forty years, against the rule of the European Union and the civil calendar.
  @Test(arguments: seeds(from: 0, 20, soak: 5_000)) func anEventLeavesWithItsLocalSpan(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: 77 + seed)
    let time = Int64(random.below(40 * 365)) * 86_400_000 + 820_454_400_000 + Int64(random.below(86_400_000))
    // Close to a change of the clocks or to the end of February every other time.
    let year = BerlinCalendar(at: time).year
    let edges =
      [BerlinCalendar.change(year, month: 3), BerlinCalendar.change(year, month: 10)]
      + [BerlinCalendar.milliseconds(year, 3, 1)]
    let near = edges[random.below(3)] + Int64(random.below(172_800_000)) - 86_400_000
    let moment = seed % 2 == 0 ? time : near
    for (window, ends) in [
      ("today('Europe/Berlin')", BerlinCalendar.nextDay), ("thisWeek('Europe/Berlin')", BerlinCalendar.nextWeek),
      ("thisMonth('Europe/Berlin')", BerlinCalendar.nextMonth), ("thisYear('Europe/Berlin')", BerlinCalendar.nextYear),
    ] {
      let catalogue = try SegmentCatalogue(
        [Segment("active", parsing: "did('view', \(window))")], zone: Self.zones)
      var live = try LiveSegments(catalogue, at: try #require(Instant(millisecondsSinceEpoch: moment - 1)))
      let person = live.person(PersonID(high: 5, low: 1))
      live.record(SegmentEvent("view", at: moment), for: person)
      #expect(live.due(of: person) == ends(moment), "\(window) at \(moment)")
      live.advance(to: ends(moment) - 1)
      #expect(live.isMember(person, of: 0))
      live.advance(to: ends(moment))
      #expect(!live.isMember(person, of: 0))
    }
  }

  @Test func rollingDaysHave24HoursWhateverTheClocksDo() throws {
    let catalogue = try SegmentCatalogue([Segment("active", parsing: "did('view', days(1))")])
    let time = try Instant(rfc3339: "2025-03-29T23:30:00Z")
    var live = try LiveSegments(catalogue, at: time)
    let person = live.person(PersonID(high: 5, low: 1))
    live.record(SegmentEvent("view", at: time.millisecondsSinceEpoch), for: person)
    live.advance(to: time.millisecondsSinceEpoch + 86_399_999)
    #expect(live.isMember(person, of: 0))
    live.advance(to: time.millisecondsSinceEpoch + 86_400_000)
    #expect(!live.isMember(person, of: 0))
  }
}
