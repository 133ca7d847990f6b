/// Canonical decomposition, ordering and composition (Unicode Standard Annex #15).
struct CanonicalForms: Sendable {
  /// The composite of each pair, the first scalar in the upper half.
  private let composites: [UInt64: UInt32]

  static let shared = CanonicalForms()

  private init() {
    var composites: [UInt64: UInt32] = [:]
    for (composite, parts) in Decompositions.canonical.rows where parts.count == 2 {
      guard Unicode.Scalar(composite)?.properties.isFullCompositionExclusion == false else { continue }
      composites[Self.pair(parts[0], parts[1])] = composite
    }
    self.composites = composites
  }

  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  /// The scalars that begin a pair and those that end one, Hangul among them.
  ///
  /// - Parameter isUsed: whether a scalar can be the second of a pair at all.
  func pairs(where isUsed: (UInt32) -> Bool) -> (firsts: Set<UInt32>, seconds: Set<UInt32>) {
    var firsts = Set(Hangul.leading)
    var seconds = Set(Hangul.vowels).union(Hangul.trailing)
    for pair in composites.keys where isUsed(UInt32(truncatingIfNeeded: pair)) {
      firsts.insert(UInt32(truncatingIfNeeded: pair >> 32))
      seconds.insert(UInt32(truncatingIfNeeded: pair))
    }
    return (firsts, seconds)
  }

  /// The canonical combining class.
  static func combiningClass(_ scalar: UInt32) -> UInt8 {
    scalar < 0x300 ? 0 : Unicode.Scalar(scalar)?.properties.canonicalCombiningClass.rawValue ?? 0
  }

  /// Appends the full canonical decomposition of a scalar.
  static func decompose(_ scalar: UInt32, into result: inout [UInt32]) {
    if Hangul.syllables.contains(scalar) {
      Hangul.decompose(scalar, into: &result)
    } else if let parts = scalar < 0xC0 ? nil : Decompositions.canonical.rows[scalar] {
      for part in parts { decompose(part, into: &result) }
    } else {
      result.append(scalar)
    }
  }

  /// Puts marks that follow each other into the canonical order.
  static func order(_ scalars: inout [UInt32]) {
    var start = 0
    while start < scalars.count {
      guard combiningClass(scalars[start]) != 0 else {
        start += 1
        continue
      }
      var end = start + 1
      while end < scalars.count, combiningClass(scalars[end]) != 0 { end += 1 }
      if end - start > 1 {
        let marks = scalars[start..<end].map { (combiningClass($0), $0) }.enumerated()
        let sorted = marks.sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
        for (place, mark) in sorted.enumerated() { scalars[start + place] = mark.element.1 }
      }
      start = end
    }
  }

  /// Composes scalars that are decomposed and ordered.
  func compose(_ scalars: inout [UInt32]) {
    var starter: Int?
    var lastClass: UInt8 = 0
    var count = 0
    for place in scalars.indices {
      let scalar = scalars[place]
      let combiningClass = Self.combiningClass(scalar)
      // Between the starter and a mark that composes with it no mark of the same class or a higher one may stand.
      if let starter, count == starter + 1 || lastClass != 0 && lastClass < combiningClass,
        let composite = composite(scalars[starter], scalar)
      {
        scalars[starter] = composite
        continue
      }
      if combiningClass == 0 { starter = count }
      lastClass = combiningClass
      scalars[count] = scalar
      count += 1
    }
    scalars.removeSubrange(count...)
  }

  private func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.compose(first, second) ?? composites[Self.pair(first, second)]
  }
}

/// Hangul syllables are composed by arithmetic (The Unicode Standard, section 3.12).
enum Hangul {
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  static let leading: ClosedRange<UInt32> = 0x1100...0x1112
  static let vowels: ClosedRange<UInt32> = 0x1161...0x1175
  static let trailing: ClosedRange<UInt32> = 0x11A8...0x11C2

  /// Whether the syllable has no trailing consonant.
  @inline(__always)
  static func isOpen(_ syllable: UInt32) -> Bool { (syllable - 0xAC00) % 28 == 0 }

  static func decompose(_ syllable: UInt32, into result: inout [UInt32]) {
    let index = syllable - 0xAC00
    result.append(0x1100 + index / 588)
    result.append(0x1161 + index % 588 / 28)
    if index % 28 != 0 { result.append(0x11A7 + index % 28) }
  }

  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if leading.contains(first), vowels.contains(second) {
      return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
    }
    guard syllables.contains(first), isOpen(first), trailing.contains(second) else { return nil }
    return first + (second - 0x11A7)
  }
}
