import DenseData
import Segmentation
import Testing

/// People whose segments were worked out by hand.
@Suite struct ReadySegmentTests {
  private let day: Int64 = 86_400_000

  private func engine(_ segments: [Segment]) throws -> (LiveSegments, Int) {
    var live = try LiveSegments(SegmentCatalogue(segments), at: .epoch)
    let person = live.person(PersonID(high: 1, low: 1))
    return (live, person)
  }

  private func names(_ live: LiveSegments) -> Set<String> {
    Set(live.segments(of: 0).map { live.catalogue.segments[$0].name.rawValue })
  }

  @Test func definitionsPassThroughTextAndJSON() throws {
    for segment in ReadySegments.standard {
      #expect(try SegmentCondition(parsing: segment.condition.text).normalised == segment.condition.normalised)
      #expect(try Segment(jsonText: segment.jsonText).condition.normalised == segment.condition.normalised)
    }
    #expect(Set(ReadySegments.standard.map(\.name)).count == ReadySegments.standard.count)
    _ = try SegmentCatalogue(ReadySegments.standard)
  }

  /// Points 3 + 3 + … of comments: deep from 15, deep until below 9, occasional until below 1.
  @Test func tiersHaveTwoThresholds() throws {
    var (live, person) = try engine(ParticipationSegments().segments)
    #expect(names(live) == ["participation.silent"])
    live.record(SegmentEvent("like", at: day), for: person)
    #expect(names(live) == ["participation.silent"])  // 1 of 2 points
    live.record(SegmentEvent("like", at: 2 * day), for: person)
    #expect(names(live) == ["participation.occasional", "participation.active"])
    for hour in 0..<5 { live.record(SegmentEvent("comment", at: 10 * day + Int64(hour) * 3_600_000), for: person) }
    #expect(names(live) == ["participation.deep", "participation.active"])  // 17 points
    // The likes leave on days 29 and 30, then 15 points; two comments leave on day 38: 9 points are enough to stay deep.
    live.advance(to: 38 * day + 3_600_000)
    #expect(names(live) == ["participation.deep", "participation.active"])
    live.advance(to: 38 * day + 2 * 3_600_000)  // 6 points
    #expect(names(live) == ["participation.occasional", "participation.active"])
    live.advance(to: 38 * day + 4 * 3_600_000 - 1)  // the last comment, 3 points
    #expect(names(live) == ["participation.occasional", "participation.active"])
    live.advance(to: 38 * day + 4 * 3_600_000)
    #expect(names(live) == ["participation.silent"])
    // The same 9 points do not make anybody deep again.
    for hour in 0..<3 { live.record(SegmentEvent("comment", at: 50 * day + Int64(hour)), for: person) }
    #expect(names(live) == ["participation.occasional", "participation.active"])
  }

  @Test func rolesAreNotExclusive() throws {
    var (live, person) = try engine(RelationRoleSegments().segments)
    for hour in 0..<5 { live.record(SegmentEvent("view", at: Int64(hour)), for: person) }
    #expect(names(live) == ["role.browser"])
    live.record(SegmentEvent("purchase", at: day), for: person)
    for hour in 0..<3 { live.record(SegmentEvent("review", at: 2 * day + Int64(hour)), for: person) }
    #expect(names(live) == ["role.browser", "role.buyer", "role.spreader"])
    live.record(SegmentEvent("like", at: 3 * day), for: person)
    live.record(SegmentEvent("like", at: 3 * day + 1), for: person)
    #expect(names(live) == ["role.browser", "role.buyer", "role.spreader", "role.fan"])
    live.advance(to: 366 * day)
    #expect(names(live) == [])
  }

  @Test func aRelationGoesThroughItsStages() throws {
    var (live, person) = try engine(LifecycleSegments().segments)
    #expect(names(live) == ["lifecycle.found"])
    live.record(SegmentEvent("follow", at: day), for: person)
    #expect(names(live) == ["lifecycle.attracted"])
    live.record(SegmentEvent("purchase", at: 2 * day), for: person)
    #expect(names(live) == ["lifecycle.won"])
    live.record(SegmentEvent("purchase", at: 3 * day), for: person)
    #expect(names(live) == ["lifecycle.nurtured"])
    live.advance(to: 183 * day - 1)
    #expect(names(live) == ["lifecycle.nurtured"])
    live.advance(to: 183 * day)
    #expect(names(live) == ["lifecycle.lost"])
    for time in 0..<3 { live.record(SegmentEvent("purchase", at: 200 * day + Int64(time)), for: person) }
    #expect(names(live) == ["lifecycle.kept"])
  }

  /// Four purchases are 20 points; after a half-life of 14 days 10, after two 5, after three 2.5.
  @Test func heatHalves() throws {
    var (live, person) = try engine(HeatSegments().segments)
    #expect(names(live) == [])
    for time in 0..<4 { live.record(SegmentEvent("purchase", at: day + Int64(time)), for: person) }
    #expect(names(live) == ["heat.hot"])
    live.advance(to: 15 * day - 1)
    #expect(names(live) == ["heat.hot"])
    live.advance(to: 15 * day)  // 15 + 2.5
    #expect(names(live) == ["heat.warm"])
    live.advance(to: 29 * day + 3)  // exactly 5
    #expect(names(live) == ["heat.warm"])
    live.advance(to: 43 * day)
    #expect(names(live) == ["heat.cold"])
  }

  @Test func activityFades() throws {
    var (live, person) = try engine(ActivitySegments().segments)
    #expect(names(live) == [])
    live.record(SegmentEvent("view", at: day), for: person)
    #expect(names(live) == ["activity.new"])
    live.advance(to: 15 * day)
    #expect(names(live) == ["activity.active"])
    live.advance(to: 31 * day)
    #expect(names(live) == ["activity.at_risk"])
    live.advance(to: 91 * day)
    #expect(names(live) == ["activity.lapsed"])
    live.record(SegmentEvent("view", at: 92 * day), for: person)
    #expect(names(live) == ["activity.active"])
  }

  @Test func reachFollowsTheChannels() throws {
    var (live, person) = try engine(PlatformReachSegments().segments)
    let classes = try #require(live.catalogue.facts.index(of: "channel.classes"))
    #expect(names(live) == ["reach.none"])
    live.set(classes, to: ["social"], at: 1, for: person)
    #expect(names(live) == ["reach.social"])
    live.set(classes, to: ["own", "social"], at: 2, for: person)
    #expect(names(live) == ["reach.own", "reach.social", "reach.several"])
    live.set(classes, to: [], at: 3, for: person)
    #expect(names(live) == ["reach.none"])
  }

  /// On random histories everyone is in exactly one stage of a family, and both engines agree.
  @Test(arguments: seeds(from: 0, 4, soak: 200)) func familiesDivideEverybody(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: 77 + seed)
    let catalogue = try SegmentCatalogue(ReadySegments.standard)
    var live = try LiveSegments(catalogue, at: .epoch)
    var columns = EventColumns()
    let kinds: [InteractionKind] = [.view, .like, .comment, .purchase, .share, .review]
    var events: [(person: Int, event: SegmentEvent)] = []
    for person in 0..<20 {
      var time: Int64 = day
      for _ in 0..<random.below(30) {
        time += Int64(random.below(random.below(4) == 0 ? 60 : 4)) * day / 2 + 1
        events.append((person, SegmentEvent(kinds[random.below(kinds.count)], at: time, amount: 5)))
      }
    }
    let ids = (0..<20).map { PersonID(high: 4, low: UInt64($0)) }
    for id in ids { _ = live.person(id) }
    for (person, event) in events.sorted(by: { $0.event.time < $1.event.time }) {
      live.record(event, for: person)
      try columns.append(event, of: UInt32(person))
    }
    live.advance(to: live.clock + Int64(random.below(100)) * day)
    let population = try Population(
      count: 20, facts: catalogue.facts,
      columns: catalogue.facts.facts.map { _ in FactColumn(.values(Array(repeating: nil, count: 20))) },
      events: EventTable(grouping: columns, people: 20))
    let now = try #require(Instant(millisecondsSinceEpoch: live.clock))
    let batch = try BatchSegments(catalogue).memberships(in: population, at: now, threads: 2)
    for (number, segment) in catalogue.segments.enumerated() {
      #expect(batch[number].numbers().map { Int($0) } == live.members(of: number), "\(segment.name)")
    }
    for person in 0..<20 {
      let names = Set(live.segments(of: person).map { catalogue.segments[$0].name.rawValue })
      let hasActed = events.contains { $0.person == person }
      for (family, count) in [("lifecycle.", 1), ("heat.", hasActed ? 1 : 0), ("activity.", hasActed ? 1 : 0)] {
        #expect(names.count { $0.hasPrefix(family) } == count, "\(names)")
      }
      #expect(names.subtracting(["participation.active"]).count { $0.hasPrefix("participation.") } == 1)
    }
  }
}
