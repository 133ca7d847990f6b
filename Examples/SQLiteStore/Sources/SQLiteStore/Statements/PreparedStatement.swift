import GRDB
import GRDBSQLite
import SocialCRM

/// A prepared statement whose parameters are added one after the other and whose rows are read column by column.
///
/// GRDB prepares the statement, keeps it for the next use on the connection and owns it. Parameters are handed to SQLite
/// here, because GRDB's own values would copy every text and every blob through `Data`. Texts are stored as blobs, so that
/// SQLite compares and orders them by bytes.
struct PreparedStatement {
  private let db: Database
  private let statement: Statement
  private let handle: OpaquePointer
  private var added: Int32 = 0
  private var failure = SQLITE_OK

  /// Takes the statement from the cache of the connection, or prepares it.
  init(_ db: Database, _ sql: String) throws {
    self.db = db
    statement = try db.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
    sqlite3_reset(handle)
  }

  // MARK: Parameters

  mutating func add(_ value: Int64) { note(sqlite3_bind_int64(handle, next(), value)) }

  mutating func add(_ value: Int) { add(Int64(value)) }

  mutating func add(_ value: Bool) { add(value ? 1 as Int64 : 0) }

  mutating func addNull() { note(sqlite3_bind_null(handle, next())) }

  /// A position or another unsigned number, by its bits.
  mutating func add(_ position: LogPosition) { add(Int64(bitPattern: position.rawValue)) }

  mutating func add(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { bind($0) }
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bind(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ text: String?) {
    if let text { add(text) } else { addNull() }
  }

  /// Sixteen bytes, whose order is the order of the ids.
  mutating func add(_ id: some OpaqueID) {
    withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) { bind($0) }
  }

  mutating func add(_ id: (some OpaqueID)?) {
    if let id { add(id) } else { addNull() }
  }

  /// Two columns: source and id.
  mutating func add(_ key: EventKey) {
    add(key.source.rawValue)
    add(key.id)
  }

  /// Two columns, seconds and nanoseconds: what times are compared by.
  mutating func add(moment time: Instant) {
    add(time.secondsSinceEpoch)
    add(Int64(time.nanoseconds))
  }

  /// Three columns: seconds, nanoseconds and the offset the time was written with.
  mutating func add(_ time: Instant?) {
    guard let time else {
      for _ in 0..<3 { addNull() }
      return
    }
    add(moment: time)
    if let offset = time.utcOffset { add(Int64(offset)) } else { addNull() }
  }

  private mutating func next() -> Int32 {
    added += 1
    return added
  }

  private mutating func note(_ code: Int32) {
    if code != SQLITE_OK, failure == SQLITE_OK { failure = code }
  }

  private mutating func bind(_ buffer: UnsafeRawBufferPointer) {
    let place = next()
    // A null pointer would be stored as NULL.
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return note(sqlite3_bind_zeroblob(handle, place, 0)) }
    // The last argument makes SQLite copy the bytes at once.
    note(
      sqlite3_bind_blob64(
        handle, place, base, UInt64(buffer.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self)))
  }

  // MARK: Running

  /// Writes; the statement is ready for the next parameters afterwards.
  /// - Returns: the number of rows that were written or removed.
  @discardableResult
  mutating func run() throws -> Int {
    while try step() {}
    rewind()
    return db.changesCount
  }

  /// Reads all rows.
  mutating func forEach(_ body: (inout ResultRow) throws -> Void) throws {
    defer { rewind() }
    while try step() {
      var row = ResultRow(handle)
      try body(&row)
    }
  }

  /// Reads all rows into an array.
  mutating func all<Element>(_ read: (inout ResultRow) throws -> Element) throws -> [Element] {
    var elements: [Element] = []
    try forEach { elements.append(try read(&$0)) }
    return elements
  }

  /// Reads the first row.
  mutating func first<Element>(_ read: (inout ResultRow) throws -> Element) throws -> Element? {
    defer { rewind() }
    guard try step() else { return nil }
    var row = ResultRow(handle)
    return try read(&row)
  }

  private mutating func step() throws -> Bool {
    let code = failure == SQLITE_OK ? sqlite3_step(handle) : failure
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let message = failure == SQLITE_OK ? db.lastErrorMessage : nil
      rewind()
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
  }

  private mutating func rewind() {
    sqlite3_reset(handle)
    added = 0
    failure = SQLITE_OK
  }
}
