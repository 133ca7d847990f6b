import RuleEngine
import Testing

struct LatencyDistributionTests {
  @Test func `the median of an even number is the midpoint`() {
    #expect(LatencyDistribution([4, 1, 3, 2]).median == 2.5)
    #expect(LatencyDistribution([20_000, 21_039]).median == 20_519.5)
    #expect(LatencyDistribution([7]).median == 7)
    #expect(LatencyDistribution([3, 1, 2]).median == 2)
  }

  @Test func `an empty sample has no figures`() {
    let empty = LatencyDistribution([])
    #expect(empty.median == nil && empty.mean == nil && empty.percentile(1) == nil && empty.share(within: 1) == nil)
  }

  /// Worked out by hand from the definition: 1, 2, 5, 10 at the places 0, 0.3, 0.75, 1.5, 2.7 and 3.
  @Test(arguments: [(0.0, 1.0), (0.1, 1.3), (0.25, 1.75), (0.5, 3.5), (0.9, 8.5), (1.0, 10.0)])
  func `percentiles are those of type 7`(share: Double, expected: Double) throws {
    let value = try #require(LatencyDistribution([10, 5, 1, 2]).percentile(share))
    #expect(abs(value - expected) < 1e-12)
  }

  @Test func `shares outside are limited`() {
    let sample = LatencyDistribution([1, 2, 3])
    #expect(sample.percentile(-1) == 1 && sample.percentile(2) == 3 && sample.percentile(.nan) == 1)
    #expect(sample.percentile(.infinity) == 3)
  }

  @Test func `times that are none are left out`() {
    #expect(LatencyDistribution([1, -1, .nan, .infinity, 0]).seconds == [0, 1])
  }

  @Test func `the share within a limit counts the limit`() {
    let sample = LatencyDistribution([1, 2, 2, 3])
    #expect(sample.share(within: 2) == 0.75 && sample.share(within: 0.5) == 0 && sample.share(within: 9) == 1)
    #expect(sample.mean == 2)
  }

  @Test func `percentiles never fall`() {
    var generator = ConversationGenerator(seed: 5)
    for size in 1...60 {
      let sample = LatencyDistribution((0..<size).map { _ in Double(generator.below(50)) })
      var last = 0.0
      for step in 0...100 {
        let value = sample.percentile(Double(step) / 100) ?? -1
        #expect(value >= last, "size \(size), step \(step)")
        last = value
      }
      #expect(sample.percentile(0) == sample.seconds.first && sample.percentile(1) == sample.seconds.last)
    }
  }
}
