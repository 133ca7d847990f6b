import GRDB
public import SocialCRM

extension SQLiteStore {
  /// Writes everything in one transaction, or nothing.
  ///
  /// The checks come in the order of the reference: base, log, versions, actions, records named twice. O(rows × log n).
  public func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    try Task.checkCancellation()
    let fingerprint = changes.fingerprint
    let repeated = changes.repeatedRecord
    return try await database.write { [number] db in
      if let receipt = try ReceiptTable.receipt(changes.key, fingerprint: fingerprint, db, number) { return receipt }
      let head = try LogTable.head(db, number)
      guard changes.base == head else {
        throw StorageError(.conflict, "the log ends at \(head), the change set was decided at \(changes.base)")
      }
      try LogTable.append(changes.entries, after: changes.base, db, number)
      if let repeated { try Self.refuse(changes, naming: repeated, db, number) }
      try Self.write(changes, db, number)
      let receipt = CommitReceipt(key: changes.key, head: changes.head)
      try ReceiptTable.add(receipt, fingerprint: fingerprint, db, number)
      return receipt
    }
  }

  private static func write(_ changes: ChangeSet, _ db: Database, _ number: Int64) throws {
    try IdentityTable.write(changes.identities, db, number)
    try PersonTable.write(changes.people, db, number)
    try TieTable.write(changes.ties, db, number)
    try StateTable.write(changes.states, db, number)
    try MergeTable.append(changes.merges, db, number)
    try MembershipTable.apply(changes.memberships, db, number)
    try OutboxTable.append(changes.actions, db, number)
    try OutboxTable.cancel(changes.cancellations, db, number)
  }

  /// Refuses a change set that names a record twice; what is stored is checked before, since a conflict is decided again
  /// and a contradiction is not.
  private static func refuse(
    _ changes: ChangeSet, naming record: String, _ db: Database, _ number: Int64
  ) throws {
    try IdentityTable.checkVersions(of: changes.identities, db, number)
    try PersonTable.checkVersions(of: changes.people, db, number)
    try TieTable.checkVersions(of: changes.ties, db, number)
    try StateTable.checkVersions(of: changes.states, db, number)
    for action in changes.actions where try OutboxTable.holds(action.id, db, number) {
      throw StorageError(.malformed, "an action with this id is already in the outbox")
    }
    throw StorageError(.malformed, "the change set names the same \(record) twice")
  }
}
