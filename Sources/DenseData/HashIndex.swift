/// A hash table that holds row numbers only; the keys stay in the rows.
///
/// Open addressing with linear probing and deletion by shifting back (Knuth, *The Art of Computer Programming* 3, 6.4,
/// algorithm R). A slot is eight bytes, 32 bits of the hash and the row, so a look-up touches one cache line before the
/// row, and growing never touches the rows. Row numbers go up to 2³² − 2.
///
/// Hashes are mixed with a seed of the process, so keys made to collide elsewhere do not collide here. Nothing is ever
/// enumerated, so the seed decides no order.
@usableFromInline
package struct HashIndex: Sendable {
  // The upper half is the tag, the lower the row number plus one; 0 is an empty slot.
  @usableFromInline var slots: [UInt64] = []
  @usableFromInline var mask = 0
  /// How many rows are in the index.
  @usableFromInline package var count = 0
  @usableFromInline let seed = UInt64(truncatingIfNeeded: Hasher().finalize()) | 1

  /// Creates an index with room for `capacity` rows.
  @inlinable
  package init(capacity: Int = 0) { if capacity > 0 { grow(to: capacity) } }

  @inlinable
  func tag(_ hash: UInt64) -> UInt64 {
    let product = (hash ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return (product.high ^ product.low) >> 32
  }

  /// The row with this hash for which `isMatch` holds, if there is one; O(1) expected.
  @inlinable
  package func find(_ hash: UInt64, _ isMatch: (Int) -> Bool) -> Int? {
    if slots.isEmpty { return nil }
    let tag = tag(hash)
    var place = Int(truncatingIfNeeded: tag) & mask
    while true {
      let slot = slots[place]
      if slot == 0 { return nil }
      if slot >> 32 == tag {
        let row = Int(slot & 0xFFFF_FFFF) - 1
        if isMatch(row) { return row }
      }
      place = (place + 1) & mask
    }
  }

  /// Where a look-up by ``next(_:)`` stands.
  @usableFromInline
  package struct Probe: Sendable {
    @usableFromInline let tag: UInt64
    @usableFromInline var place: Int

    @inlinable
    init(tag: UInt64, place: Int) {
      self.tag = tag
      self.place = place
    }
  }

  /// Begins a look-up without a closure: for tables whose rows lie in a large value that a closure would copy.
  @inlinable
  package func probe(_ hash: UInt64) -> Probe {
    let tag = tag(hash)
    return Probe(tag: tag, place: Int(truncatingIfNeeded: tag) & mask)
  }

  /// The next row that may be the right one; `nil` when there is none left.
  @inlinable
  package func next(_ probe: inout Probe) -> Int? {
    if slots.isEmpty { return nil }
    while true {
      let slot = slots[probe.place]
      if slot == 0 { return nil }
      probe.place = (probe.place + 1) & mask
      if slot >> 32 == probe.tag { return Int(slot & 0xFFFF_FFFF) - 1 }
    }
  }

  /// The row in the first slot where this hash may be, whether it is the right one or not; `nil` when the slot is empty.
  ///
  /// A look-up waits for memory twice, for the slot and for the row. Peeking for a block of hashes first, and then
  /// touching their rows, lets the processor wait for all of them at once.
  @inlinable
  package func peek(_ hash: UInt64) -> Int? {
    if slots.isEmpty { return nil }
    let slot = slots[Int(truncatingIfNeeded: tag(hash)) & mask]
    return slot == 0 ? nil : Int(slot & 0xFFFF_FFFF) - 1
  }

  /// Adds a row that is not in the index yet; O(1) amortised.
  @inlinable
  package mutating func insert(_ hash: UInt64, row: Int) {
    if (count + 1) * 3 > slots.count * 2 { grow(to: max(count * 2, 16)) }
    place(tag(hash) << 32 | UInt64(truncatingIfNeeded: row + 1))
    count += 1
  }

  /// Takes a row out, if it is there; O(1) expected.
  @inlinable
  package mutating func remove(_ hash: UInt64, row: Int) {
    if slots.isEmpty { return }
    let wanted = tag(hash) << 32 | UInt64(truncatingIfNeeded: row + 1)
    var hole = Int(truncatingIfNeeded: wanted >> 32) & mask
    while slots[hole] != wanted {
      if slots[hole] == 0 { return }
      hole = (hole + 1) & mask
    }
    var next = hole
    while true {
      next = (next + 1) & mask
      let slot = slots[next]
      if slot == 0 { break }
      let home = Int(truncatingIfNeeded: slot >> 32) & mask
      // A slot moves back when its home does not lie between the hole and it.
      if (next - home) & mask >= (next - hole) & mask {
        slots[hole] = slot
        hole = next
      }
    }
    slots[hole] = 0
    count -= 1
  }

  @inlinable
  mutating func place(_ slot: UInt64) {
    var place = Int(truncatingIfNeeded: slot >> 32) & mask
    while slots[place] != 0 { place = (place + 1) & mask }
    slots[place] = slot
  }

  @usableFromInline
  mutating func grow(to capacity: Int) {
    var size = 16
    while size * 2 < capacity * 3 + 3 { size *= 2 }
    let old = slots
    slots = [UInt64](repeating: 0, count: size)
    mask = size - 1
    for slot in old where slot != 0 { place(slot) }
  }
}

/// A key of a table that is found by a ``HashIndex``.
package protocol IndexHashable: Hashable, Sendable {
  /// A hash of what `==` compares; it need not be mixed.
  var indexHash: UInt64 { get }
}
