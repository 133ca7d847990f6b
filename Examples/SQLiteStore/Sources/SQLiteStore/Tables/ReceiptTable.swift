import GRDB
import SocialCRM

/// What was committed under which key.
///
/// All receipts are kept: one is a few dozen bytes beside a whole batch.
enum ReceiptTable {
  /// The receipt of a commit with this key; `nil` when there was none.
  /// - Throws: `StorageError` with `keyReused` when the key was used with another body.
  static func receipt(
    _ key: String, fingerprint: UInt64, _ db: Database, _ workspace: Int64
  ) throws -> CommitReceipt? {
    var statement = try PreparedStatement(
      db, "SELECT fingerprint, head FROM receipt WHERE workspace = ? AND key = ?")
    statement.add(workspace)
    statement.add(key)
    return try statement.first { row in
      guard UInt64(bitPattern: row.int64()) == fingerprint else {
        throw StorageError(.keyReused, "the commit key was used with another body")
      }
      return CommitReceipt(key: key, head: row.position())
    }
  }

  static func add(_ receipt: CommitReceipt, fingerprint: UInt64, _ db: Database, _ workspace: Int64) throws {
    var insert = try PreparedStatement(
      db, "INSERT INTO receipt (workspace, key, fingerprint, head) VALUES (?, ?, ?, ?)")
    insert.add(workspace)
    insert.add(receipt.key)
    insert.add(Int64(bitPattern: fingerprint))
    insert.add(receipt.head)
    try insert.run()
  }
}
