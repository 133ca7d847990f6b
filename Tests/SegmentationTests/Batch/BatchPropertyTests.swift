import DenseData
import Segmentation
import Testing

/// The batch engine, the live engine and brute force give the same memberships.
@Suite struct BatchPropertyTests {
  private typealias Happening = GeneratedCase.Happening

  private static let histories = 4
  /// More than the 64 people that are evaluated together; the histories repeat.
  private static let people = 70

  private func live(_ catalogue: SegmentCatalogue) throws -> LiveSegments {
    let start = try #require(Instant(millisecondsSinceEpoch: GeneratedCase.start - 1))
    return try LiveSegments(catalogue, at: start)
  }

  /// The population at a moment: the facts of then, and all events, of later ones too, in any order.
  private func population(
    _ catalogue: SegmentCatalogue, _ oracles: [ConditionOracle], at now: Int64, _ random: inout SeededGenerator
  ) throws -> Population {
    var builder = PopulationBuilder(facts: catalogue.facts)
    var events: [(UInt32, SegmentEvent)] = []
    for number in 0..<Self.people {
      let oracle = oracles[number % oracles.count]
      let row = catalogue.facts.facts.indices.map { fact in
        oracle.facts.last { $0.fact == fact && $0.time <= now }?.value
      }
      let person = try builder.add(row)
      events += oracle.events.map { (person, $0) }
    }
    for place in events.indices.reversed() { events.swapAt(place, random.below(place + 1)) }
    for (person, event) in events { try builder.add(event, of: person) }
    return try builder.finish()
  }

  @Test(arguments: seeds(from: 400, 8, soak: 400)) func batchLiveAndOracleAgree(_ seed: UInt64) throws {
    var made = try GeneratedCase(seed: seed)
    let catalogue = made.catalogue
    // One of them did nothing at all.
    let histories = (0..<Self.histories).map { $0 == 2 ? [] : made.history(20) }
    let oracles = histories.map { GeneratedCase.oracle(catalogue, $0) }
    let times = histories.joined().map(\.time).sorted()
    var moments = [GeneratedCase.start - 1, (times.last ?? 0) + 40 * 86_400_000]
    // When something leaves a window of the generated definitions, and the millisecond before.
    for span in [60, 3_600, 25_200, 86_400, 172_800] {
      moments.append(times[made.random.below(times.count)] + Int64(span * 1_000 - made.random.below(4) / 3))
    }
    moments.append(times[made.random.below(times.count)] + Int64(made.random.below(100_000)))
    let engine = BatchSegments(catalogue)
    for now in moments {
      let moment = try #require(Instant(millisecondsSinceEpoch: now))
      let population = try population(catalogue, oracles, at: now, &made.random)
      let found = try engine.memberships(in: population, at: moment)
      #expect(try engine.memberships(in: population, at: moment, threads: 2) == found)
      var live = try live(catalogue)
      for number in histories.indices { #expect(live.person(PersonID(high: 3, low: UInt64(number))) == number) }
      let all = histories.enumerated().flatMap { number, history in history.map { (number, $0) } }
      let ordered = all.filter { $0.1.time <= now }.enumerated()
        .sorted { ($0.element.1.time, $0.offset) < ($1.element.1.time, $1.offset) }
      for (person, happening) in ordered.map(\.element) {
        _ = GeneratedCase.apply(happening, to: &live, person: person)
      }
      live.advance(to: now)
      for (segment, members) in found.enumerated() {
        let expected = oracles.map { $0.isMember(segment, at: now) }
        let inBatch = (0..<Self.people).map { members.contains(UInt32($0)) }
        let isLive = histories.indices.map { live.isMember($0, of: segment) }
        #expect(
          inBatch == (0..<Self.people).map { expected[$0 % Self.histories] } && isLive == expected,
          "seed \(seed) at \(now - GeneratedCase.start): \(catalogue.segments[segment].condition.text)")
      }
    }
  }
}
