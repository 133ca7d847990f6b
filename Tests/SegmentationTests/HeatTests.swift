import DenseData
import Foundation
import SCRMModel
import Segmentation
import Testing

@Suite struct HeatTests {
  @Test(arguments: 1...12 as ClosedRange<UInt64>) func `heat is the sum of decayed weights`(seed: UInt64) throws {
    let halfLife = [14.0, 1, 0.5, 60.25][Int(seed % 4)]
    let policy = HeatPolicy(halfLifeDays: halfLife)
    var events = RandomDays(seed: seed, count: 120, gaps: 0).events
    let last = events.map(\.day).max() ?? 0
    let set = try SegmentSet(heat: policy)
    var first: [Double]?
    for delivery in 0..<3 {
      var random = SeededGenerator(seed: seed + UInt64(delivery))
      events.shuffle(using: &random)
      var keeper = try Keeper(set)
      for event in events {
        keeper.count(event.kind, on: event.day)
        if random.below(20) == 0 { try keeper.reopen() }
      }
      let found = [0, 1, 13, 14, 50].map { keeper.evaluate(on: last + $0).facts.heat }
      for (heat, days) in zip(found, [0, 1, 13, 14, 50]) {
        let expected = events.reduce(0.0) { sum, event in
          sum + (policy.weights[event.kind] ?? policy.otherWeight) * pow(2, -Double(last + days - event.day) / halfLife)
        }
        #expect(abs(heat - expected) <= 1e-9 * expected, "seed \(seed), \(days) days later")
      }
      // Not a bit depends on the order of arrival.
      #expect(first == nil || first == found)
      first = found
    }
  }

  @Test func `heat halves with every half-life`() throws {
    var keeper = try Keeper(try SegmentSet())
    for day in 90...100 { keeper.count(.comment, on: day) }
    let now = keeper.evaluate(on: 100).facts.heat
    for halvings in 1...5 {
      let later = keeper.evaluate(on: 100 + 14 * halvings).facts.heat
      #expect(abs(later * pow(2, Double(halvings)) / now - 1) < 1e-12)
    }
  }

  @Test func `steady activity approaches the documented limit`() throws {
    var keeper = try Keeper(try SegmentSet())
    for day in 1...390 { keeper.count(.comment, on: day) }
    let heat = keeper.evaluate(on: 390).facts.heat
    #expect(abs(heat / (1.44 * 14 * 3) - 1) < 0.03)
  }

  @Test func `negative and unreasonable weights are limited`() throws {
    let policy = HeatPolicy(weights: [.like: -2, .comment: .nan, .post: .infinity], otherWeight: 0.5)
    let set = try SegmentSet(heat: policy)
    for (kind, expected) in [(.like, -2), (.comment, 0), (.post, 1e6), (.view, 0.5)] as [(InteractionKind, Double)] {
      var keeper = try Keeper(set)
      keeper.count(kind, on: 10)
      #expect(keeper.evaluate(on: 10).facts.heat == expected, "\(kind)")
    }
  }
}
