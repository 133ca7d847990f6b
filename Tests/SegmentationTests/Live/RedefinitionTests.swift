import DenseData
import Segmentation
import Testing

@Suite struct RedefinitionTests {
  /// Whoever is in the segments afterwards is who would be, had they always been defined; the difference says who changed.
  @Test(arguments: seeds(from: 500, 12, soak: 1_000)) func newDefinitionsAreFilledInFromTheHistory(_ seed: UInt64)
    throws
  {
    var old = try GeneratedCase(seed: seed)
    let new = try GeneratedCase(seed: seed + 10_000, segments: 17).catalogue
    let history = old.history(40)
    let cut = 10 + old.random.below(25)
    let start = try #require(Instant(millisecondsSinceEpoch: GeneratedCase.start - 1))
    var live = try LiveSegments(old.catalogue, at: start)
    let person = live.person(PersonID(high: 7, low: 1))
    for happening in history[..<cut] { _ = GeneratedCase.apply(happening, to: &live, person: person) }
    let before = Set(live.segments(of: person).map { old.catalogue.segments[$0].name })
    _ = live.takeChanges()

    let events: [SegmentEvent] = history[..<cut].compactMap { if case .event(let event) = $0 { event } else { nil } }
    let difference = try live.redefine(new) { _ in events.reversed() }
    let after = Set(live.segments(of: person).map { new.segments[$0].name })
    #expect(Set(difference.entered.map(\.segment)) == after.subtracting(before))
    #expect(Set(difference.left.map(\.segment)) == before.subtracting(after))
    #expect(difference.entered.count + difference.left.count == after.symmetricDifference(before).count)
    #expect(live.takeChanges().isEmpty)

    func compare(_ oracle: ConditionOracle) {
      for segment in new.segments.indices {
        #expect(
          live.isMember(person, of: segment) == oracle.isMember(segment, at: live.clock),
          "seed \(seed) at \(live.clock - GeneratedCase.start): \(new.segments[segment].condition.text)")
      }
    }
    compare(GeneratedCase.oracle(new, Array(history[..<cut])))
    for happening in history[cut...] { _ = GeneratedCase.apply(happening, to: &live, person: person) }
    let oracle = GeneratedCase.oracle(new, history)
    compare(oracle)
    for hours in [1, 24, 24 * 40] {
      live.advance(to: live.clock + Int64(hours) * 3_600_000)
      compare(oracle)
    }
  }

  /// Every membership against the words of the definition: how many are above, or what share is below.
  @Test(arguments: 0..<20) func ranksAreThoseOfTheirDefinition(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let values = (0..<40).map { number in
      (person: PersonID(high: 1, low: UInt64(number)), value: [.nan, -0.0, 0, 1, 2, 3, 5, 8][random.below(8)])
    }
    let ranked = values.filter { !$0.value.isNaN }
    func share(below value: Double) -> Double {
      Double(ranked.count { $0.value < value }) / Double(ranked.count)
    }
    for count in [0, 1, 5, 39, 100] {
      let snapshot = PopulationRank("r", .top(count)).snapshot(values, asOf: .epoch)
      let expected = ranked.filter { one in ranked.count { $0.value > one.value } < count }
      #expect(snapshot.members == expected.map(\.person))
      #expect(snapshot.least == expected.map(\.value).min())
      #expect(snapshot.population == ranked.count)
      #expect(values.allSatisfy { snapshot.contains($0.person) == expected.map(\.person).contains($0.person) })
    }
    for (low, high) in [(0.0, 1.0), (0.9, 1), (0.25, 0.75), (0, 0.5)] {
      let snapshot = PopulationRank("r", .percentile(low, high)).snapshot(values, asOf: .epoch)
      let expected = ranked.filter { share(below: $0.value) >= low && (share(below: $0.value) < high || high == 1) }
      #expect(snapshot.members == expected.map(\.person))
    }
  }

  @Test func publishingMovesThoseWhoseRankChanged() throws {
    let catalogue = try SegmentCatalogue([
      Segment("top", parsing: "snapshot('spenders')"), Segment("rest", parsing: "!segment('top')"),
      Segment("fans", parsing: "snapshot('fans')"),
    ])
    var live = try LiveSegments(catalogue, at: .epoch)
    let people = (0..<4).map { PersonID(high: 2, low: UInt64($0)) }
    for person in people { _ = live.person(person) }
    #expect(live.members(of: 1) == [0, 1, 2, 3])
    _ = live.takeChanges()
    let rank = PopulationRank("spenders", .top(2))
    func publish(_ values: [Double]) -> [[Int]] {
      live.publish(rank.snapshot(zip(people, values).map { ($0, $1) }, asOf: .epoch))
      return live.takeChanges().map { change in
        #expect(change.cause == .snapshot)
        return [change.person, change.segment, change.isEntry ? 1 : 0]
      }
    }
    #expect(publish([4, 3, 2, 1]) == [[0, 0, 1], [0, 1, 0], [1, 0, 1], [1, 1, 0]])
    #expect(publish([4, 3, 2, 1]).isEmpty)
    #expect(publish([4, 1, 3, .nan]) == [[1, 0, 0], [1, 1, 1], [2, 0, 1], [2, 1, 0]])
    #expect(live.members(of: 0) == [0, 2])
    #expect(live.members(of: 2).isEmpty)

    // Somebody who comes later, and the batch engine, see the same snapshot.
    var builder = PopulationBuilder(facts: catalogue.facts)
    for _ in people { try builder.add([]) }
    let found = try BatchSegments(catalogue).memberships(
      in: builder.finish(), at: .epoch, snapshots: ["spenders": [0, 2]])
    #expect(found.map { $0.numbers() } == [[0, 2], [1, 3], []])
    let restored = try LiveSegments(catalogue, snapshot: live.snapshot())
    #expect(restored.members(of: 0) == [0, 2])
  }
}
