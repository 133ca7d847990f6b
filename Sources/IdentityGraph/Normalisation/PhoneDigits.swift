/// The digits of a telephone number as written, without its punctuation, and those of its extension.
struct PhoneDigits {
  /// The digits, each 0 to 9.
  private(set) var digits: [UInt8] = []
  /// Whether a plus stood before them.
  private(set) var hasPlus = false
  /// The digits to be dialled behind a switchboard, as ASCII; `nil` for a number without extension.
  private(set) var extensionDigits: String?

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
      } else if !digits.isEmpty, let written = PhoneExtension.rest(behindMarkOf: rest) {
        extensionDigits = try PhoneExtension.digits(written)
        break
      } else if !PhoneDigits.isSeparator(scalar) {
        throw PhoneDigits.refusal(of: rest)
      }
      rest = rest.dropFirst()
    }
    guard !digits.isEmpty else { throw NormalisationError(code: .malformed, reason: "there is no digit") }
  }

  /// The value of a decimal digit of any script.
  static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII {
      let value = UInt8(truncatingIfNeeded: scalar.value) &- UInt8(ascii: "0")
      return value < 10 ? value : nil
    }
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
    return UInt8(exactly: value)
  }

  /// Whether a scalar only groups digits.
  static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", ")", "-", ".", "/", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{30FC}", "\u{B7}": true
    default: IdentifierText.isBlank(scalar)
    }
  }

  static func refusal(of rest: Substring.UnicodeScalarView) -> NormalisationError {
    let isLetter = rest.first?.properties.isAlphabetic == true
    return NormalisationError(
      code: .forbiddenCharacter, reason: isLetter ? "the number has letters" : "the number has a forbidden character")
  }
}
