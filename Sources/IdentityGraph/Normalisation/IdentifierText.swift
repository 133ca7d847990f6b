import TextMatching

/// What the normalisers of written identifiers share: width, trimming, characters that nobody sees.
enum IdentifierText {
  private static let widthOnly = TextFolding(case: false, width: true, diacritics: false, compatibility: false)
  private static let widthAndCase = TextFolding(case: true, width: true, diacritics: false, compatibility: false)

  /// The longest raw text that is looked at, in UTF-8 bytes; a real identifier is far shorter.
  static let rawLimit = 2_048

  /// Folds the width, on request the case, and takes white space and invisible characters from both ends.
  ///
  /// - Throws: `tooLong` beyond ``rawLimit``, `empty` when nothing is left.
  static func cleaned(_ raw: String, foldingCase: Bool = false) throws(NormalisationError) -> String {
    guard raw.utf8.count <= rawLimit else {
      throw NormalisationError(code: .tooLong, reason: "more than \(rawLimit) UTF-8 bytes")
    }
    let text = trimmed((foldingCase ? widthAndCase : widthOnly).key(raw))
    guard !text.isEmpty else { throw NormalisationError(code: .empty, reason: "nothing but white space") }
    return text
  }

  /// A cleaned text in lower case; its marks are ordered again, since a letter such as İ becomes two.
  static func lowercased(_ text: String) -> String {
    let lowered = text.lowercased()
    return lowered.utf8.allSatisfy { $0 < 0x80 } ? lowered : widthOnly.key(lowered)
  }

  /// The text without white space and invisible characters at its ends.
  static func trimmed(_ text: String) -> String {
    if let first = text.utf8.first, let last = text.utf8.last, isGraphicASCII(first), isGraphicASCII(last) {
      return text
    }
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !isBlank($0) }),
      let end = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[start...end])
  }

  /// Whether the scalar is white space or invisible.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || isInvisible(scalar)
  }

  /// Directional controls, zero-width space, word joiner, byte order mark, soft hyphen: what copying from an address book
  /// or a web page brings along.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// Whether the scalar may stand inside a written identifier: no white space, control, invisible or unknown character.
  ///
  /// The zero-width joiner and non-joiner may, as the spelling of Persian and Indic words needs them.
  static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isGraphicASCII(UInt8(truncatingIfNeeded: scalar.value)) }
    switch scalar.properties.generalCategory {
    case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
      return false
    case .format:
      return scalar.value == 0x200C || scalar.value == 0x200D
    default:
      return true
    }
  }

  private static func isGraphicASCII(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
}
