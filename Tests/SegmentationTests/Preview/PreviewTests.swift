import DenseData
import Segmentation
import Testing

@Suite struct PreviewTests {
  private let facts = [Fact("person.level", .int), Fact("person.city", .string)]

  private func population(_ count: Int, seed: UInt64 = 1) throws -> Population {
    var random = SeededGenerator(seed: seed)
    var builder = PopulationBuilder(facts: try FactSchema(facts))
    for _ in 0..<count {
      let person = try builder.add([.int(Int64(random.below(10))), random.below(3) == 0 ? nil : .string("上海")])
      for _ in 0..<random.below(6) {
        try builder.add(
          SegmentEvent(random.below(2) == 0 ? "view" : "purchase", at: Int64(random.below(1_000)), amount: 4),
          of: person)
      }
    }
    return try builder.finish()
  }

  private func catalogue(_ conditions: [String]) throws -> SegmentCatalogue {
    try SegmentCatalogue(
      conditions.enumerated().map { try Segment(SegmentName("s\($0.offset)"), parsing: $0.element) },
      facts: FactSchema(facts), events: .amount)
  }

  private let now = Instant(millisecondsSinceEpoch: 1_000) ?? .epoch

  @Test func samplesAreReproducibleAndWithoutRepetition() {
    for seed in 0..<20 as Range<UInt64> {
      let sample = PopulationSample(100, of: 1_000, seed: seed)
      #expect(sample.people.count == 100)
      #expect(Set(sample.people).count == 100)
      #expect(sample.people.allSatisfy { $0 < 1_000 })
      #expect(sample == PopulationSample(100, of: 1_000, seed: seed))
    }
    #expect(PopulationSample(100, of: 1_000, seed: 1) != PopulationSample(100, of: 1_000, seed: 2))
    #expect(PopulationSample(9, of: 5, seed: 1).people == [0, 1, 2, 3, 4])
    #expect(PopulationSample(-1, of: 5, seed: 1).people.isEmpty)
    // Everyone is as likely: 2,000 draws of 10 of 50 are 400 each.
    var drawn = [Int](repeating: 0, count: 50)
    for seed in 0..<2_000 as Range<UInt64> {
      for person in PopulationSample(10, of: 50, seed: seed).people { drawn[Int(person)] += 1 }
    }
    let distance = drawn.reduce(0.0) { $0 + Double(($1 - 400) * ($1 - 400)) / 320 }
    #expect(distance < 85)  // χ² with 49 degrees of freedom, one in a thousand
  }

  /// Wilson's interval for 8 of 10 is 0.4902 … 0.9433 (published in Agresti & Coull, 1998, as method of scores).
  @Test func intervalsAreThoseOfWilson() {
    let preview = SegmentPreview("s", found: 8, of: 10, population: 1_000_000_000)
    #expect(abs(Double(preview.interval.lowerBound) / 1e9 - 0.4902) < 1e-4)
    #expect(abs(Double(preview.interval.upperBound) / 1e9 - 0.9433) < 1e-4)
    #expect(preview.estimate == 8e8)
    #expect(SegmentPreview("s", found: 7, of: 10, population: 10).interval == 7...7)
    #expect(SegmentPreview("s", found: 0, of: 0, population: 10).interval == 0...10)
    #expect(SegmentPreview("s", found: 0, of: 9, population: 10).interval == 0...1)
    #expect(SegmentPreview("s", found: 99, of: 9, population: 10).interval.lowerBound == 9)
  }

  @Test func theTrueCountLiesInTheIntervalAsOftenAsSaid() {
    var random = SeededGenerator(seed: 5)
    for members in [5, 150, 600] {
      var inside = 0
      for seed in 0..<1_000 as Range<UInt64> {
        // The first so many are members.
        let sample = PopulationSample(120, of: 1_000, seed: seed &+ random.next())
        let found = sample.people.count { $0 < members }
        if SegmentPreview("s", found: found, of: 120, population: 1_000).interval.contains(members) { inside += 1 }
      }
      #expect(inside >= 930, "\(members): \(inside)")
    }
  }

  @Test func previewsOfEverybodyAreExact() throws {
    let population = try population(400)
    let batch = BatchSegments(
      try catalogue(["person.level >= 5", "did('purchase', ever())", "snapshot('top')", "has(person.city)"]))
    let top: MembershipSet = [1, 2, 3, 50, 399]
    let exact = try batch.memberships(in: population, at: now, snapshots: ["top": top])
    let all = try batch.preview(in: population, at: now, sampling: 400, snapshots: ["top": top])
    #expect(all.map(\.found) == exact.map(\.count))
    #expect(all.allSatisfy { $0.isExact })
    let part = try batch.preview(in: population, at: now, sampling: 150, seed: 3, snapshots: ["top": top])
    let sample = PopulationSample(150, of: 400, seed: 3)
    for (number, preview) in part.enumerated() {
      #expect(preview.found == sample.people.count { exact[number].contains($0) })
      #expect(preview.sampled == 150 && preview.population == 400)
    }
    #expect(throws: SCRMError.self) { try population.people([400]) }
  }

  @Test func otherDefinitionsAreCompared() throws {
    let population = try population(300)
    let old = BatchSegments(try catalogue(["person.level >= 5", "did('view', ever())"]))
    let new = BatchSegments(try catalogue(["person.level >= 7"]))
    let report = try new.differences(from: old, in: population, at: now)
    let levels = (0..<300).map { population.facts(of: $0)[0]?.intValue ?? 0 }
    #expect(report.differences.map(\.segment) == ["s0", "s1"])
    #expect(report.differences[0].left.count == levels.count { $0 == 5 || $0 == 6 })
    #expect(report.differences[0].entered.isEmpty)
    #expect(report.differences[0].kept == levels.count { $0 >= 7 })
    #expect(report.differences[1].versions == [1, nil])
    #expect(report.differences[1].kept == 0)
    #expect(report.changed.count == 2)
    #expect(try new.differences(from: new, in: population, at: now).changed.isEmpty)
  }

  @Test func ranksComeFromMeasures() throws {
    let population = try population(200)
    let batch = BatchSegments(try catalogue(["snapshot('best')"]))
    let values = try batch.values(of: .sum("purchase", in: .ever), in: population, at: now)
    for person in 0..<200 {
      #expect(values[person] == Double(4 * population.events(of: person).count { $0.kind == "purchase" }))
    }
    let best = PopulationRank("best", .top(10)).members(values)
    let least = best.numbers().compactMap { values[Int($0)] }.min() ?? 0
    #expect(best.count >= 10 && values.count { ($0 ?? 0) > least } < 10)
    #expect(try batch.memberships(in: population, at: now, snapshots: ["best": best])[0].numbers() == best.numbers())
    #expect(throws: SCRMError.self) {
      try batch.values(of: .sum("purchase", of: "nothing", in: .ever), in: population, at: now)
    }
  }

  @Test func aLiveEngineTakesAPopulationOver() throws {
    let population = try population(120)
    let catalogue = try catalogue([
      "count('purchase', within(duration('400ms'))) >= 1", "person.level >= 5 && did('view', ever())",
      "count('*', within(duration('300ms'))) >= 2 || (segment('s2') && count('*', within(duration('300ms'))) >= 1)",
    ])
    let ids = (0..<120).map { PersonID(high: 1, low: UInt64($0)) }
    var live = try LiveSegments(catalogue, at: now)
    try live.backfill(population, ids: ids)
    #expect(live.takeChanges().isEmpty)
    for later in [0, 100, 250, 399] {
      let moment = try #require(Instant(millisecondsSinceEpoch: 1_000 + Int64(later)))
      live.advance(to: moment.millisecondsSinceEpoch)
      let batch = try BatchSegments(catalogue).memberships(in: population, at: moment)
      for segment in 0..<3 { #expect(batch[segment].numbers().map { Int($0) } == live.members(of: segment)) }
    }
    #expect(throws: SCRMError.self) { try live.backfill(population, ids: ids) }
    #expect(throws: SCRMError.self) { try live.backfill(population, ids: []) }
    #expect(live.count == 120)
  }

  @Test func whoDidNotConsentDoesNotLeave() throws {
    func ledger(_ decision: ConsentStatement.Decision) -> ConsentLedger {
      var ledger = ConsentLedger()
      ledger.add(
        ConsentRecord(
          statement: ConsentStatement(decision, .marketing, evidence: "form"), account: AccountID(high: 0, low: 1),
          time: .epoch, event: EventKey("test", "1")))
      return ledger
    }
    let members: MembershipSet = [1, 2, 3, 4]
    let parted = members.consenting(to: .marketing, at: now) { person in
      person == 1 ? ledger(.granted) : person == 2 ? ledger(.denied) : nil
    }
    #expect(parted.allowed == [1])
    #expect(parted.refused == [.denied: 1, .noStatement: 2])
    let service = members.consenting(to: .service, at: now) { _ in nil }
    #expect(service.allowed == members && service.refused.isEmpty)
  }
}
