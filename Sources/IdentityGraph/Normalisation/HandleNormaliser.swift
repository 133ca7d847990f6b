/// Account names on social platforms as keys: `@Name`, `＠name` and `https://twitter.com/name` are one.
///
/// Case and width are folded, as platforms compare names so; diacritics stay. The platform is not part of the key: the
/// same handle elsewhere may be somebody else, so the key belongs to the platform's own identifier kind. Ids in which
/// case matters (base-64 ids in profile addresses) go through ``OpaqueNormaliser``.
package enum HandleNormaliser {
  /// The version of the rules; stored keys of another version are to be made again.
  package static let version = 1

  /// The longest handle in UTF-8 bytes after folding.
  package static let maximumLength = 256

  /// The normal form of a handle.
  ///
  /// Of the address of a profile it is the last part of the path, percent-decoded. An address that leads to a post, a
  /// search or a page of the platform itself is refused: it would be one key for everybody who gives it.
  ///
  /// ```swift
  /// let written = try HandleNormaliser.key(for: " ＠HappyMomo224")  // happymomo224
  /// let address = try HandleNormaliser.key(for: "https://weibo.com/u/1234567890")  // 1234567890
  /// ```
  ///
  /// - Complexity: O(*n*).
  /// - Throws: ``NormalisationError`` when it is no handle.
  package static func key(for raw: String) throws(NormalisationError) -> String {
    var text = try IdentifierText.cleaned(raw, foldingCase: true)
    if let path = try ProfileAddress.path(of: text) {
      text = try IdentifierText.cleaned(ProfileAddress.handle(in: path), foldingCase: true)
    }
    while text.utf8.first == UInt8(ascii: "@") {
      text = IdentifierText.trimmed(String(text.unicodeScalars.dropFirst()))
    }
    guard !text.isEmpty else { throw NormalisationError(code: .empty, reason: "there is nothing but @") }
    guard text.unicodeScalars.allSatisfy({ IdentifierText.isVisible($0) && $0 != "/" }) else {
      throw NormalisationError(code: .forbiddenCharacter, reason: "a handle has no space, slash or control character")
    }
    guard text.utf8.count <= maximumLength else {
      throw NormalisationError(code: .tooLong, reason: "more than \(maximumLength) UTF-8 bytes")
    }
    return text
  }
}
