import GRDB
import SocialCRM

/// Proposed actions and how they stand.
enum OutboxTable {
  /// How an action stands, as numbers of the column `status`; the columns `seconds`, `nanoseconds`, `utc_offset` hold the
  /// time of a status and `note` its text.
  enum Status: Int64 {
    case suppressed = 0
    case pending = 1
    case claimed = 2
    case done = 3
    case cancelled = 4
    case dead = 5
  }

  /// The columns that ``read(_:)`` expects.
  static let columns = """
    t.action, t.status, t.seconds, t.nanoseconds, t.utc_offset, t.note, t.retry_reason, t.attempts, t.fence
    """

  static func read(_ row: inout ResultRow) throws -> OutboxItem {
    let action: ProposedAction = try row.document()
    let number = row.int64()
    let time = try row.optionalTime()
    let note = try row.optionalText()
    let status: OutboxItem.Status
    switch (Status(rawValue: number), time, note) {
    case (.suppressed?, _, _): status = .suppressed
    case (.pending?, let time, _): status = .pending(notBefore: time)
    case (.claimed?, let until?, let worker?): status = .claimed(worker: worker, until: until)
    case (.done?, _, _): status = .done
    case (.cancelled?, _, let reason?): status = .cancelled(reason: reason)
    case (.dead?, _, let reason?): status = .dead(reason: reason)
    default: throw StorageError(.malformed, "a stored action has status \(number) without what belongs to it")
    }
    let retryReason = try row.optionalText()
    let attempts = try row.int()
    return OutboxItem(
      action: action, status: status, attempts: attempts, fence: UInt64(bitPattern: row.int64()),
      retryReason: retryReason)
  }

  /// The actions with these ids.
  static func items(_ db: Database, _ workspace: Int64, _ ids: [ActionID]) throws -> [OutboxItem?] {
    var found = [OutboxItem?](repeating: nil, count: ids.count)
    let many = ManyKeys(
      parts: ["id"],
      query: """
        SELECT wanted.n, \(columns) FROM wanted CROSS JOIN outbox AS t INDEXED BY outbox_id
        ON t.workspace = ? AND t.id = wanted.id
        """)
    try many.forEachMatch(db, ids, bind: { $1.add($0) }, scope: { $0.add(workspace) }) { place, row in
      found[place] = try read(&row)
    }
    return found
  }

  /// Up to `limit` actions in the order of decision.
  static func page(_ db: Database, _ workspace: Int64, after id: ActionID?, limit: Int) throws -> [OutboxItem] {
    var last: Int64 = 0
    if let id {
      var statement = try PreparedStatement(db, "SELECT place FROM outbox WHERE workspace = ? AND id = ?")
      statement.add(workspace)
      statement.add(id)
      guard let place = try statement.first({ $0.int64() }) else {
        throw StorageError(.notFound, "there is no action with this id")
      }
      last = place
    }
    var statement = try PreparedStatement(
      db, "SELECT \(columns) FROM outbox AS t WHERE workspace = ? AND place > ? ORDER BY place LIMIT ?")
    statement.add(workspace)
    statement.add(last)
    statement.add(max(limit, 0))
    return try statement.all(read)
  }

  /// Appends actions in the order given.
  /// - Throws: `StorageError` with `malformed` for an id that is in the outbox.
  static func append(_ actions: [ProposedAction], _ db: Database, _ workspace: Int64) throws {
    if actions.isEmpty { return }
    var last = try PreparedStatement(db, "SELECT place FROM outbox WHERE workspace = ? ORDER BY place DESC LIMIT 1")
    last.add(workspace)
    var place = try last.first { $0.int64() } ?? 0
    var insert = try PreparedStatement(
      db,
      """
      INSERT INTO outbox (workspace, place, id, person, action, expires_seconds, expires_nanoseconds, status, seconds,
        nanoseconds, utc_offset)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """)
    for action in actions {
      place += 1
      insert.add(workspace)
      insert.add(place)
      insert.add(action.id)
      insert.add(action.person)
      insert.add(action.jsonBytes)
      if let expires = action.expires {
        insert.add(moment: expires)
      } else {
        insert.addNull()
        insert.addNull()
      }
      insert.add((action.isProposed ? Status.pending : .suppressed).rawValue)
      insert.add(action.isProposed ? action.due : nil)
      guard try insert.run() == 1 else {
        throw StorageError(.malformed, "an action with this id is already in the outbox")
      }
    }
  }

  /// Cancels actions that nobody has claimed.
  static func cancel(_ cancellations: [Cancellation], _ db: Database, _ workspace: Int64) throws {
    if cancellations.isEmpty { return }
    var update = try PreparedStatement(
      db,
      """
      UPDATE outbox SET status = \(Status.cancelled.rawValue), note = ?, seconds = NULL, nanoseconds = NULL, utc_offset = NULL
      WHERE workspace = ? AND id = ? AND status = \(Status.pending.rawValue)
      """)
    for cancellation in cancellations {
      update.add(cancellation.reason)
      update.add(workspace)
      update.add(cancellation.action)
      try update.run()
    }
  }

  /// Whether an action is in the outbox.
  static func holds(_ id: ActionID, _ db: Database, _ workspace: Int64) throws -> Bool {
    var statement = try PreparedStatement(db, "SELECT 1 FROM outbox WHERE workspace = ? AND id = ?")
    statement.add(workspace)
    statement.add(id)
    return try statement.first { _ in true } ?? false
  }
}
