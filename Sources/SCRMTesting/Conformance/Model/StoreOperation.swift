/// One step of a sequence: what is called, on which handle, and the seed from which the arguments are drawn.
///
/// The arguments also depend on what the reference holds at that moment, so that a step still makes sense when the ones
/// before it are left out. Its text form is `kind:handle:seed:size`.
struct StoreOperation: Sendable, Hashable, CustomStringConvertible {
  /// What is called.
  enum Kind: String, Sendable, CaseIterable {
    /// A change set that must be accepted.
    case commit
    /// One that is on another base, breaks one rule, repeats an earlier one, or takes its key for another body.
    case stale, bad, again, reuse
    /// Reads by keys, and everything by pages.
    case read, pages
    /// The outbox.
    case claim, acknowledge, retry, deadLetter
    /// Upkeep.
    case erase, compact, export
    /// A new handle on the same data.
    case reopen
  }

  var kind: Kind
  var handle: Int
  var seed: UInt64
  var size: Int

  init(_ kind: Kind, handle: Int, seed: UInt64, size: Int) {
    self.kind = kind
    self.handle = handle
    self.seed = seed
    self.size = size
  }

  /// Reads the text form; `nil` for any other text.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 4, let kind = Kind(rawValue: String(parts[0])), let handle = Int(parts[1]),
      let seed = UInt64(parts[2]), let size = Int(parts[3]), handle >= 0, size >= 0
    else { return nil }
    self.init(kind, handle: handle, seed: seed, size: size)
  }

  var description: String { "\(kind.rawValue):\(handle):\(seed):\(size)" }
}
