/// The part of a written telephone number that is dialled once a switchboard has answered.
enum PhoneExtension {
  /// How extensions are announced, folded in case and width; of marks that begin alike the longest first.
  private static let marks = [
    ";ext=", "extension", "extn", "ext", "x", "#", "доб", "转接", "轉接", "转", "轉", "分机号", "分機號", "分机", "分機", "内线",
    "內線",
  ]

  /// The most digits an extension has.
  private static let maximumDigits = 20

  /// What stands behind the mark of an extension, also one set off by a comma as in "555 0100, x23"; `nil` when
  /// `rest` does not begin with one.
  static func rest(behindMarkOf rest: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
    var rest = rest
    if rest.first == "," { rest = rest.dropFirst().drop { IdentifierText.isBlank($0) } }
    guard let mark = marks.first(where: { rest.starts(with: $0.unicodeScalars) }) else { return nil }
    return rest.dropFirst(mark.unicodeScalars.count)
  }

  /// The digits of an extension; between the mark and them may stand a full stop, a colon and separators.
  ///
  /// - Throws: ``NormalisationError``: `malformed` without digits, `tooLong`, `forbiddenCharacter`.
  static func digits(_ written: Substring.UnicodeScalarView) throws(NormalisationError) -> String {
    var digits = ""
    for (place, scalar) in zip(written.indices, written) {
      if let digit = PhoneDigits.digit(scalar) {
        digits.unicodeScalars.append(Unicode.Scalar(digit + UInt8(ascii: "0")))
      } else if !PhoneDigits.isSeparator(scalar), !(digits.isEmpty && scalar == ":") {
        throw PhoneDigits.refusal(of: written[place...])
      }
    }
    guard !digits.isEmpty else {
      throw NormalisationError(code: .malformed, reason: "the extension has no digit")
    }
    guard digits.utf8.count <= maximumDigits else {
      throw NormalisationError(code: .tooLong, reason: "an extension has at most \(maximumDigits) digits")
    }
    return digits
  }
}
