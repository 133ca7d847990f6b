/// A sum of doubles that depends on no order: exact in units of 2^−64, rounded once when it is read.
///
/// Adding and taking back are inverse, so a window's sum never drifts. Each number is limited to ±2^48 (2.8e14) and taken
/// to the nearest 2^−64; doubles from 2^−12 on are exact. 32,768 numbers of the greatest size fit, then it wraps.
@usableFromInline
package struct ExactSum: Sendable, Hashable {
  @usableFromInline package private(set) var units: Int128 = 0

  @inlinable
  package init() {}

  package init(units: Int128) { self.units = units }

  /// A number in units of 2^−64; NaN counts as 0.
  @inlinable
  package static func units(_ number: Double) -> Int128 {
    if number.magnitude >= 0x1p-12, number.magnitude < 0x1p48 {
      // The whole part and the fraction are whole numbers of units, which takes no conversion of 128 bits.
      let whole = Int64(number)
      let fraction = number - Double(whole)
      let units = Int128(UInt64(fraction.magnitude * 0x1p64))
      return Int128(whole) << 64 &+ (fraction < 0 ? -units : units)
    }
    if number.isNaN { return 0 }
    return Int128((min(max(number, -0x1p48), 0x1p48) * 0x1p64).rounded())
  }

  /// Adds a number.
  package mutating func add(_ number: Double) { units &+= Self.units(number) }

  /// Takes a number back.
  package mutating func subtract(_ number: Double) { units &-= Self.units(number) }

  /// The sum as the nearest double.
  package var value: Double { Double(units) * 0x1p-64 }

  /// The sums, in units, whose value fulfils a comparison with a number; `nil` when none does.
  ///
  /// For `!=` these are the sums that do not fulfil it.
  package static func units(fulfilling comparison: MeasureComparison, _ number: Double) -> ClosedRange<Int128>? {
    if number.isNaN { return nil }
    let reaching = firstUnits { $0 >= number }
    let above = firstUnits { $0 > number }
    func before(_ units: Int128?) -> Int128? { units == .min ? nil : units.map { $0 - 1 } ?? .max }
    switch comparison {
    case .greaterOrEqual: return reaching.map { $0 ... .max }
    case .greater: return above.map { $0 ... .max }
    case .less: return before(reaching).map { .min...$0 }
    case .lessOrEqual: return before(above).map { .min...$0 }
    case .equal, .notEqual:
      guard let first = reaching, let last = before(above), first <= last else { return nil }
      return first...last
    }
  }

  /// The least sum whose value passes a test that greater values pass, too.
  private static func firstUnits(_ test: (Double) -> Bool) -> Int128? {
    var (low, high) = (Int128.min, Int128.max)
    guard test(ExactSum(units: high).value) else { return nil }
    while low < high {
      let middle = low &+ Int128(truncatingIfNeeded: UInt128(bitPattern: high &- low) / 2)
      if test(ExactSum(units: middle).value) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
