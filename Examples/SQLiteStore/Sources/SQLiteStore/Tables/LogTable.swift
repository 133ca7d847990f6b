import GRDB
import SocialCRM

/// The log: entries in their JSON form, and beside it what they are found by.
enum LogTable {
  /// The forms of entries, as numbers of the column `form`.
  enum Form: Int64 {
    case interaction = 0
    case clock = 1
    case snapshot = 2
    case configuration = 3
    case tombstone = 4
    case erasure = 5
    case identity = 6
  }

  private static let columns =
    ["position", "form", "source", "event_id", "actor", "addressee"]
    + ["received_seconds", "received_nanoseconds", "entry"]

  /// The end of the log.
  static func head(_ db: Database, _ workspace: Int64) throws -> LogPosition {
    var statement = try PreparedStatement(
      db, "SELECT position FROM log WHERE workspace = ? ORDER BY position DESC LIMIT 1")
    statement.add(workspace)
    return try statement.first { $0.position() } ?? .start
  }

  /// The entries with these event keys, also under what stands for the key of an erased event.
  static func entries(_ db: Database, _ workspace: Int64, _ keys: [EventKey]) throws -> [LogEntry?] {
    var found = [LogEntry?](repeating: nil, count: keys.count)
    let many = ManyKeys(
      parts: ["source", "event_id"],
      query: """
        SELECT wanted.n, t.entry FROM wanted CROSS JOIN log AS t
        ON t.workspace = ? AND t.source = wanted.source AND t.event_id = wanted.event_id AND t.source IS NOT NULL
        """)
    try many.forEachMatch(db, keys, bind: { $1.add($0) }, scope: { $0.add(workspace) }) { place, row in
      found[place] = try row.document()
    }
    guard try WorkspaceTable.hasErasures(db, workspace) else { return found }
    let missing = keys.indices.filter { found[$0] == nil }
    let names = missing.map { EventKey(keys[$0].source, Tombstone.erasedID(keys[$0])) }
    try many.forEachMatch(db, names, bind: { $1.add($0) }, scope: { $0.add(workspace) }) { place, row in
      found[missing[place]] = try row.document()
    }
    return found
  }

  /// Up to `limit` entries after a position.
  static func page(
    _ db: Database, _ workspace: Int64, after position: LogPosition, limit: Int
  ) throws -> [LogEntry] {
    var statement = try PreparedStatement(
      db, "SELECT entry FROM log WHERE workspace = ? AND position > ? ORDER BY position LIMIT ?")
    statement.add(workspace)
    statement.add(Int64(clamping: position.rawValue))
    statement.add(max(limit, 0))
    return try statement.all { try $0.document() }
  }

  /// Appends entries.
  /// - Throws: `StorageError` with `malformed` for a gap, `duplicateEvent` for an event key that is in the log.
  static func append(_ entries: [LogEntry], after base: LogPosition, _ db: Database, _ workspace: Int64) throws {
    if entries.isEmpty { return }
    let places = columns.map { _ in ", ?" }.joined()
    var insert = try PreparedStatement(
      db,
      """
      INSERT INTO log (workspace, \(columns.joined(separator: ", "))) VALUES (?\(places)) ON CONFLICT DO NOTHING
      """)
    let hasErasures = try WorkspaceTable.hasErasures(db, workspace)
    var position = base
    var buries = false
    for entry in entries {
      position = position.next
      guard entry.position == position else {
        throw StorageError(.malformed, "log positions have a gap at \(position)")
      }
      if hasErasures, let key = entry.eventKey, try holdsErased(key, through: base, db, workspace) {
        throw duplicate(at: position)
      }
      insert.add(workspace)
      bind(entry, to: &insert)
      guard try insert.run() == 1 else { throw duplicate(at: position) }
      if case .tombstone(let tombstone) = entry.body, tombstone.reason == .erased { buries = true }
    }
    if buries { try WorkspaceTable.noteErasures(db, workspace) }
  }

  /// Writes an entry over the one in its place.
  static func replace(with entry: LogEntry, _ db: Database, _ workspace: Int64) throws {
    let settings = columns.map { "\($0) = ?" }.joined(separator: ", ")
    var update = try PreparedStatement(db, "UPDATE log SET \(settings) WHERE workspace = ? AND position = ?")
    bind(entry, to: &update)
    update.add(workspace)
    update.add(entry.position)
    try update.run()
  }

  private static func holdsErased(
    _ key: EventKey, through base: LogPosition, _ db: Database, _ workspace: Int64
  ) throws -> Bool {
    var statement = try PreparedStatement(
      db,
      """
      SELECT 1 FROM log WHERE workspace = ? AND source = ? AND event_id = ? AND source IS NOT NULL AND position <= ?
      """)
    statement.add(workspace)
    statement.add(EventKey(key.source, Tombstone.erasedID(key)))
    statement.add(base)
    return try statement.first { _ in true } ?? false
  }

  private static func duplicate(at position: LogPosition) -> StorageError {
    StorageError(.duplicateEvent, "an event key is already in the log, at entry \(position)")
  }

  private static func bind(_ entry: LogEntry, to statement: inout PreparedStatement) {
    statement.add(entry.position)
    statement.add(form(of: entry).rawValue)
    if let key = entry.eventKey {
      statement.add(key)
    } else {
      statement.addNull()
      statement.addNull()
    }
    statement.add(entry.actor)
    statement.add(entry.addressee)
    if case .interaction(let interaction, _) = entry.body {
      statement.add(moment: interaction.received)
    } else {
      statement.addNull()
      statement.addNull()
    }
    statement.add(entry.jsonBytes)
  }

  private static func form(of entry: LogEntry) -> Form {
    switch entry.body {
    case .interaction: .interaction
    case .clock: .clock
    case .snapshot: .snapshot
    case .configuration: .configuration
    case .tombstone: .tombstone
    case .erasure: .erasure
    case .identity: .identity
    }
  }
}

extension LogEntry {
  /// The event key that the entry takes up.
  var eventKey: EventKey? {
    switch body {
    case .interaction(let interaction, _): interaction.key
    case .tombstone(let tombstone): tombstone.key
    case .clock, .snapshot, .configuration, .erasure, .identity: nil
    }
  }
}
