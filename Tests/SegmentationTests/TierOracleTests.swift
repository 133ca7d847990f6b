import DenseData
import SCRMModel
import Segmentation
import Testing

@Suite struct TierOracleTests {
  /// The tier by its definition: every day, what is out of the window leaves, then what happened is added; graded each
  /// time.
  ///
  /// Nothing is ever forgotten.
  private func oracle(
    _ events: [(kind: InteractionKind, day: Int)], on day: Int, _ policy: ParticipationPolicy
  ) -> ParticipationTier {
    var points: [Int: Int] = [:]
    for event in events { points[event.day, default: 0] += policy.points[event.kind] ?? policy.otherPoints }
    var tier = ParticipationTier.silent
    guard let first = points.keys.min(), first <= day else { return tier }
    var inWindow = 0
    for today in first...day {
      inWindow -= points[today - policy.windowDays] ?? 0
      for gained in [0, points[today] ?? 0] {
        inWindow += gained
        let sum = inWindow
        let staysDeep = tier == .deep && sum >= policy.deep.leave
        let staysOccasional = tier != .silent && sum >= policy.occasional.leave
        if sum >= policy.deep.enter || staysDeep {
          tier = .deep
        } else if sum >= policy.occasional.enter || staysOccasional {
          tier = .occasional
        } else {
          tier = .silent
        }
      }
    }
    return tier
  }

  private func policy(_ seed: UInt64) -> ParticipationPolicy {
    let windows = [28, 7, 1, 90]
    return ParticipationPolicy(windowDays: windows[Int(seed % 4)])
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func `tiers are those of the oracle on every day`(seed: UInt64) throws
  {
    let policy = policy(seed)
    let events = RandomDays(seed: seed, count: 60).events
    var keeper = try Keeper(try SegmentSet(participation: policy))
    var index = 0
    var seen = Set<ParticipationTier>()
    for day in 19_000...(events.last?.day ?? 0) + policy.windowDays + 2 {
      while index < events.count, events[index].day == day {
        keeper.count(events[index].kind, on: day)
        index += 1
      }
      if day % 3 == 0 { try keeper.reopen() }
      let tier = keeper.evaluate(on: day).facts.tier
      seen.insert(tier)
      #expect(tier == oracle(Array(events[..<index]), on: day, policy), "seed \(seed), day \(day)")
    }
    #expect(seen.count > 1)
    #expect(keeper.evaluate(on: (events.last?.day ?? 0) + policy.windowDays).facts.tier == .silent)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func `pruning settles the tier as if nothing were forgotten`(
    seed: UInt64
  ) throws {
    let policy = policy(seed)
    let history = RandomDays(seed: seed, count: 350, gaps: 8)
    let delivered = history.delivered(seed: seed, late: 30)
    var keeper = try Keeper(try SegmentSet(participation: policy))
    for (index, event) in delivered.enumerated() {
      keeper.count(event.kind, on: event.day)
      if index % 11 == 0 { try keeper.reopen() }
      guard index % 9 == 0 || index == delivered.count - 1 else { continue }
      let day = delivered[...index].map(\.day).max() ?? 0
      let expected = oracle(Array(delivered[...index]), on: day, policy)
      #expect(keeper.evaluate(on: day).facts.tier == expected, "seed \(seed), event \(index)")
    }
    let facts = keeper.evaluate(on: delivered.map(\.day).max() ?? 0).facts
    // Something was forgotten indeed, but not that it happened.
    #expect(facts.activity.days.reduce(0) { $0 + Int($1.count) } < 350)
    #expect(facts.activity.total == 350)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>) func `arrival order and retractions leave no trace`(seed: UInt64)
    throws
  {
    // Shorter than the retention: what comes later than that finds its days forgotten.
    let history = RandomDays(seed: seed, count: 80, gaps: 2)
    let end = (history.events.last?.day ?? 0) + 3
    let set = try SegmentSet([SegmentDefinition("warm", version: 1) { $0.heat > 3 }])
    var states: Set<[UInt8]> = []
    for delivery in 0..<4 {
      var random = SeededGenerator(seed: seed &* 100 &+ UInt64(delivery))
      var keeper = try Keeper(set)
      for event in history.events.shuffled(using: &random) {
        keeper.count(event.kind, on: event.day)
        // Something else is done and taken back on a day of the history.
        if random.below(4) == 0 {
          keeper.count(.post, on: event.day)
          if random.below(2) == 0 { _ = keeper.evaluate(on: event.day) }
          keeper.count(.post, on: event.day, sign: -1)
        }
        if random.below(10) == 0 { try keeper.reopen() }
      }
      _ = keeper.evaluate(on: end)
      try keeper.reopen()
      states.insert(keeper.stored[0].bytes)
    }
    #expect(states.count == 1, "seed \(seed)")
  }

  @Test func `a window holds its first and its last day`() throws {
    let policy = ParticipationPolicy(windowDays: 28)
    var keeper = try Keeper(try SegmentSet(participation: policy))
    keeper.count(.comment, on: 100)
    #expect(keeper.evaluate(on: 99).facts.tier == .silent)
    #expect(keeper.evaluate(on: 100).facts.tier == .occasional)
    #expect(keeper.evaluate(on: 127).facts.tier == .occasional)
    let left = keeper.evaluate(on: 128)
    #expect(left.facts.tier == .silent && left.previousTier == .occasional)
  }

  @Test func `a tier is left later than it is entered`() throws {
    let policy = ParticipationPolicy(
      points: [.like: 1], windowDays: 10, occasional: .init(enter: 2, leave: 1), deep: .init(enter: 6, leave: 3))
    var keeper = try Keeper(try SegmentSet(participation: policy))
    for day in 1...5 { keeper.count(.like, on: day) }
    // Five of six points: not deep yet.
    #expect(keeper.evaluate(on: 5).facts.tier == .occasional)
    keeper.count(.like, on: 6)
    #expect(keeper.evaluate(on: 6).facts.tier == .deep)
    // On day 13 three points are left, on day 14 two, on day 16 none.
    let expected: [Int: ParticipationTier] = [12: .deep, 13: .deep, 14: .occasional, 15: .occasional, 16: .silent]
    for (day, tier) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(keeper.evaluate(on: day).facts.tier == tier, "day \(day)")
    }
  }

  @Test func `policies outside their limits do no harm`() throws {
    #expect(ParticipationPolicy.Threshold(enter: -5, leave: 7) == .init(enter: 1, leave: 1))
    #expect(ParticipationPolicy.Threshold(enter: 5, leave: 7).leave == 5)
    #expect(ParticipationPolicy(otherPoints: -1, windowDays: 0).windowDays == 1)
    #expect(ParticipationPolicy(otherPoints: -1, windowDays: 9_000).windowDays == 366)
    var policy = ParticipationPolicy(points: [.like: .max], otherPoints: .max)
    policy.windowDays = .max
    var keeper = try Keeper(try SegmentSet(participation: policy, heat: HeatPolicy(halfLifeDays: .nan)))
    for day in [0, 1, 500, -700_000, 2_900_000] {
      keeper.count(.like, on: day)
      keeper.count("quiz", on: day)
    }
    _ = keeper.evaluate(on: 501)
    #expect(keeper.evaluate(on: 501).facts.activity.total == 10)
  }
}
