/// Lower-casing for comparison: Unicode's lower-case mapping, and beyond it the letters whose full case folding differs.
enum CaseData {
  /// What the scalar becomes when case is ignored; `nil` for itself.
  static func fold(_ scalar: UInt32) -> [UInt32]? {
    if let exception = exceptions[scalar] { return exception }
    guard let value = Unicode.Scalar(scalar) else { return nil }
    let lowered = value.properties.lowercaseMapping.unicodeScalars
    return lowered.first == value ? nil : lowered.map(\.value)
  }

  /// Folded form, then the letters that have it, from the full foldings (status C and F) of CaseFolding.txt (Unicode 14).
  ///
  /// Left out: foldings that only take a letter and its diacritic apart, and Cherokee, which lower-casing already joins.
  private static let groups: [(folded: String, letters: String)] = [
    ("ss", "ßẞ"), ("s", "ſ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ffi", "ﬃ"), ("ffl", "ﬄ"), ("st", "ﬅﬆ"),
    ("\u{2BC}n", "ŉ"), ("a\u{2BE}", "ẚ"), ("\u{1E61}", "\u{1E9B}"),
    ("σ", "ς"), ("β", "ϐ"), ("θ", "ϑ"), ("φ", "ϕ"), ("π", "ϖ"), ("κ", "ϰ"), ("ρ", "ϱ"), ("ε", "ϵ"),
    ("\u{3BC}", "\u{B5}"), ("\u{3B9}", "\u{1FBE}"),
    ("в", "ᲀ"), ("д", "ᲁ"), ("о", "ᲂ"), ("с", "ᲃ"), ("т", "ᲄᲅ"), ("ъ", "ᲆ"), ("ѣ", "ᲇ"), ("ꙋ", "ᲈ"),
    ("եւ", "և"), ("մն", "ﬓ"), ("մե", "ﬔ"), ("մի", "ﬕ"), ("վն", "ﬖ"), ("մխ", "ﬗ"),
  ]

  private static let exceptions: [UInt32: [UInt32]] = {
    var exceptions: [UInt32: [UInt32]] = [:]
    for (folded, letters) in groups {
      for letter in letters.unicodeScalars {
        exceptions[letter.value] = folded.unicodeScalars.map(\.value)
      }
    }
    return exceptions
  }()
}
