/// Mail addresses as keys: one spelling for one mailbox, without guessing.
///
/// The whole address is lower-cased. RFC 5321 leaves the case of the local part to the receiving host, but no provider in
/// use tells mailboxes apart by it, while people and forms change it all the time.
///
/// Internationalised addresses (RFC 6531) are kept in Unicode, lower-cased; a domain in its `xn--` form stays in it, so
/// that the two spellings of one domain are two keys. Refused are quoted local parts, comments and address literals:
/// valid by the standard, in practice errors of input.
package enum EmailNormaliser {
  /// The version of the rules; stored keys of another version are to be made again.
  package static let version = 1

  /// The longest local part in UTF-8 bytes (RFC 5321, 4.5.3.1.1).
  package static let maximumLocalLength = 64
  /// The longest address in UTF-8 bytes: the path of 256 (RFC 5321, 4.5.3.1.3) less its angle brackets.
  package static let maximumLength = 254

  /// The normal form of an address: `" Ｚhang.San@Example.CN "` gives `zhang.san@example.cn`.
  ///
  /// Understands full-width characters, `mailto:` with its query, `Name <address>`, the ideographic full stop in the
  /// domain and the domain's final dot. Dots and "+tags" of the local part stay.
  ///
  /// - Complexity: O(*n*).
  /// - Throws: ``NormalisationError`` when it is no address.
  package static func key(for raw: String) throws(NormalisationError) -> String {
    isPlain(raw) ? raw : try key(for: raw, providerRules: false)
  }

  /// The normal form, on request by the rules that a provider has for its own mailboxes.
  ///
  /// With `providerRules`, addresses at gmail.com and googlemail.com lose the dots and the "+tag" of their local part
  /// and get the domain gmail.com, since Google delivers all of these to one mailbox. This is risky: the rules are the
  /// provider's to change, do not hold for companies' own domains at the same provider, and people hand out tagged
  /// addresses on purpose, to be told apart. Use it to find candidates rather than to merge.
  ///
  /// - Throws: ``NormalisationError`` when it is no address.
  package static func key(for raw: String, providerRules: Bool) throws(NormalisationError) -> String {
    let (local, domain) = try parts(of: raw)
    guard providerRules, domain == "gmail.com" || domain == "googlemail.com" else { return local + "@" + domain }
    let mailbox = local.prefix { $0 != "+" }.filter { $0 != "." }
    guard !mailbox.isEmpty else {
      throw NormalisationError(code: .malformed, reason: "nothing stands before the tag")
    }
    return mailbox + "@gmail.com"
  }

  private static func parts(of raw: String) throws(NormalisationError) -> (local: String, domain: String) {
    let text = IdentifierText.lowercased(try unwrapped(IdentifierText.cleaned(raw)))
    guard !text.utf8.contains(UInt8(ascii: "\"")) else {
      throw NormalisationError(code: .unsupported, reason: "quoted local parts are not taken")
    }
    let pieces = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
    guard pieces.count == 2 else {
      throw NormalisationError(code: .malformed, reason: pieces.count < 2 ? "there is no @" : "more than one @")
    }
    let local = try checkedLocal(pieces[0])
    let domain = try checkedDomain(pieces[1])
    guard local.utf8.count + 1 + domain.utf8.count <= maximumLength else {
      throw NormalisationError(code: .tooLong, reason: "the address has more than \(maximumLength) UTF-8 bytes")
    }
    return (local, domain)
  }

  /// Takes the address out of angle brackets and from behind `mailto:`.
  private static func unwrapped(_ text: String) throws(NormalisationError) -> String {
    var address = text
    if address.utf8.last == UInt8(ascii: ">") {
      let pieces = address.unicodeScalars.dropLast().split(separator: "<", omittingEmptySubsequences: false)
      // A second address in the name is how phishing looks; which one is meant cannot be known.
      guard pieces.count == 2, !pieces[0].contains("@") else {
        throw NormalisationError(code: .malformed, reason: "the angle brackets do not enclose one address")
      }
      address = IdentifierText.trimmed(String(pieces[1]))
    }
    let scheme = "mailto:"
    guard address.utf8.count > scheme.utf8.count, address.prefix(scheme.count).lowercased() == scheme else {
      return address
    }
    let target = address.dropFirst(scheme.count).unicodeScalars.prefix { $0 != "?" }
    return IdentifierText.trimmed(String(target))
  }

  private static func checkedLocal(_ local: Substring.UnicodeScalarView) throws(NormalisationError) -> String {
    guard !local.isEmpty else { throw NormalisationError(code: .malformed, reason: "nothing stands before the @") }
    guard local.allSatisfy(isLocalScalar) else {
      throw NormalisationError(code: .forbiddenCharacter, reason: "the part before the @ has a forbidden character")
    }
    guard local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else {
      throw NormalisationError(code: .malformed, reason: "a dot begins or ends the local part, or follows a dot")
    }
    let text = String(local)
    guard text.utf8.count <= maximumLocalLength else {
      throw NormalisationError(
        code: .tooLong, reason: "the part before the @ has more than \(maximumLocalLength) UTF-8 bytes")
    }
    return text
  }

  /// The `atext` of RFC 5322, the dot, and the non-ASCII characters of RFC 6531 that can be seen.
  private static func isLocalScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9", ".", "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`", "{",
      "|", "}", "~":
      true
    default:
      !scalar.isASCII && IdentifierText.isVisible(scalar)
    }
  }
}
