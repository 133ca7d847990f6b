import DenseData
import Testing

/// The seeded generator and the interner.
struct DenseDataTests {
  /// The reference implementation `splitmix64.c` by Sebastiano Vigna gives these numbers for the seeds 0 and 1234567.
  @Test
  func generatorGivesTheReferenceNumbers() {
    var zero = SeededGenerator(seed: 0)
    #expect((0..<3).map { _ in zero.next() } == [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f])
    var other = SeededGenerator(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in other.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test
  func generatorStaysInItsBounds() {
    var random = SeededGenerator(seed: 99)
    for bound in [1, 2, 3, 7, 100, 1 << 40, Int.max] {
      for _ in 0..<200 { #expect((0..<bound).contains(random.below(bound))) }
    }
    #expect(random.below(0) == 0)
    #expect(random.below(-5) == 0)
    for _ in 0..<1_000 {
      let value = random.unit()
      #expect(value >= 0 && value < 1)
    }
  }

  /// Chi-squared over 10 classes; 27.88 is the 0.999 quantile for 9 degrees of freedom.
  @Test
  func numbersBelowABoundAreUniform() {
    var random = SeededGenerator(seed: 3)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<100_000 { counts[random.below(10)] += 1 }
    let statistic = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(statistic < 27.88)
  }

  @Test
  func internerNumbersInOrderOfAppearance() {
    var random = SeededGenerator(seed: 17)
    var interner = Interner<Int>()
    var order: [Int] = []
    for _ in 0..<2_000 {
      let value = random.below(300)
      let index = interner.intern(value)
      if let known = order.firstIndex(of: value) {
        #expect(index == known)
      } else {
        #expect(interner.index(of: value) == order.count)
        #expect(index == order.count)
        order.append(value)
      }
    }
    #expect(interner.elements == order)
    #expect(interner.count == order.count)
    #expect(interner.index(of: 1_000) == nil)
  }
}
