import DenseData
import Segmentation
import Testing

@Suite struct LiveOracleTests {
  private func person(_ number: Int) -> PersonID { PersonID(high: 7, low: UInt64(number)) }

  /// At every happening and between, by `advance`, the memberships are those of the oracle.
  @Test(arguments: seeds(from: 0, 16, soak: 2_000)) func agreesWithTheOracleAtEveryMoment(_ seed: UInt64) throws {
    var made = try GeneratedCase(seed: seed)
    let history = made.history(40)
    let start = try #require(Instant(millisecondsSinceEpoch: GeneratedCase.start - 1))
    var live = try LiveSegments(made.catalogue, at: start)
    let number = live.person(person(1))
    let oracle = GeneratedCase.oracle(made.catalogue, history)
    func compare(_ label: String) {
      for segment in made.catalogue.segments.indices {
        let expected = oracle.isMember(segment, at: live.clock)
        if live.isMember(number, of: segment) != expected {
          Issue.record(
            "\(label) seed \(seed) at \(live.clock - GeneratedCase.start): \(made.catalogue.segments[segment].condition) expected \(expected)"
          )
        }
      }
    }
    for (index, happening) in history.enumerated() {
      // Somewhere between the last moment and this one, and just before it.
      let gap = happening.time - live.clock
      if gap > 1 {
        live.advance(to: live.clock + 1 + Int64(made.random.below(Int(gap - 1))))
        compare("between")
        live.advance(to: happening.time - 1)
        compare("before")
      }
      #expect(GeneratedCase.apply(happening, to: &live, person: number) == .onTime)
      if index + 1 == history.count || history[index + 1].time > happening.time { compare("after") }
    }
    for hours in [1, 7, 24, 49, 24 * 40] {
      live.advance(to: live.clock + Int64(hours) * 3_600_000)
      compare("later")
    }
  }
}
