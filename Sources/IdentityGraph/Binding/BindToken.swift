public import SCRMExpressions
public import SCRMModel

/// A one-time permission to join an online registration to the account that presents it in person.
///
/// The registration gets the token as a QR code or as the scene value of a WeChat code; whoever scans it at the check-in is
/// there in person. Its text is `nonce.purpose.issued.expires.tag`, in characters that a QR code and a scene value take: the
/// registration itself is not in it, only known to the ledger, so a photographed code tells nobody who it is for.
public struct BindToken: Sendable, Hashable, Redacted {
  /// The longest text of a token, bytes.
  static let maximumLength = 256

  /// The random part, 32 hexadecimal digits, given by the host.
  public let nonce: String
  /// What it is for, such as `summit-2026-checkin`.
  public let purpose: String
  /// When it was issued; whole seconds.
  public let issued: Instant
  /// From when on it is refused; whole seconds.
  public let expires: Instant
  /// The authentication tag of the rest.
  public let tag: [UInt8]

  /// The text for the code.
  public var text: String { Self.message(nonce, purpose, issued, expires) + "." + Self.hex(tag) }

  /// Signs a token.
  /// - Parameters:
  ///   - nonce: 16 random bytes from the host; the same ones never again.
  ///   - purpose: letters, digits, `-` and `_`, 1 to 48.
  ///   - issued: from when on it is taken.
  ///   - lifetime: seconds until it is refused, 1 to 31,622,400 (366 days).
  ///   - signer: who signs.
  /// - Throws: ``BindTokenError`` `invalidValue`, or what the signer throws.
  public init(
    nonce: [UInt8], purpose: String, issued: Instant, lifetime: Int, signer: some BindTokenSigning
  ) throws {
    guard nonce.count == 16 else {
      throw BindTokenError(.invalidValue, "the nonce has \(nonce.count) bytes, expected 16")
    }
    guard Self.isPurpose(purpose) else {
      throw BindTokenError(.invalidValue, "expected a purpose of 1 to 48 letters, digits, - and _")
    }
    guard (1...31_622_400).contains(lifetime) else {
      throw BindTokenError(.invalidValue, "expected a lifetime of 1 to 31622400 seconds")
    }
    guard
      let begin = Instant(secondsSinceEpoch: issued.secondsSinceEpoch),
      let end = Instant(secondsSinceEpoch: issued.secondsSinceEpoch + Int64(lifetime))
    else { throw BindTokenError(.invalidValue, "the end lies beyond what a time can be") }
    self.nonce = Self.hex(nonce)
    self.purpose = purpose
    self.issued = begin
    expires = end
    tag = try signer.sign(Array(Self.message(self.nonce, purpose, begin, end).utf8))
    guard (16...64).contains(tag.count) else {
      throw BindTokenError(.invalidValue, "the signer gave \(tag.count) bytes, expected 16 to 64")
    }
  }

  init(nonce: String, purpose: String, issued: Instant, expires: Instant, tag: [UInt8]) {
    self.nonce = nonce
    self.purpose = purpose
    self.issued = issued
    self.expires = expires
    self.tag = tag
  }

  /// The purpose and when it ends; whoever reads the text could use the token.
  public var redactedDescription: String { "token for \(purpose) until \(expires)" }
}
