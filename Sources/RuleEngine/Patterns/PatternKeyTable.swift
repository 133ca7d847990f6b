import DenseData

/// Keys in numbered slots; a slot is used again once its key was removed.
struct PatternKeyTable: Sendable {
  private var index = HashIndex()
  private var keys: [PatternKey] = []
  private var isUsed: [Bool] = []
  private var free: [Int32] = []

  /// How many keys there are.
  var count: Int { index.count }
  /// The slots in use.
  var slots: some Collection<Int> { keys.indices.lazy.filter { isUsed[$0] } }

  /// The key in a slot.
  subscript(slot: Int) -> PatternKey { keys[slot] }

  /// The slot of a key; O(1) expected.
  func slot(of key: PatternKey) -> Int? { index.find(key.tableHash) { keys[$0] == key } }

  /// Gives a key that is not there a slot, a free one or the one after all.
  mutating func add(_ key: PatternKey) -> Int {
    let slot: Int
    if let last = free.popLast() {
      slot = Int(last)
      keys[slot] = key
      isUsed[slot] = true
    } else {
      slot = keys.count
      keys.append(key)
      isUsed.append(true)
    }
    index.insert(key.tableHash, row: slot)
    return slot
  }

  /// Frees a slot in use.
  mutating func remove(_ slot: Int) {
    index.remove(keys[slot].tableHash, row: slot)
    isUsed[slot] = false
    free.append(Int32(truncatingIfNeeded: slot))
  }
}

extension PatternKey {
  /// A hash for a table that mixes it with a seed.
  fileprivate var tableHash: UInt64 {
    switch self {
    case .number(let number): return number
    case .text(let text):
      var hasher = Hasher()
      text.hashBytes(into: &hasher)
      return UInt64(truncatingIfNeeded: hasher.finalize())
    }
  }
}
