/// Signs and verifies the bytes of bind tokens; the host brings the cryptography.
///
/// Use a message authentication code such as HMAC-SHA-256, or a signature, under a secret that only the host has.
public protocol BindTokenSigning: Sendable {
  /// The authentication tag of a message, 16 to 64 bytes.
  func sign(_ message: [UInt8]) throws -> [UInt8]
  /// Whether the tag is that of the message; compares in constant time.
  func isValid(_ tag: [UInt8], of message: [UInt8]) -> Bool
}
