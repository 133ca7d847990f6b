import GRDB
import SocialCRM

/// Merges, in the order of decision.
enum MergeTable {
  private static let columns = """
    position, survivor, absorbed, accounts, cause_source, cause_id, evidence, seconds, nanoseconds, utc_offset
    """

  /// `limit` merges decided after a position, and further ones of the position of the last.
  static func page(
    _ db: Database, _ workspace: Int64, after position: LogPosition, limit: Int
  ) throws -> [MergeRecord] {
    var statement = try PreparedStatement(
      db,
      """
      SELECT \(columns) FROM merge WHERE workspace = ?1 AND position > ?2 AND position <= (
        SELECT max(position) FROM (
          SELECT position FROM merge WHERE workspace = ?1 AND position > ?2 ORDER BY position, place LIMIT ?3))
      ORDER BY position, place
      """)
    statement.add(workspace)
    statement.add(Int64(clamping: position.rawValue))
    statement.add(max(limit, 0))
    return try statement.all(read)
  }

  static func append(_ merges: [MergeRecord], _ db: Database, _ workspace: Int64) throws {
    if merges.isEmpty { return }
    var insert = try PreparedStatement(
      db,
      """
      INSERT INTO merge (workspace, place, \(columns)) VALUES (?1,
        (SELECT coalesce(max(place), 0) + 1 FROM merge WHERE workspace = ?1 AND position = ?2),
        ?2, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for merge in merges {
      insert.add(workspace)
      insert.add(merge.position)
      insert.add(merge.survivor)
      insert.add(merge.absorbed)
      insert.add(accounts: merge.accounts)
      insert.add(merge.cause)
      insert.add(accounts: merge.evidence)
      insert.add(merge.time)
      try insert.run()
    }
  }

  private static func read(_ row: inout ResultRow) throws -> MergeRecord {
    let position = row.position()
    let (survivor, absorbed) = (try row.id(PersonID.self), try row.id(PersonID.self))
    let accounts = try row.accounts()
    let cause = try row.event()
    let evidence = try row.accounts()
    return MergeRecord(
      survivor: survivor, absorbed: absorbed, accounts: accounts, cause: cause, evidence: evidence,
      time: try row.time(), position: position)
  }
}

extension PreparedStatement {
  /// Accounts, sixteen bytes each.
  fileprivate mutating func add(accounts: [AccountID]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(accounts.count * 16)
    for account in accounts {
      withUnsafeBytes(of: (account.high.bigEndian, account.low.bigEndian)) { bytes.append(contentsOf: $0) }
    }
    add(bytes)
  }
}

extension ResultRow {
  fileprivate mutating func accounts() throws -> [AccountID] {
    try withBytes { buffer in
      guard buffer.count.isMultiple(of: 16) else { throw StorageError(.malformed, "stored accounts are cut off") }
      return stride(from: 0, to: buffer.count, by: 16).map { offset in
        AccountID(
          high: UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
          low: UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
      }
    }
  }
}
