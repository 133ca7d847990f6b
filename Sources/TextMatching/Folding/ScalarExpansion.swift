/// What a scalar becomes when it is decomposed, folded and decomposed again until nothing changes.
struct ScalarExpansion {
  private let foldsCase: Bool
  private let foldsWidth: Bool
  private let foldsCompatibility: Bool
  private let letters: [UInt32: UInt32]
  private let droppedMarks: [ClosedRange<UInt32>]
  private let variants: HanVariants?

  init(case foldsCase: Bool, width: Bool, diacritics: Bool, compatibility: Bool, variants: HanVariants?) {
    self.foldsCase = foldsCase
    foldsWidth = width
    foldsCompatibility = compatibility
    letters = diacritics ? DiacriticData.strokes : [:]
    droppedMarks = diacritics ? DiacriticData.droppedMarks : []
    self.variants = variants
  }

  /// Where scalars lie that decompose, have case, are marks or compose; elsewhere nothing folds.
  ///
  /// Hangul syllables and Han are handled apart.
  static let candidates: [ClosedRange<UInt32>] = [
    0x0041...0x005A, 0x0061...0x007A, 0x003C...0x003E, 0x0080...0x31FF, 0x3200...0x33FF, 0xA640...0xABFF,
    0xD7B0...0xD7FF, 0xF900...0xFFEF, 0x10100...0x11FFF, 0x16100...0x161FF, 0x16A00...0x16FFF, 0x1BC00...0x1BCFF,
    0x1CC00...0x1CFFF, 0x1D100...0x1D2FF, 0x1D400...0x1D7FF, 0x1DF00...0x1E9FF, 0x1EE00...0x1EEFF,
    0x1F100...0x1F2FF, 0x1FBF0...0x1FBFF, 0x2F800...0x2FA1F, 0xE0100...0xE01EF,
  ]

  /// Half-width and full-width forms.
  private static func hasWidth(_ scalar: UInt32) -> Bool { scalar >= 0xFF00 && scalar <= 0xFFEF || scalar == 0x3000 }

  /// Whether the scalar is a mark that is left out.
  func drops(_ scalar: UInt32) -> Bool {
    scalar >= 0x300 && droppedMarks.contains { $0.contains(scalar) }
  }

  /// Appends what a scalar becomes, in the order in which it decomposes.
  func append(_ scalar: UInt32, to result: inout [UInt32]) {
    if scalar >= 0xA0 {
      if let parts = Decompositions.canonical.rows[scalar] ?? compatible(scalar) {
        for part in parts { append(part, to: &result) }
        return
      }
      if drops(scalar) { return }
      if let letter = letters[scalar] { return append(letter, to: &result) }
      if Hangul.syllables.contains(scalar) { return Hangul.decompose(scalar, into: &result) }
      if let variants, HanVariants.scalars.contains(scalar) || HanVariants.farScalars.contains(scalar) {
        return variants.append(scalar, to: &result)
      }
    }
    guard foldsCase, let lowered = CaseData.fold(scalar) else { return result.append(scalar) }
    for part in lowered { append(part, to: &result) }
  }

  private func compatible(_ scalar: UInt32) -> [UInt32]? {
    guard Self.hasWidth(scalar) ? foldsWidth : foldsCompatibility else { return nil }
    return Decompositions.compatibility.rows[scalar]
  }
}
