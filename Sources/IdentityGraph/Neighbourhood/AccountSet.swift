import DenseData
import SCRMModel

/// Accounts without repetition, in the order in which they came; each has a place, beside which other arrays hold what
/// is known of it.
struct AccountSet: Sendable {
  private(set) var elements: [AccountID] = []
  private var index = HashIndex()

  /// Where an account stands among the elements; `nil` when it is not in the set.
  func place(of account: AccountID) -> Int? { index.find(account.indexHash) { elements[$0] == account } }

  func contains(_ account: AccountID) -> Bool { place(of: account) != nil }

  /// Adds an account, unless it is there.
  mutating func insert(_ account: AccountID) {
    if contains(account) { return }
    index.insert(account.indexHash, row: elements.count)
    elements.append(account)
  }
}
