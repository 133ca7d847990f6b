/// A table of Han characters that count as one, such as Traditional and Simplified forms.
///
/// The host brings the table (Unicode's Unihan database has `kSimplifiedVariant`). Pairs of characters of U+3400 … U+9FFF
/// are three bytes of UTF-8 on both sides, so that offsets stay and matching costs what it costs without a table;
/// expansions, which may change the length, cost a look-up for each character of a text.
package struct HanVariants: Sendable, Hashable {
  /// The characters that pairs may name: the Han blocks of the Basic Multilingual Plane.
  static let scalars: ClosedRange<UInt32> = 0x3400...0x9FFF
  /// The characters beyond, which expansions may name too: those of the other planes.
  static let farScalars: ClosedRange<UInt32> = 0x2_0000...0x3_FFFD
  /// The most characters that one character becomes.
  static let maximumExpansion = 8

  /// What each character from U+3400 on becomes; 0 for no change.
  private let targets: [UInt16]
  /// The characters that become several, or one of another length.
  private(set) var expansions: [UInt32: [UInt32]] = [:]

  /// Creates a table from pairs of a character and the one that stands for it.
  ///
  /// The last of several pairs for one character counts.
  /// - Parameters:
  ///   - pairs: characters of U+3400 … U+9FFF.
  ///   - expansions: characters of U+3400 … U+9FFF or U+20000 … U+3FFFD and the 1 to 8 such characters that stand for
  ///     each.
  /// - Throws: ``HanVariantError`` when a character is outside these ranges, an expansion is empty or too long, or a
  ///   character stands for another and is itself replaced.
  package init(
    _ pairs: some Sequence<(from: Unicode.Scalar, to: Unicode.Scalar)>,
    expansions: some Sequence<(from: Unicode.Scalar, to: String)>
  ) throws(HanVariantError) {
    try self.init(pairs)
    for (from, text) in expansions {
      let scalars = text.unicodeScalars
      guard (1...Self.maximumExpansion).contains(scalars.count) else {
        throw HanVariantError(scalar: from, reason: "expected 1 to \(Self.maximumExpansion) characters in its place")
      }
      for scalar in [from] + scalars
      where !Self.scalars.contains(scalar.value) && !Self.farScalars.contains(scalar.value) {
        throw HanVariantError(scalar: scalar, reason: "not a character of U+3400 to U+9FFF or U+20000 to U+3FFFD")
      }
      self.expansions[from.value] = scalars.map(\.value)
    }
    for (from, scalars) in self.expansions.sorted(by: { $0.key < $1.key }) {
      guard !isReplaced(from) else {
        throw HanVariantError(scalar: Self.scalar(from), reason: "both a pair and an expansion")
      }
      for scalar in scalars where isReplaced(scalar) || self.expansions[scalar] != nil {
        throw HanVariantError(scalar: Self.scalar(scalar), reason: "replaces a character and is itself replaced")
      }
    }
    for target in targets where target != 0 && self.expansions[UInt32(target)] != nil {
      throw HanVariantError(
        scalar: Self.scalar(UInt32(target)), reason: "replaces a character and is itself replaced")
    }
  }

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
        scalar: Self.scalar(UInt32(target)), reason: "replaces a character and is itself replaced")
    }
    self.targets = targets
  }

  private static func scalar(_ value: UInt32) -> Unicode.Scalar { Unicode.Scalar(value) ?? "\u{FFFD}" }

  private func isReplaced(_ scalar: UInt32) -> Bool {
    Self.scalars.contains(scalar) && targets[Self.index(scalar)] != 0
  }

  /// Appends what stands for a Han character.
  func append(_ scalar: UInt32, to result: inout [UInt32]) {
    if let expansion = expansions[scalar] {
      result += expansion
    } else {
      result.append(Self.scalars.contains(scalar) ? fold(scalar) : scalar)
    }
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
