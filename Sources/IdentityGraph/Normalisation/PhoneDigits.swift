/// The digits of a telephone number as written, without its punctuation.
struct PhoneDigits {
  /// The digits, each 0 to 9.
  private(set) var digits: [UInt8] = []
  /// Whether a plus stood before them.
  private(set) var hasPlus = false

  /// Reads a number as people and programs write it.
  init(_ raw: String) throws(NormalisationError) {
    var rest = try Substring(IdentifierText.cleaned(raw, foldingCase: true)).unicodeScalars
    if rest.starts(with: "tel:".unicodeScalars) { rest = rest.dropFirst(4) }
    while let scalar = rest.first {
      if let digit = PhoneDigits.digit(scalar) {
        digits.append(digit)
      } else if scalar == "+" {
        guard digits.isEmpty, !hasPlus else {
          throw NormalisationError(code: .malformed, reason: "a plus stands after the start of the number")
        }
        hasPlus = true
      } else if !PhoneDigits.isSeparator(scalar) {
        throw PhoneDigits.refusal(of: rest, after: digits.count)
      }
      rest = rest.dropFirst()
    }
    guard !digits.isEmpty else { throw NormalisationError(code: .malformed, reason: "there is no digit") }
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII {
      let value = UInt8(truncatingIfNeeded: scalar.value) &- UInt8(ascii: "0")
      return value < 10 ? value : nil
    }
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
    return UInt8(exactly: value)
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", ")", "-", ".", "/", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{30FC}", "\u{B7}": true
    default: IdentifierText.isBlank(scalar)
    }
  }

  private static let extensionMarks = ["ext", "x", "#", ";ext=", "转", "轉", "分机", "分機", "内线", "內線"]

  private static func refusal(of rest: Substring.UnicodeScalarView, after digitCount: Int) -> NormalisationError {
    if digitCount > 0, extensionMarks.contains(where: { rest.starts(with: $0.unicodeScalars) }) {
      return NormalisationError(code: .unsupported, reason: "the number has an extension")
    }
    let isLetter = rest.first?.properties.isAlphabetic == true
    return NormalisationError(
      code: .forbiddenCharacter, reason: isLetter ? "the number has letters" : "the number has a forbidden character")
  }
}
