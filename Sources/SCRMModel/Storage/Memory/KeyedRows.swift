import DenseData

/// A row of a table, found by its key.
protocol KeyedRow: Sendable {
  /// The type of the key.
  associatedtype RowKey: IndexHashable
  /// The key; it must not change while the row is in a table.
  var rowKey: RowKey { get }
  /// Whether `key` is the row's, found out without copying either.
  func isRow(of key: RowKey) -> Bool
  /// The hash of the key, found out without copying it.
  var rowHash: UInt64 { get }
}

extension KeyedRow {
  func isRow(of key: RowKey) -> Bool { rowKey == key }
  var rowHash: UInt64 { rowKey.indexHash }
}

/// A row that says when it last changed.
protocol VersionedRow: KeyedRow {
  /// The log position at which the row last changed.
  var version: LogPosition { get }
}

/// Rows in one array with an index by key: what a dictionary does when the value holds its key, in less memory.
///
/// Rows stay in the order in which they came; the place of a removed row is given to a later one.
struct KeyedRows<Row: KeyedRow>: Sendable {
  private(set) var rows: [Row?] = []
  private(set) var index = HashIndex()
  private var free: [Int] = []

  init() {}

  /// Creates a table with room for `count` rows.
  init(expecting count: Int) {
    rows.reserveCapacity(count)
    index = HashIndex(capacity: count)
  }

  init(_ rows: some Sequence<Row>) { for row in rows { put(row) } }

  /// How many rows there are.
  var count: Int { index.count }

  /// The rows, in the order in which they came.
  var values: [Row] { rows.compactMap { $0 } }

  /// The place of a row; it stays valid until the row is removed.
  func place(of key: Row.RowKey) -> Int? {
    index.find(key.indexHash) { rows[$0]?.isRow(of: key) ?? false }
  }

  /// The row at a place.
  subscript(place place: Int) -> Row? {
    rows[place]
  }

  /// The row with a key.
  subscript(key: Row.RowKey) -> Row? { place(of: key).flatMap { rows[$0] } }

  /// Whether there is a row with a key.
  func contains(_ key: Row.RowKey) -> Bool { place(of: key) != nil }

  /// Adds a row or replaces the one with its key, which is returned.
  @discardableResult
  mutating func put(_ row: Row) -> Row? {
    let key = row.rowKey
    if let place = place(of: key) {
      let old = rows[place]
      rows[place] = row
      return old
    }
    append(row, key)
    return nil
  }

  /// Adds a row whose key is not in the table.
  /// - Returns: its place.
  @discardableResult
  mutating func append(_ row: Row, _ key: Row.RowKey) -> Int {
    if let place = free.popLast() {
      rows[place] = row
      index.insert(key.indexHash, row: place)
      return place
    }
    index.insert(key.indexHash, row: rows.count)
    rows.append(row)
    return rows.count - 1
  }

  /// Removes the row with a key.
  @discardableResult
  mutating func remove(_ key: Row.RowKey) -> Row? {
    guard let place = place(of: key) else { return nil }
    let old = rows[place]
    removeRow(at: place, key)
    return old
  }

  private mutating func removeRow(at place: Int, _ key: Row.RowKey) {
    index.remove(key.indexHash, row: place)
    rows[place] = nil
    free.append(place)
  }
}

// Changes are looked up once, for checking and for writing.
extension KeyedRows where Row: VersionedRow & Hashable {
  /// The places of the rows that changes replace; −1 for rows that are not there.
  /// - Throws: `conflict` when a row is not of the version that its change replaces.
  func places(of changes: ArraySlice<Change<Row>>, _ name: String) throws(StorageError) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(changes.count)
    for change in changes {
      let place = place(of: change.record.rowKey)
      guard change.replaces == place.flatMap({ rows[$0]?.version }) else {
        throw StorageError(.conflict, "a \(name) record has moved on since it was read")
      }
      places.append(place ?? -1)
    }
    return places
  }

  /// Writes changes whose places were looked up; of two for one row, which no store accepts, nothing is said.
  /// - Returns: whether rows came or went.
  @discardableResult
  mutating func apply(_ changes: [Change<Row>], at places: [Int]) -> Bool {
    var keysChanged = false
    for (change, place) in zip(changes, places) where apply(change, at: place) { keysChanged = true }
    return keysChanged
  }

  /// Writes one change whose place was looked up.
  /// - Returns: whether a row came or went.
  mutating func apply(_ change: Change<Row>, at place: Int) -> Bool {
    if place < 0 {
      if change.isRemoval { return false }
      append(change.record, change.record.rowKey)
      return true
    }
    if change.isRemoval {
      removeRow(at: place, change.record.rowKey)
      return true
    }
    rows[place] = change.record
    return false
  }
}
