/// A table of Han characters that count as one, such as Traditional and Simplified forms.
///
/// The host brings the table (Unicode's Unihan database has `kSimplifiedVariant`); characters are U+3400 … U+9FFF on both
/// sides, which is three bytes of UTF-8 each, so that offsets stay.
package struct HanVariants: Sendable, Hashable {
  /// The characters that a table may name: the Han blocks of the Basic Multilingual Plane.
  static let scalars: ClosedRange<UInt32> = 0x3400...0x9FFF

  /// What each character from U+3400 on becomes; 0 for no change.
  private let targets: [UInt16]

  /// Creates a table from pairs of a character and the one that stands for it.
  ///
  /// The last of several pairs for one character counts.
  /// - Throws: ``HanVariantError`` when a character is outside U+3400 … U+9FFF, or stands for another and is itself
  ///   replaced.
  package init(_ pairs: some Sequence<(from: Unicode.Scalar, to: Unicode.Scalar)>) throws(HanVariantError) {
    var targets = [UInt16](repeating: 0, count: Self.scalars.count)
    for (from, to) in pairs {
      for scalar in [from, to] where !Self.scalars.contains(scalar.value) {
        throw HanVariantError(scalar: scalar, reason: "not a character of U+3400 to U+9FFF")
      }
      targets[Self.index(from.value)] = from == to ? 0 : UInt16(truncatingIfNeeded: to.value)
    }
    for target in targets where target != 0 && targets[Self.index(UInt32(target))] != 0 {
      throw HanVariantError(
        scalar: Unicode.Scalar(target) ?? "\u{FFFD}", reason: "replaces a character and is itself replaced")
    }
    self.targets = targets
  }

  /// The character that stands for this one; both are of U+3400 … U+9FFF.
  @inline(__always)
  func fold(_ scalar: UInt32) -> UInt32 {
    let target = targets[Self.index(scalar)]
    return target == 0 ? scalar : UInt32(target)
  }

  /// All replacements, in the order of the characters.
  var pairs: [(from: UInt32, to: UInt32)] {
    targets.enumerated().filter { $0.element != 0 }.map { (UInt32($0.offset) + 0x3400, UInt32($0.element)) }
  }

  /// The number of blocks of 64 scalars up to the last character that may be replaced.
  static let blockEnd = Int(scalars.upperBound >> 6) + 1

  private static func index(_ scalar: UInt32) -> Int { Int(scalar) - 0x3400 }
}

/// Why a table of Han variants cannot be used.
package struct HanVariantError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The character at fault.
  package var scalar: Unicode.Scalar
  /// The problem in words.
  package var reason: String

  /// The character and the problem.
  package var description: String { "“\(scalar)” (U+\(String(scalar.value, radix: 16, uppercase: true))): \(reason)" }
}
