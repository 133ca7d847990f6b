import SCRMModel
import StateCoding

/// Gives every identifier key the id of its account: HMAC-SHA-256 (RFC 2104) under the workspace's key, cut to 128 bits.
///
/// With a secret key nobody outside can test whether an id stands for a given telephone number.
struct AccountHasher: Sendable {
  // Both have taken in the block of the key.
  private let inner: SHA256
  private let outer: SHA256

  init(key: [UInt8]) {
    let short = key.count > 64 ? SHA256.digest(key) : key
    let block = short + [UInt8](repeating: 0, count: 64 - short.count)
    var inner = SHA256()
    inner.update(block.map { $0 ^ 0x36 })
    self.inner = inner
    var outer = SHA256()
    outer.update(block.map { $0 ^ 0x5C })
    self.outer = outer
  }

  func account(of key: IdentifierKey) -> AccountID {
    var hash = inner
    hash.update(text: key.namespace.kind)
    hash.update(byte: 0)
    hash.update(text: key.namespace.scope)
    hash.update(byte: 0)
    hash.update(text: key.key)
    var result = outer
    result.update(digest: hash.finish())
    return AccountID(digest: result.finish())
  }
}
