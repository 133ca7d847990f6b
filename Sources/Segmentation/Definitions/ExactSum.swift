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
    if number.isNaN { return 0 }
    return Int128((min(max(number, -0x1p48), 0x1p48) * 0x1p64).rounded())
  }

  /// Adds a number.
  package mutating func add(_ number: Double) { units &+= Self.units(number) }

  /// Takes a number back.
  package mutating func subtract(_ number: Double) { units &-= Self.units(number) }

  /// The sum as the nearest double.
  package var value: Double { Double(units) * 0x1p-64 }
}
