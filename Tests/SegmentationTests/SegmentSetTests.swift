import DenseData
import SCRMModel
import Segmentation
import Testing

@Suite struct SegmentSetTests {
  private static let buyers = SegmentDefinition("buyers", version: 3) { person in
    let count = person.count(.purchase, days: 30)
    return Judgement(
      count > 0, evidence: [.init("purchases in 30 days = \(count)")], otherwise: "a purchase in the last 30 days")
  }

  @Test func `people enter and leave with an explanation`() throws {
    var keeper = try Keeper(try SegmentSet([Self.buyers, SegmentDefinition("all", version: 1) { _ in true }]))
    keeper.count(.purchase, on: 100)
    let entry = keeper.evaluate(on: 100)
    #expect(entry.facts.segments == ["buyers", "all"] && entry.facts.isIn("buyers") && !entry.facts.isIn("other"))
    #expect(entry.changes.map(\.segment) == ["buyers", "all"] && entry.changes.allSatisfy { $0.isEntry })
    let change = try #require(entry.changes.first)
    #expect(change.person == someone.id && change.time == noon(100))
    #expect(change.explanation.conclusion == "enters buyers version 3: the condition holds")
    #expect(change.explanation.evidence.map(\.fact) == ["purchases in 30 days = 1"])
    #expect(change.explanation.otherwise == "a purchase in the last 30 days")
    // A condition without evidence is explained by the counted facts.
    #expect(
      entry.changes[1].explanation.evidence.map(\.fact) == [
        "tier occasional", "interactions in 30 days = 1", "interactions ever = 1",
      ])
    try keeper.reopen()
    #expect(keeper.evaluate(on: 129).changes.isEmpty)
    let exit = keeper.evaluate(on: 130)
    #expect(exit.changes.map(\.segment) == ["buyers"] && exit.changes.first?.isEntry == false)
    #expect(exit.changes.first?.explanation.conclusion == "leaves buyers version 3: the condition no longer holds")
    #expect(exit.facts.segments == ["all"])
  }

  @Test func `days are those of the workspace's zone`() throws {
    // 17:00 in UTC is one o'clock in the morning of the next day in Shanghai.
    let shanghai = ZoneRules("Asia/Shanghai", offset: 8 * 3_600)
    let today = SegmentDefinition("active-today", version: 1) { $0.count(days: 1) > 0 }
    let view = Interaction(
      key: EventKey("test", "v"), kind: .view, actor: Party(.weibo, "1"),
      at: try Instant(rfc3339: "2024-05-01T17:00:00Z"),
      received: try Instant(rfc3339: "2024-05-01T17:00:00Z"))
    for (zone, time, expected) in [
      (ZoneRules.utc, "2024-05-01T23:59:59Z", true), (.utc, "2024-05-02T00:00:00Z", false),
      (shanghai, "2024-05-02T15:59:59Z", true), (shanghai, "2024-05-02T16:00:00Z", false),
    ] {
      let set = try SegmentSet([today], timeZone: zone)
      var session = try set.begin([])
      session.count(view, for: someone.id, sign: 1, at: LogPosition.start.next)
      let outcome = session.evaluate(
        someone, scores: [:], now: try Instant(rfc3339: time), at: LogPosition.start.next)
      #expect(outcome.facts.isIn("active-today") == expected, "\(zone) \(time)")
      #expect(outcome.facts.timeZone == zone.name)
    }
    // The state falls due when the next local day begins.
    let set = try SegmentSet([today], timeZone: shanghai)
    var session = try set.begin([])
    session.count(view, for: someone.id, sign: 1, at: LogPosition.start.next)
    _ = session.evaluate(someone, scores: [:], now: view.received, at: LogPosition.start.next)
    #expect(session.changes().first?.record.due == (try Instant(rfc3339: "2024-05-02T16:00:00Z")))
    #expect(set.fingerprint != (try SegmentSet([today])).fingerprint)
  }

  @Test func `conditions see the memberships of before`() throws {
    let first = SegmentDefinition("first", version: 1) { _ in true }
    let second = SegmentDefinition("second", version: 1) { $0.isIn("first") }
    for definitions in [[first, second], [second, first]] {
      var keeper = try Keeper(try SegmentSet(definitions))
      keeper.count(.view, on: 1)
      #expect(keeper.evaluate(on: 1).facts.segments == ["first"])
      #expect(Set(keeper.evaluate(on: 1).facts.segments) == ["first", "second"])
    }
  }

  @Test func `conditions see scores, traits and time`() throws {
    let loud = SegmentDefinition("loud", version: 1) { $0.influence >= 50 && $0.trait("city") == .string("Berlin") }
    let set = try SegmentSet([loud])
    var record = someone
    record.traits.record(
      "city",
      TraitValue(
        .string("Berlin"), source: "test", account: AccountID(high: 1, low: 2), observed: .epoch, confidence: 1,
        event: EventKey("test", "1")))
    let outcome = try set.evaluate([happened(.view, on: 5)], of: record, scores: ["influence": 50], at: noon(5))
    #expect(outcome.facts.segments == ["loud"] && outcome.facts.now == noon(5))
    #expect(try set.evaluate([happened(.view, on: 5)], of: record, at: noon(5)).facts.segments.isEmpty)
    let explained = set.explain("loud", outcome.facts)
    #expect(explained?.conclusion == "the condition of loud version 1 holds")
    #expect(set.explain("unknown", outcome.facts) == nil)
  }

  @Test(arguments: [["buyers", "buyers"], ["8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ"]])
  func `names that are the same or hash alike are refused`(names: [String]) {
    // The second pair is a published collision of 64-bit FNV-1a.
    let error = #expect(throws: SCRMError.self) {
      try SegmentSet(names.map { name in SegmentDefinition(name, version: 1) { _ in true } })
    }
    #expect(error?.code == .duplicateName)
  }

  @Test func `the fingerprint tells everything apart that decides`() throws {
    let sets = [
      try SegmentSet(), try SegmentSet([Self.buyers]),
      try SegmentSet([SegmentDefinition("buyers", version: 4) { _ in true }]),
      try SegmentSet(participation: ParticipationPolicy(points: [.like: 2])),
      try SegmentSet(participation: ParticipationPolicy(otherPoints: 9)),
      try SegmentSet(participation: ParticipationPolicy(windowDays: 29)),
      try SegmentSet(participation: ParticipationPolicy(occasional: .init(enter: 2, leave: 2))),
      try SegmentSet(participation: ParticipationPolicy(deep: .init(enter: 16, leave: 9))),
      try SegmentSet(heat: HeatPolicy(halfLifeDays: 15)), try SegmentSet(heat: HeatPolicy(weights: [.like: 7])),
      try SegmentSet(heat: HeatPolicy(otherWeight: 7)),
    ]
    #expect(Set(sets.map(\.fingerprint)).count == sets.count)
    #expect(try SegmentSet([Self.buyers]).fingerprint == sets[1].fingerprint)
  }

  @Test func `state is due at the beginning of the next day, as long as it can change`() throws {
    var keeper = try Keeper(try SegmentSet([Self.buyers]))
    _ = keeper.evaluate(on: 100)
    #expect(keeper.session.changes().isEmpty)
    keeper.count(.purchase, on: 100)
    for (day, isDue) in [(100, true), (101, true), (499, true), (500, true), (501, false)] {
      _ = keeper.evaluate(on: day)
      try keeper.reopen()
      let due = keeper.stored[0].due
      #expect(due == (isDue ? Instant(secondsSinceEpoch: Int64(day + 1) * 86_400) : nil), "day \(day)")
    }
  }

  @Test func `evaluating again without news changes nothing`() throws {
    var keeper = try Keeper(try SegmentSet([Self.buyers]))
    keeper.count(.purchase, on: 100)
    _ = keeper.evaluate(on: 100)
    try keeper.reopen()
    _ = keeper.evaluate(on: 100)
    #expect(keeper.session.changes().isEmpty)
  }

  @Test func `merging joins what was done and says what the absorbed was in`() throws {
    let other = PersonRecord(id: PersonID(high: 9, low: 9))
    var keeper = try Keeper(try SegmentSet([Self.buyers]))
    keeper.count(.view, on: 100)
    keeper.session.count(happened(.purchase, on: 101), for: other.id, sign: 1, at: LogPosition(2))
    _ = keeper.session.evaluate(other, scores: [:], now: noon(101), at: LogPosition(2))
    try keeper.reopen()
    #expect(keeper.stored.count == 2)
    #expect(keeper.session.merge(other.id, into: someone.id, at: LogPosition(3)) == ["buyers"])
    #expect(keeper.session.merge(other.id, into: someone.id, at: LogPosition(3)).isEmpty)
    let outcome = keeper.evaluate(on: 101)
    #expect(outcome.facts.activity.total == 2 && outcome.facts.segments == ["buyers"])
    try keeper.reopen()
    #expect(keeper.stored.map(\.key) == [.person(someone.id)])
  }

  @Test func `wrong schemas and corrupt states are typed errors that name the key`() throws {
    let set = try SegmentSet([Self.buyers])
    var keeper = try Keeper(set)
    keeper.count(.purchase, on: 100)
    _ = keeper.evaluate(on: 100)
    try keeper.reopen()
    var record = keeper.stored[0]
    #expect(try set.decode(record).segments == ["buyers"] && set.decode(record).tier == .occasional)
    record.schema = 2
    let schema = #expect(throws: SCRMError.self) { try set.begin([record]) }
    #expect(schema?.code == .unsupportedSchema && schema?.subject.contains(someone.id.description) == true)
    record.schema = 1
    for bytes in [[], Array(record.bytes.dropLast()), record.bytes + [0]] {
      record.bytes = bytes
      let error = #expect(throws: SCRMError.self) { try set.decode(record) }
      #expect(error?.code == .corruptState)
    }
  }

  @Test func `no stored bytes can crash an evaluation`() throws {
    let set = try SegmentSet([Self.buyers, SegmentDefinition("warm", version: 1) { $0.heat > 1 }])
    var keeper = try Keeper(set)
    for event in RandomDays(seed: 3, count: 30).events { keeper.count(event.kind, on: event.day) }
    _ = keeper.evaluate(on: 19_100)
    try keeper.reopen()
    let valid = keeper.stored[0]
    var random = SeededGenerator(seed: 4)
    var read = 0
    for _ in 0..<3_000 {
      var record = valid
      for _ in 0...random.below(4) {
        record.bytes[random.below(record.bytes.count)] = UInt8(truncatingIfNeeded: random.next())
      }
      guard var session = try? set.begin([record]) else { continue }
      session.count(happened(.purchase, on: 19_100), for: someone.id, sign: 1, at: LogPosition(9))
      _ = session.evaluate(someone, scores: [:], now: noon(19_100), at: LogPosition(9))
      read += session.changes().count
    }
    #expect(read > 0)
  }
}
