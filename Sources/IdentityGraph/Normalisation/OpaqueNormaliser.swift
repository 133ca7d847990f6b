import SCRMModel

/// Identifiers that only their issuer can read: open ids, union ids, customer numbers, cookies, device ids.
///
/// They are kept to the byte. No trimming, no folding: "a1", "A1" and " a1" are three identifiers. Compare the keys as
/// UTF-8 bytes where that matters: Swift's `==` holds canonically equivalent strings for equal.
package enum OpaqueNormaliser {
  /// The version of the rules; stored keys of another version are to be made again.
  package static let version = 1

  /// The longest identifier taken when nothing else is said, in UTF-8 bytes.
  package static let defaultLimit = 512

  /// Checks the identifier and returns it unchanged.
  ///
  /// - Parameters:
  ///   - raw: The identifier as the source gave it.
  ///   - limit: The most UTF-8 bytes that it may have.
  /// - Throws: `empty`, `tooLong`, or `forbiddenCharacter` for U+0000, which many stores cannot keep.
  package static func key(for raw: String, limit: Int = defaultLimit) throws(NormalisationError) -> String {
    guard !raw.isEmpty else { throw NormalisationError(code: .empty, reason: "the identifier is empty") }
    guard raw.utf8.count <= limit else {
      throw NormalisationError(code: .tooLong, reason: "more than \(limit) UTF-8 bytes")
    }
    guard !raw.holdsNUL else {
      throw NormalisationError(code: .forbiddenCharacter, reason: "the identifier contains U+0000")
    }
    return raw
  }
}
