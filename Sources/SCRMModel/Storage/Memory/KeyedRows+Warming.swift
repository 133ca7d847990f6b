import DenseData

// Reading ahead.
//
// In a large store nearly every row lies in main memory, and a look-up waits for it several times: for the slot of the
// index, for the place of the row, for what the row refers to. Read level by level for many keys, the processor waits for
// many at once and not for one after the other. What was read is returned, since reading for nothing is optimised away.

/// A row that is one reference, so that what it holds lies apart from the table.
protocol ReferringRow: KeyedRow {
  /// What the row refers to.
  associatedtype Storage: AnyObject
  /// Reads something of every part of the storage.
  static func touch(_ storage: Storage) -> UInt
  /// Reads something of what the storage refers to in turn.
  static func touchParts(_ storage: Storage) -> UInt
}

extension KeyedRows {
  /// Reads what looking up these keys is going to need; O(keys).
  func warm(_ hashes: [UInt64]) -> UInt {
    let stride = MemoryLayout<Row?>.stride
    return rows.withUnsafeBytes { rows in
      candidates(hashes).reduce(0) { $0 &+ UInt(rows[$1 * stride]) }
    }
  }

  /// The rows that these keys may be of.
  private func candidates(_ hashes: [UInt64]) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(hashes.count)
    for hash in hashes { if let place = index.peek(hash) { places.append(place) } }
    return places
  }
}

extension KeyedRows where Row: ReferringRow {
  /// Reads what looking up these keys is going to need; O(keys).
  func warm(_ hashes: [UInt64]) -> UInt {
    // A row is one reference, and none is null; nothing is read ahead should that ever change.
    let stride = MemoryLayout<Row?>.stride
    guard stride == MemoryLayout<UnsafeRawPointer?>.stride else { return 0 }
    var storages: [Unmanaged<Row.Storage>] = []
    storages.reserveCapacity(hashes.count)
    let places = candidates(hashes)
    rows.withUnsafeBytes { rows in
      for place in places {
        guard let row = rows.load(fromByteOffset: place * stride, as: UnsafeRawPointer?.self) else { continue }
        storages.append(Unmanaged.fromOpaque(row))
      }
    }
    // Without counting references, which waits for each object.
    var touched: UInt = 0
    for storage in storages { touched &+= storage._withUnsafeGuaranteedRef { Row.touch($0) } }
    for storage in storages { touched &+= storage._withUnsafeGuaranteedRef { Row.touchParts($0) } }
    return touched
  }
}

extension IdentityRecord: ReferringRow {
  static func touch(_ storage: Box) -> UInt { UInt(truncatingIfNeeded: storage.fields.version.rawValue) }

  static func touchParts(_ storage: Box) -> UInt {
    storage.fields.key.key.utf8.withContiguousStorageIfAvailable { UInt($0.first ?? 0) } ?? 0
  }
}

extension PersonRecord: ReferringRow {
  static func touch(_ storage: Box) -> UInt {
    UInt(truncatingIfNeeded: storage.fields.version.rawValue) &+ UInt(storage.weakestAssertion.rank)
  }

  static func touchParts(_ storage: Box) -> UInt { 0 }
}

extension StateRecord: ReferringRow {
  static func touch(_ storage: Box) -> UInt {
    UInt(truncatingIfNeeded: storage.fields.version.rawValue) &+ UInt(truncatingIfNeeded: storage.fields.schema)
  }

  static func touchParts(_ storage: Box) -> UInt { UInt(storage.fields.bytes.last ?? 0) }
}

extension HashIndex {
  /// Reads the slots in which these hashes may be; O(hashes).
  func warm(_ hashes: [UInt64]) -> UInt { hashes.reduce(0) { $0 &+ UInt(bitPattern: peek($1) ?? 0) } }
}
