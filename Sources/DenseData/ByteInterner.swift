/// Gives byte strings dense numbers 0, 1, 2 … in order of first appearance.
///
/// The bytes lie one behind the other in one array, each with its number and length before it, found by a ``HashIndex``
/// whose rows are places in that array; so a look-up touches two cache lines, the slot and the record. Blocks of keys are
/// looked up together, which hides most of the time that a large table waits for memory.
///
/// Memory per key: its bytes rounded up to four, 12 bytes for number, length and place, and 12 to 24 for the slot; while
/// the array or the index grows, up to three times that. At most 2³¹ − 1 keys and 16 GiB.
@usableFromInline
package struct ByteInterner: Sendable {
  /// What a record has before its bytes: number and length.
  @usableFromInline static var headUnits: Int { 2 }

  @usableFromInline var index: HashIndex
  // Records in units of four bytes.
  @usableFromInline var arena: ContiguousArray<UInt32>
  // The place of each record, by number.
  @usableFromInline var places: ContiguousArray<UInt32>
  @usableFromInline let seed = UInt64(truncatingIfNeeded: Hasher().finalize())
  // Keeps the compiler from leaving out reads that are there to bring memory near.
  @usableFromInline var touched: UInt32 = 0

  /// Creates an interner with room for `capacity` keys.
  package init(capacity: Int = 0) {
    index = HashIndex(capacity: capacity)
    arena = []
    places = []
    places.reserveCapacity(capacity)
  }

  /// The number of different keys.
  @inlinable
  package var count: Int { places.count }

  /// Whether a block with so many bytes and keys still fits.
  @inlinable
  package func hasRoom(bytes: Int, keys: Int) -> Bool {
    places.count + keys < Int(Int32.max) && arena.count + bytes / 4 + keys * 3 < Int(UInt32.max)
  }

  /// The number of a key, a new one when it is new; O(length) expected.
  ///
  /// The caller has made sure of ``hasRoom(bytes:keys:)``.
  @inlinable
  package mutating func intern(_ key: UnsafeRawBufferPointer) -> Int {
    Self.withBase(of: key) { bytes in
      Int(intern(bytes, count: key.count, hash: KeyBytes.hash(bytes, count: key.count, seed: seed)))
    }
  }

  /// The numbers of a block of keys, in their order; O(bytes) expected.
  ///
  /// The caller has made sure of ``hasRoom(bytes:keys:)``; every range lies within the bytes, and `numbers` has a place for
  /// each.
  @inlinable
  package mutating func intern(
    _ keys: UnsafeBufferPointer<ByteRange>, of bytes: UnsafeRawPointer, into numbers: UnsafeMutablePointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: keys.count) { hashes in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: keys.count) { rows in
        for position in keys.indices {
          let key = keys[position]
          let hash = KeyBytes.hash(bytes + Int(key.start), count: Int(key.count), seed: seed)
          hashes[position] = hash
          rows[position] = index.peek(hash) ?? -1
        }
        touched ^= arena.withUnsafeBufferPointer { arena in
          var touched: UInt32 = 0
          for position in keys.indices where rows[position] >= 0 {
            let row = rows[position]
            // A record may reach into a second cache line.
            let end = row + Self.headUnits + Int(keys[position].count) / 4
            touched ^= arena[row] ^ arena[min(end, arena.count - 1)]
          }
          return touched
        }
        for position in keys.indices {
          let key = keys[position]
          numbers[position] = intern(bytes + Int(key.start), count: Int(key.count), hash: hashes[position])
        }
      }
    }
  }

  /// The number of a key, if it was seen; O(length) expected.
  @inlinable
  package func number(of key: UnsafeRawBufferPointer) -> Int? {
    Self.withBase(of: key) { bytes in
      find(bytes, count: key.count, hash: KeyBytes.hash(bytes, count: key.count, seed: seed)).map { Int(arena[$0]) }
    }
  }

  /// Gives the bytes of a key to the body.
  @inlinable
  package func withBytes<Result>(of number: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    let place = Int(places[number])
    return try arena.withUnsafeBytes { all in
      let start = (place + Self.headUnits) * 4
      return try body(UnsafeRawBufferPointer(rebasing: all[start..<(start + Int(arena[place + 1]))]))
    }
  }

  /// Whether the key of the left number comes before that of the right one in byte order.
  @inlinable
  package func isBefore(_ left: Int, _ right: Int) -> Bool {
    arena.withUnsafeBufferPointer { arena in
      guard let base = arena.baseAddress else { return false }
      let bytes = UnsafeRawPointer(base)
      let (one, other) = (Int(places[left]), Int(places[right]))
      return KeyBytes.isBefore(
        bytes + (one + Self.headUnits) * 4, Int(arena[one + 1]), bytes + (other + Self.headUnits) * 4,
        Int(arena[other + 1]))
    }
  }

  /// Reads a part of each of the keys, so that what follows need not wait for them one by one.
  @inlinable
  package mutating func touch(_ numbers: UnsafeBufferPointer<UInt32>) {
    touched ^= numbers.reduce(0) { $0 ^ arena[Int(places[Int($1)])] }
  }

  @inlinable
  mutating func intern(_ bytes: UnsafeRawPointer, count length: Int, hash: UInt64) -> UInt32 {
    if let place = find(bytes, count: length, hash: hash) { return arena[place] }
    let number = UInt32(truncatingIfNeeded: places.count)
    let place = arena.count
    let units = (length + 3) / 4
    arena.append(number)
    arena.append(UInt32(truncatingIfNeeded: length))
    for unit in 0..<(length / 4) { arena.append(bytes.loadUnaligned(fromByteOffset: unit * 4, as: UInt32.self)) }
    if units * 4 > length {
      var last: UInt32 = 0
      withUnsafeMutableBytes(of: &last) {
        for offset in 0..<(length % 4) {
          $0[offset] = bytes.load(fromByteOffset: length / 4 * 4 + offset, as: UInt8.self)
        }
      }
      arena.append(last)
    }
    places.append(UInt32(truncatingIfNeeded: place))
    index.insert(hash, row: place)
    return number
  }

  @inlinable
  func find(_ bytes: UnsafeRawPointer, count: Int, hash: UInt64) -> Int? {
    arena.withUnsafeBufferPointer { arena in
      guard let base = arena.baseAddress else { return nil }
      return index.find(hash) { place in
        Int(arena[place + 1]) == count
          && KeyBytes.areSame(UnsafeRawPointer(base + place + Self.headUnits), bytes, count: count)
      }
    }
  }

  /// An empty buffer may have no address; nothing is read from the one given here in its place.
  @inlinable
  static func withBase<Result>(of key: UnsafeRawBufferPointer, _ body: (UnsafeRawPointer) -> Result) -> Result {
    if let base = key.baseAddress { return body(base) }
    return withUnsafePointer(to: UInt8(0)) { body(UnsafeRawPointer($0)) }
  }
}
