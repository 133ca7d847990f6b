public import Crypto
public import IdentityGraph

/// Signs bind tokens by HMAC-SHA-256 under a secret of the service, and compares tags in constant time.
public struct SealedTokenSigner: BindTokenSigning {
  private let key: SymmetricKey

  /// Creates a signer; give every service its own secret of at least 256 bits.
  public init(key: SymmetricKey) { self.key = key }

  /// The authentication tag, 32 bytes.
  public func sign(_ message: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }

  /// Whether the tag is that of the message.
  public func isValid(_ tag: [UInt8], of message: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(tag, authenticating: message, using: key)
  }
}
