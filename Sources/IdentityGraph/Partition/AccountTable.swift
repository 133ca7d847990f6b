import DenseData
import SCRMModel
import Synchronization

/// The account ids of the nodes, worked out when somebody first asks for a node by its id.
///
/// An id is a keyed hash, the dearest part of taking in an identifier, and a graph that only stitches never looks one up.
/// From the first look-up on the ids are kept up to date.
struct AccountTable: Sendable {
  /// The ids of the first nodes, and their rows by id.
  private struct Known: Sendable {
    var accounts = ContiguousArray<AccountID>()
    var index = HashIndex()

    mutating func append(_ account: AccountID) {
      index.insert(account.high, row: accounts.count)
      accounts.append(account)
    }

    func find(_ account: AccountID) -> UInt32? {
      var probe = index.probe(account.high)
      while let row = index.next(&probe) {
        if accounts[row] == account { return UInt32(truncatingIfNeeded: row) }
      }
      return nil
    }
  }

  /// What a look-up worked out for all nodes there were; never changed afterwards.
  private final class Finding: Sendable {
    let known: Known
    init(_ known: Known) { self.known = known }
  }

  /// The place for a finding; as look-ups may run at once, the first one that is done fills it.
  private final class Slot: Sendable {
    let finding = AtomicLazyReference<Finding>()
    /// Set after the finding is there: far cheaper to read, and read for every new node.
    let isFilled = Atomic<Bool>(false)
  }

  let hasher: AccountHasher
  /// `nil` as long as nobody asked.
  private var known: Known?
  private var slot = Slot()

  init(_ hasher: AccountHasher) { self.hasher = hasher }

  /// The id of a node; `key` is asked for its identifier where it must be worked out.
  func account(of node: UInt32, _ key: (UInt32) -> IdentifierKey) -> AccountID {
    if let known { return known.accounts[Int(node)] }
    if let finding = slot.finding.load() { return finding.known.accounts[Int(node)] }
    return hasher.account(of: key(node))
  }

  /// The node with an id, among `count` nodes; O(1), the first time O(count).
  func find(_ account: AccountID, count: Int, _ key: (UInt32) -> IdentifierKey) -> UInt32? {
    if let known { return known.find(account) }
    if let finding = slot.finding.load() { return finding.known.find(account) }
    let finding = slot.finding.storeIfNil(Finding(work(out: count, key)))
    slot.isFilled.store(true, ordering: .releasing)
    return finding.known.find(account)
  }

  private func work(out count: Int, _ key: (UInt32) -> IdentifierKey) -> Known {
    var known = Known()
    for node in 0..<count { known.append(hasher.account(of: key(UInt32(truncatingIfNeeded: node)))) }
    return known
  }

  /// Takes in the next node.
  mutating func append(_ key: IdentifierKey) {
    if known != nil {
      known?.append(hasher.account(of: key))
    } else if slot.isFilled.load(ordering: .acquiring), let finding = slot.finding.load() {
      known = finding.known
      known?.append(hasher.account(of: key))
      slot = Slot()
    } else if !isKnownUniquelyReferenced(&slot) {
      // A copy of the graph has the same slot, and from here on other nodes.
      slot = Slot()
    }
  }

  /// Works out all ids, so that they outlive what is erased.
  mutating func keep(count: Int, _ key: (UInt32) -> IdentifierKey) {
    if known == nil { known = slot.finding.load()?.known ?? work(out: count, key) }
  }

  /// Forgets the id of an erased node; the ids must be kept.
  mutating func remove(_ node: UInt32) {
    guard let account = known?.accounts[Int(node)] else { return }
    known?.index.remove(account.high, row: Int(node))
  }
}

extension EvidenceTables {
  func account(_ node: UInt32) -> AccountID { accounts.account(of: node) { key($0) } }

  func find(_ account: AccountID) -> UInt32? { accounts.find(account, count: nodes.count) { key($0) } }

  /// Before anything is erased: its id is still told in the changes.
  mutating func keepAccounts() {
    let tables = self
    accounts.keep(count: nodes.count) { tables.key($0) }
  }
}
