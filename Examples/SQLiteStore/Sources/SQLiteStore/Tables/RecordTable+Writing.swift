import GRDB
import SocialCRM

extension RecordTable {
  /// Writes changes whose versions are what is stored.
  /// - Throws: `StorageError` with `conflict` at one of another version; the caller rolls back.
  static func write(_ changes: [Change<Record>], _ db: Database, _ workspace: Int64) throws {
    if changes.isEmpty { return }
    var (insert, update, delete) = (try inserting(db), try updating(db), try deleting(db))
    // In the order of the rows each page of the tree is found once, and not again for every row on it.
    let keys = changes.map { key(of: $0.record) }
    for place in changes.indices.sorted(by: { keys[$0] < keys[$1] }) {
      let (change, key) = (changes[place], keys[place])
      switch (change.replaces, change.isRemoval) {
      case (nil, false):
        insert.add(workspace)
        bind(key, to: &insert)
        bindValues(of: change.record, to: &insert)
        insert.add(version(of: change.record))
        try check(insert.run())
      case (let replaced?, false):
        bindValues(of: change.record, to: &update)
        update.add(version(of: change.record))
        update.add(workspace)
        bind(key, to: &update)
        update.add(replaced)
        try check(update.run())
      case (let replaced?, true):
        delete.add(workspace)
        bind(key, to: &delete)
        delete.add(replaced)
        try check(delete.run())
      case (nil, true):
        try check(version(db, workspace, key) == nil ? 1 : 0)
      }
    }
  }

  /// Checks the versions of changes without writing.
  /// - Throws: `StorageError` with `conflict`.
  static func checkVersions(of changes: [Change<Record>], _ db: Database, _ workspace: Int64) throws {
    for change in changes {
      try check(version(db, workspace, key(of: change.record)) == change.replaces ? 1 : 0)
    }
  }

  /// Writes a record over the one with its key.
  static func replace(with record: Record, _ db: Database, _ workspace: Int64) throws {
    let settings = (valueColumns + ["version"]).map { "\($0) = ?" }.joined(separator: ", ")
    var update = try PreparedStatement(db, "UPDATE \(name) SET \(settings) WHERE \(keyIsGiven)")
    bindValues(of: record, to: &update)
    update.add(version(of: record))
    update.add(workspace)
    bind(key(of: record), to: &update)
    try update.run()
  }

  private static func check(_ rows: Int) throws {
    guard rows == 1 else { throw StorageError(.conflict, "a \(name) record has moved on since it was read") }
  }

  private static func inserting(_ db: Database) throws -> PreparedStatement {
    let columns = ["workspace"] + keyColumns + valueColumns + ["version"]
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    return try PreparedStatement(
      db, "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places)) ON CONFLICT DO NOTHING")
  }

  private static func updating(_ db: Database) throws -> PreparedStatement {
    let settings = (valueColumns + ["version"]).map { "\($0) = ?" }.joined(separator: ", ")
    return try PreparedStatement(db, "UPDATE \(name) SET \(settings) WHERE \(keyIsGiven) AND version = ?")
  }

  private static func deleting(_ db: Database) throws -> PreparedStatement {
    try PreparedStatement(db, "DELETE FROM \(name) WHERE \(keyIsGiven) AND version = ?")
  }
}
