import DenseData
import Segmentation
import Testing

/// Segments that name themselves, against a machine that is told every moment.
@Suite struct HysteresisTests {
  private static let hour: Int64 = 3_600_000

  private func catalogue() throws -> SegmentCatalogue {
    try SegmentCatalogue([
      Segment("keen", parsing: "count('post', hours(6)) >= 3 || (segment('keen') && count('post', hours(6)) >= 1)"),
      Segment("quiet", parsing: "!segment('keen') && did('post', ever())"),
    ])
  }

  /// Enters with three posts in six hours, stays while there is one: walked moment by moment.
  private func expected(_ times: [Int64], at now: Int64) -> Bool {
    var isIn = false
    let moments = Set(times + times.map { $0 + 6 * Self.hour }).filter { $0 <= now }.sorted()
    for moment in moments {
      let count = times.count { $0 <= moment && $0 > moment - 6 * Self.hour }
      isIn = count >= 3 || (isIn && count >= 1)
    }
    return isIn
  }

  @Test(arguments: seeds(from: 0, 30, soak: 3_000)) func staysWhileTheLowerThresholdHolds(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let catalogue = try catalogue()
    var time: Int64 = 10 * Self.hour
    let times = (0..<40).map { _ -> Int64 in
      time += Int64(random.below(8)) * Self.hour / 2
      return time
    }
    // Shuffled within the lateness.
    let arrival = times.map { (at: $0 + Int64(random.below(5)) * Self.hour, time: $0) }.sorted { $0.at < $1.at }
    var live = try LiveSegments(catalogue, at: .epoch, lateness: .hours(5))
    let person = live.person(PersonID(high: 1, low: 1))
    for (index, event) in arrival.enumerated() {
      live.record(SegmentEvent("post", at: event.time), for: person)
      let seen = arrival[...index].map(\.time)
      #expect(live.isMember(person, of: 0) == expected(seen, at: live.clock), "\(index)")
      #expect(live.isMember(person, of: 1) != live.isMember(person, of: 0))
      if index % 7 == 0 {
        let bytes = live.snapshot()
        live = try LiveSegments(catalogue, snapshot: bytes)
        #expect(live.snapshot() == bytes)
      }
    }
    var columns = EventColumns()
    for time in times { try columns.append(SegmentEvent("post", at: time), of: 0) }
    let population = try Population(
      count: 1, facts: catalogue.facts, columns: catalogue.facts.facts.map { _ in FactColumn(.values([nil])) },
      events: EventTable(grouping: columns, people: 1))
    for later in [0, 1, 5, 6, 7] {
      live.advance(to: live.clock + Int64(later) * Self.hour)
      #expect(live.isMember(person, of: 0) == expected(times, at: live.clock))
      let now = try #require(Instant(millisecondsSinceEpoch: live.clock))
      let batch = try BatchSegments(catalogue).memberships(in: population, at: now)
      #expect(batch[0].contains(0) == live.isMember(person, of: 0))
      #expect(batch[1].contains(0) == live.isMember(person, of: 1))
    }
  }

  @Test func itMayNotContradictItself() throws {
    #expect(throws: SegmentError.self) {
      try SegmentCatalogue([Segment("odd", parsing: "did('post', ever()) && !segment('odd')")])
    }
    #expect(throws: SegmentError.self) {
      try SegmentCatalogue([Segment("a", parsing: "segment('b')"), Segment("b", parsing: "segment('a')")])
    }
  }

  @Test func anotherDefinitionKeepsWhoIsIn() throws {
    var live = try LiveSegments(catalogue(), at: .epoch)
    let person = live.person(PersonID(high: 1, low: 1))
    for time in 1...3 { live.record(SegmentEvent("post", at: Int64(time)), for: person) }
    live.advance(to: 6 * Self.hour + 2)
    #expect(live.isMember(person, of: 0))
    let next = try SegmentCatalogue([
      Segment(
        "keen", version: 2, parsing: "count('post', hours(6)) >= 4 || (segment('keen') && count('post', hours(6)) >= 1)"
      )
    ])
    let difference = try live.redefine(next) { _ in [] }
    #expect(live.isMember(person, of: 0))
    #expect(difference.entered.isEmpty)
  }

  @Test func staysAreExplained() throws {
    var live = try LiveSegments(catalogue(), at: .epoch)
    let person = live.person(PersonID(high: 1, low: 1))
    for time in 1...3 { live.record(SegmentEvent("post", at: Int64(time)), for: person) }
    live.advance(to: 6 * Self.hour + 2)
    let stays = try #require(live.explain("keen", of: person))
    #expect(stays.isMember && stays.changesByItself == 6 * Self.hour + 3)
    #expect(stays.terms.map(\.holds) == [false, true])
    #expect(stays.terms.map(\.isDeciding) == [false, true])
    live.advance(to: 7 * Self.hour)
    let left = try #require(live.explain("keen", of: person))
    #expect(!left.isMember)
    #expect(
      left.suggestions.first?.steps
        == [.interactions(SuggestedInteractions("post", count: 3, at: 7 * Self.hour + 1))])
    let quiet = try #require(live.explain("quiet", of: person))
    #expect(quiet.isMember && quiet.suggestions.first?.steps == left.suggestions.first?.steps)
  }
}
