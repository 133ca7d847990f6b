import GRDBSQLite
import SocialCRM

/// A row of a result, read column by column in the order of the query.
struct ResultRow {
  private let handle: OpaquePointer
  private var column: Int32 = 0

  /// Looks at the row a statement stands on.
  init(_ handle: OpaquePointer) { self.handle = handle }

  /// Whether the next column is NULL; it is not consumed.
  var isNull: Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  mutating func skip() { column += 1 }

  mutating func int64() -> Int64 {
    defer { column += 1 }
    return sqlite3_column_int64(handle, column)
  }

  mutating func int() throws -> Int {
    guard let value = Int(exactly: int64()) else { throw Self.malformed("a number") }
    return value
  }

  mutating func position() -> LogPosition { LogPosition(UInt64(bitPattern: int64())) }

  mutating func bytes() -> [UInt8] { withBytes { [UInt8]($0) } }

  /// Looks at the bytes of a column without copying them.
  mutating func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    defer { column += 1 }
    guard let base = sqlite3_column_blob(handle, column) else {
      return try body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    return try body(UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
  }

  mutating func text() throws -> String {
    guard let text = withBytes({ String(validating: $0, as: UTF8.self) }) else { throw Self.malformed("a text") }
    return text
  }

  mutating func optionalText() throws -> String? {
    if isNull {
      skip()
      return nil
    }
    return try text()
  }

  mutating func id<ID: OpaqueID>(_ type: ID.Type = ID.self) throws -> ID {
    try withBytes { buffer in
      guard buffer.count == 16 else { throw Self.malformed("an id") }
      return ID(
        high: UInt64(bigEndian: buffer.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }

  mutating func optionalID<ID: OpaqueID>(_ type: ID.Type = ID.self) throws -> ID? {
    if isNull {
      skip()
      return nil
    }
    return try id()
  }

  /// Two columns: source and id.
  mutating func event() throws -> EventKey { EventKey(SourceID(try text()), try text()) }

  /// Three columns: seconds, nanoseconds and offset.
  mutating func time() throws -> Instant {
    let seconds = int64()
    let nanoseconds = Int32(truncatingIfNeeded: int64())
    let offset = isNull ? nil : Int32(truncatingIfNeeded: sqlite3_column_int64(handle, column))
    skip()
    guard let time = Instant(secondsSinceEpoch: seconds, nanoseconds: nanoseconds, utcOffset: offset) else {
      throw Self.malformed("a time")
    }
    return time
  }

  mutating func optionalTime() throws -> Instant? {
    if isNull {
      column += 3
      return nil
    }
    return try time()
  }

  /// A value in its JSON form.
  mutating func document<Value: JSONCodable>(_ type: Value.Type = Value.self) throws -> Value {
    do {
      return try Value(jsonBytes: bytes(), limits: JSONLimits(maximumDepth: 512, maximumBytes: .max))
    } catch {
      throw StorageError(.malformed, "a stored \(Value.self) cannot be read: \(error)")
    }
  }

  private static func malformed(_ expected: String) -> StorageError {
    StorageError(.malformed, "a stored column does not hold \(expected)")
  }
}
