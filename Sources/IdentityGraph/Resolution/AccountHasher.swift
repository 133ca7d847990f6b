import SCRMModel
import StateCoding

/// Gives every identifier key the id of its account: HMAC-SHA-256 (RFC 2104) under the workspace's key, cut to 128 bits.
///
/// With a secret key nobody outside can test whether an id stands for a given telephone number.
struct AccountHasher: Sendable {
  private let inner: SHA256State
  private let outer: SHA256State

  init(key: [UInt8]) {
    let short = key.count > 64 ? SHA256.digest(key) : key
    let block = short + [UInt8](repeating: 0, count: 64 - short.count)
    inner = SHA256State(block.map { $0 ^ 0x36 })
    outer = SHA256State(block.map { $0 ^ 0x5C })
  }

  func account(of key: IdentifierKey) -> AccountID {
    var hash = inner.hash
    hash.update(key.namespace.kind.utf8)
    hash.update(CollectionOfOne(0))
    hash.update(key.namespace.scope.utf8)
    hash.update(CollectionOfOne(0))
    hash.update(key.key.utf8)
    var result = outer.hash
    result.update(hash.finalize())
    return AccountID(digest: result.finalize())
  }

  /// A hash that has absorbed one block.
  private struct SHA256State: Sendable {
    let hash: SHA256
    init(_ block: [UInt8]) {
      var hash = SHA256()
      hash.update(block)
      self.hash = hash
    }
  }
}
