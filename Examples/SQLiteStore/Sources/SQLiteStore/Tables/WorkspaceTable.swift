import GRDB
import SocialCRM

/// The workspaces of a file; the other tables know them by number.
enum WorkspaceTable {
  /// The number of a workspace; `nil` when the file has no such one.
  static func number(_ db: Database, of workspace: WorkspaceID) throws -> Int64? {
    var statement = try PreparedStatement(db, "SELECT number FROM workspace WHERE name = ?")
    statement.add(workspace.rawValue)
    return try statement.first { $0.int64() }
  }

  /// The number of a workspace, which is added when it is new.
  static func add(_ workspace: WorkspaceID, _ db: Database) throws -> Int64 {
    if let number = try number(db, of: workspace) { return number }
    var insert = try PreparedStatement(db, "INSERT INTO workspace (name) VALUES (?)")
    insert.add(workspace.rawValue)
    try insert.run()
    return db.lastInsertedRowID
  }

  /// Whether the log holds tombstones of erased events.
  static func hasErasures(_ db: Database, _ workspace: Int64) throws -> Bool {
    var statement = try PreparedStatement(db, "SELECT has_erasures FROM workspace WHERE number = ?")
    statement.add(workspace)
    return try statement.first { $0.int64() != 0 } ?? false
  }

  static func noteErasures(_ db: Database, _ workspace: Int64) throws {
    var update = try PreparedStatement(db, "UPDATE workspace SET has_erasures = 1 WHERE number = ?")
    update.add(workspace)
    try update.run()
  }

  /// The position up to which the baseline speaks; the start when there was no compaction.
  static func baseline(_ db: Database, _ workspace: Int64) throws -> LogPosition {
    var statement = try PreparedStatement(db, "SELECT baseline FROM workspace WHERE number = ?")
    statement.add(workspace)
    return try statement.first { $0.position() } ?? .start
  }

  static func setBaseline(_ position: LogPosition, _ db: Database, _ workspace: Int64) throws {
    var update = try PreparedStatement(db, "UPDATE workspace SET baseline = ? WHERE number = ?")
    update.add(position)
    update.add(workspace)
    try update.run()
  }
}
