import GRDB
import SocialCRM

/// The state of modules.
enum StateTable: RecordTable {
  /// The kind of a state and what it belongs to.
  struct Place: Comparable {
    var kind: StateKind
    var key: StateKey

    static func < (left: Place, right: Place) -> Bool {
      left.kind == right.kind ? left.key < right.key : left.kind < right.kind
    }
  }

  static let name = "state"
  static let keyColumns = ["kind", "key_class", "key_first", "key_second"]
  static let valueColumns = ["schema", "due_seconds", "due_nanoseconds", "due_offset", "state"]

  static func key(of record: StateRecord) -> Place { Place(kind: record.kind, key: record.key) }
  static func version(of record: StateRecord) -> LogPosition { record.version }

  static func bind(_ place: Place, to statement: inout PreparedStatement) {
    statement.add(place.kind.rawValue)
    bind(place.key, to: &statement)
  }

  /// Adds the three columns of the key of a state: a class, whose order is that of the keys, and two parts.
  static func bind(_ key: StateKey, to statement: inout PreparedStatement) {
    switch key {
    case .person(let id):
      statement.add(0)
      statement.add(id)
      statement.add("")
    case .event(let key):
      statement.add(1)
      statement.add(key)
    case .name(let name):
      statement.add(2)
      statement.add(name)
      statement.add("")
    }
  }

  static func bindValues(of record: StateRecord, to statement: inout PreparedStatement) {
    statement.add(record.schema)
    statement.add(record.due)
    statement.add(record.bytes)
  }

  static func read(_ row: inout ResultRow) throws -> StateRecord {
    let kind = StateKind(try row.text())
    let key: StateKey
    switch row.int64() {
    case 0:
      key = .person(try row.id())
      row.skip()
    case 1: key = .event(try row.event())
    case 2:
      key = .name(try row.text())
      row.skip()
    case let other: throw StorageError(.malformed, "a stored state has a key of class \(other), expected 0, 1 or 2")
    }
    let schema = try row.int()
    let due = try row.optionalTime()
    let bytes = row.bytes()
    return StateRecord(kind: kind, key: key, version: row.position(), schema: schema, due: due, bytes: bytes)
  }

  /// Up to `limit` records of one kind in key order.
  static func page(
    _ db: Database, _ workspace: Int64, _ kind: StateKind, after key: StateKey?, limit: Int
  ) throws -> [StateRecord] {
    let isAfter = key == nil ? "" : " AND (key_class, key_first, key_second) > (?, ?, ?)"
    var statement = try PreparedStatement(
      db,
      """
      SELECT \(columns) FROM state AS t WHERE workspace = ? AND kind = ?\(isAfter)
      ORDER BY key_class, key_first, key_second LIMIT ?
      """)
    statement.add(workspace)
    statement.add(kind.rawValue)
    if let key { bind(key, to: &statement) }
    statement.add(max(limit, 0))
    return try statement.all(read)
  }

  /// Up to `limit` records of one kind that are due, in the order of time and key.
  static func due(
    _ db: Database, _ workspace: Int64, _ kind: StateKind, through time: Instant, after last: StateDue?, limit: Int
  ) throws -> [StateRecord] {
    let place = "due_seconds, due_nanoseconds, key_class, key_first, key_second"
    let isAfter = last == nil ? "" : " AND (\(place)) > (?, ?, ?, ?, ?)"
    var statement = try PreparedStatement(
      db,
      """
      SELECT \(columns) FROM state AS t INDEXED BY state_due
      WHERE workspace = ? AND kind = ? AND due_seconds IS NOT NULL AND (due_seconds, due_nanoseconds) <= (?, ?)\(isAfter)
      ORDER BY \(place) LIMIT ?
      """)
    statement.add(workspace)
    statement.add(kind.rawValue)
    statement.add(moment: time)
    if let last {
      statement.add(moment: last.due)
      bind(last.key, to: &statement)
    }
    statement.add(max(limit, 0))
    return try statement.all(read)
  }

  /// The kinds of state of a workspace, in byte order.
  static func kinds(_ db: Database, _ workspace: Int64) throws -> [StateKind] {
    var kinds: [StateKind] = []
    while true {
      // Each step skips to the next kind in the index.
      let isAfter = kinds.isEmpty ? "" : " AND kind > ?"
      var statement = try PreparedStatement(
        db, "SELECT kind FROM state WHERE workspace = ?\(isAfter) ORDER BY kind LIMIT 1")
      statement.add(workspace)
      if let last = kinds.last { statement.add(last.rawValue) }
      guard let kind = try statement.first({ StateKind(try $0.text()) }) else { return kinds }
      kinds.append(kind)
    }
  }
}
