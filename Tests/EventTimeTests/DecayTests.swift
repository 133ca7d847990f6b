import EventTime
import Foundation
import SCRMExpressions
import Testing

@Suite struct DecayTests {
  @Test func aHalfLifeHalves() {
    let week = HalfLife(days: 7)
    #expect(week.weight(age: 0) == 1 && week.weight(age: -5) == 1 && week.weight(age: .min) == 1)
    #expect(week.weight(age: 7) == 0.5 && week.weight(age: 14) == 0.25 && week.weight(age: 70) == 0x1p-10)
    #expect(week.weight(age: 4_095) > 0)
    #expect(week.weight(age: 4_096) == 0 && week.weight(age: .max) == 0)
  }

  @Test(arguments: [0.01, 0.5, 1, 7, 30, 90.5, 365, 1e6])
  func weightsAgreeWithTheMathematicalLibrary(days: Double) {
    let halfLife = HalfLife(days: days)
    var previous = 1.0
    for age in 0..<Int32(4_096) {
      let weight = halfLife.weight(age: age)
      let expected = pow(2, -Double(age) / days)
      #expect(weight <= previous)
      if expected > 1e-300 { #expect(abs(weight / expected - 1) < 1e-14) } else { #expect(weight < 1e-299) }
      previous = weight
    }
  }

  @Test(arguments: [0, -1, .nan, .infinity, -Double.infinity] as [Double])
  func impossibleHalfLivesBecomeTheShortest(days: Double) {
    #expect(HalfLife(days: days).days == 0.01)
    #expect(HalfLife(days: days) == HalfLife(days: 0.01))
  }

  @Test func whatRemainsIsHalvedAtEachHalfLife() {
    for halvings in 0..<1_022 {
      let rest = ExponentialDecay.remaining(elapsed: .seconds(Int64(halvings) * 3_600), halfLifeSeconds: 3_600)
      #expect(rest == pow(2, -Double(halvings)))
    }
    #expect(ExponentialDecay.remaining(elapsed: .seconds(2_000 * 3_600), halfLifeSeconds: 3_600) == 0)
    #expect(ExponentialDecay.remaining(elapsed: .zero, halfLifeSeconds: 1) == 1)
    let half = ExponentialDecay.remaining(elapsed: .milliseconds(500), halfLifeSeconds: 1)
    #expect(abs(half / 0.5.squareRoot() - 1) < 1e-15)
    #expect(ExponentialDecay.remaining(elapsed: .seconds(Int64.max), halfLifeSeconds: 1) == 0)
    #expect(ExponentialDecay.remaining(elapsed: .seconds(Int64.min), halfLifeSeconds: .min) == 1)
  }

  @Test func decayInTwoStepsIsDecayInOne() {
    for first in stride(from: Int64(1), to: 100_000, by: 977) {
      let (a, b) = (Duration.seconds(first), Duration.seconds(54_321))
      let both = ExponentialDecay.remaining(elapsed: a + b, halfLifeSeconds: 10_000)
      let steps =
        ExponentialDecay.remaining(elapsed: a, halfLifeSeconds: 10_000)
        * ExponentialDecay.remaining(elapsed: b, halfLifeSeconds: 10_000)
      #expect(abs(both / steps - 1) < 1e-14)
    }
  }
}
