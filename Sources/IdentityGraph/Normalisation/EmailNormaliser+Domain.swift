extension EmailNormaliser {
  /// Checks a lower-cased domain name and takes off its final dot.
  static func checkedDomain(_ domain: Substring.UnicodeScalarView) throws(NormalisationError) -> String {
    if domain.first == "[" {
      throw NormalisationError(code: .unsupported, reason: "address literals are not taken")
    }
    // U+3002 separates labels too when a Chinese or Japanese keyboard wrote the name (UTS #46).
    var labels = domain.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "\u{3002}" }
    if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
    guard labels.count > 1 else {
      throw NormalisationError(code: .malformed, reason: "the domain is not fully qualified")
    }
    for label in labels { try check(label) }
    guard labels.last?.allSatisfy({ ("0"..."9").contains($0) }) != true else {
      throw NormalisationError(code: .malformed, reason: "the domain ends in a number")
    }
    return labels.map { String($0) }.joined(separator: ".")
  }

  private static func check(_ label: Substring.UnicodeScalarView) throws(NormalisationError) {
    guard !label.isEmpty else {
      throw NormalisationError(code: .malformed, reason: "the domain has an empty label")
    }
    guard label.allSatisfy(isDomainScalar) else {
      throw NormalisationError(code: .forbiddenCharacter, reason: "the domain has a forbidden character")
    }
    guard label.first != "-", label.last != "-" else {
      throw NormalisationError(code: .malformed, reason: "a label of the domain begins or ends with a hyphen")
    }
    let length = label.reduce(0) { $0 + UTF8.width($1) }
    guard length <= 63 else {
      throw NormalisationError(code: .tooLong, reason: "a label of the domain has more than 63 UTF-8 bytes")
    }
  }

  /// Letters, digits and hyphen, and outside ASCII letters, marks, digits and joiners, as in IDNA 2008 (RFC 5892).
  private static func isDomainScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9", "-", "\u{200C}", "\u{200D}", "\u{B7}", "\u{30FB}":
      return true
    default:
      guard !scalar.isASCII else { return false }
    }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
    default: return false
    }
  }
}
