import GRDB
import SocialCRM

/// Removes old content from a log and keeps the present state as its baseline, in the caller's transaction.
struct Compaction {
  private static let pageSize = 500

  /// Replaces the content of interactions received before `time` by tombstones.
  ///
  /// O(log), a page of it in memory at a time.
  /// - Returns: the number of entries whose content was removed.
  static func removeContent(before time: Instant, _ db: Database, _ workspace: Int64) throws -> Int {
    var count = 0
    var last = LogPosition.start
    while true {
      let page = try entries(before: time, after: last, db, workspace)
      guard let final = page.last else { return count }
      last = final.position
      count += page.count
      for entry in page { try bury(entry, db, workspace) }
    }
  }

  /// Keeps the present tables, from which a replay of what follows starts.
  ///
  /// O(tables).
  static func keepBaseline(_ db: Database, _ workspace: Int64) throws {
    for (name, columns) in Schema.baselineTables {
      var delete = try PreparedStatement(db, "DELETE FROM \(name) WHERE workspace = ?")
      delete.add(-workspace)
      try delete.run()
      var copy = try PreparedStatement(
        db, "INSERT INTO \(name) (workspace, \(columns)) SELECT -workspace, \(columns) FROM \(name) WHERE workspace = ?"
      )
      copy.add(workspace)
      try copy.run()
    }
    try WorkspaceTable.setBaseline(try LogTable.head(db, workspace), db, workspace)
  }

  private static func entries(
    before time: Instant, after position: LogPosition, _ db: Database, _ workspace: Int64
  ) throws -> [LogEntry] {
    var statement = try PreparedStatement(
      db,
      """
      SELECT entry FROM log WHERE workspace = ? AND position > ? AND form = 0
        AND (received_seconds, received_nanoseconds) < (?, ?) ORDER BY position LIMIT ?
      """)
    statement.add(workspace)
    statement.add(position)
    statement.add(moment: time)
    statement.add(pageSize)
    return try statement.all { try $0.document() }
  }

  private static func bury(_ entry: LogEntry, _ db: Database, _ workspace: Int64) throws {
    guard case .interaction(let interaction, _) = entry.body else { return }
    // Of an interaction whose target was erased, the content that is left says nothing about a repeated delivery.
    let isRedacted = interaction.target?.identifiers.isEmpty ?? false
    var entry = entry
    entry.body = .tombstone(
      Tombstone(key: interaction.key, digest: isRedacted ? "" : interaction.contentDigest, reason: .compacted))
    try LogTable.replace(with: entry, db, workspace)
  }
}
