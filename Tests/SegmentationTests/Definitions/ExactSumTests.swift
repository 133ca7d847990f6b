import DenseData
import Testing

@testable import Segmentation

@Suite struct ExactSumTests {
  private static let edges: [Double] = [
    0, -0.0, 1, -1, 0.1, -0.1, 0x1p-12, -0x1p-12, 0x1p-13, 0x1p-64, .leastNonzeroMagnitude, 29.95, 500, 0x1p47, 0x1p48,
    -0x1p48, 1e300,
    .infinity, -.infinity,
  ]

  /// The whole part and the fraction apart give what one conversion of 128 bits gives.
  @Test func unitsAreTheNearestWholeNumber() {
    var random = SeededGenerator(seed: 5)
    var numbers = Self.edges
    for _ in 0..<2_000 {
      let magnitude = Double(random.below(1 << 40)) / Double(1 + random.below(1 << 30))
      numbers += [magnitude, -magnitude, Double(Float(magnitude))]
    }
    for number in numbers {
      let expected = Int128((min(max(number, -0x1p48), 0x1p48) * 0x1p64).rounded())
      #expect(ExactSum.units(number) == expected, "\(number)")
    }
  }

  /// The range of sums says of every sum around the limit what the comparison of its value says.
  @Test(arguments: MeasureComparison.allCases) func limitsInUnitsAreThoseOfValues(_ comparison: MeasureComparison) {
    let asked = comparison == .notEqual ? MeasureComparison.equal : comparison
    for number in Self.edges {
      let range = ExactSum.units(fulfilling: comparison, number)
      let centre = ExactSum.units(number)
      for offset: Int128 in [0, 1, -1, 2, -2, 1 << 11, -(1 << 11), 1 << 40, -(1 << 40), 1 << 100, -(1 << 100)] {
        let sum = centre + offset
        let holds = asked.holds(ExactSum(units: sum).value, number)
        #expect((range?.contains(sum) ?? false) == holds, "\(comparison) \(number) \(offset)")
      }
    }
    #expect(ExactSum.units(fulfilling: comparison, .nan) == nil)
  }

  /// The place of a key by the table is how many edges lie at or before it.
  @Test(arguments: 0..<20) func theClockCountsEdges(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let spread = [8, 5_000, 1 << 50][random.below(3)]
    let edges = Set((0..<random.below(40)).map { _ in 1_000 + UInt64(random.below(spread)) }).sorted()
    let clock = EdgeClock(edges)
    let keys = edges.flatMap { [$0 - 1, $0, $0 + 1] } + (0..<200).map { _ in UInt64(random.below(spread + 3_000)) }
    for key in keys { #expect(clock.place(of: key) == edges.count { $0 <= key }) }
  }
}
