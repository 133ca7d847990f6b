/// The states of a deterministic automaton: each a list of instructions, numbered from 1 in the order they come.
struct PatternStateTable: Sendable {
  private var content: [Int32] = []
  private var ends: [Int] = [0]
  private var slots = [Int32](repeating: 0, count: 64)

  var count: Int { ends.count - 1 }

  func range(_ state: Int32) -> Range<Int> { ends[Int(state) - 1]..<ends[Int(state)] }

  subscript(_ index: Int) -> Int32 { content[index] }

  /// The number of a state, new or known.
  mutating func number(of key: [Int32]) -> Int32 {
    if count * 2 >= slots.count { grow() }
    var slot = Self.hash(key[...]) & (slots.count - 1)
    while slots[slot] != 0 {
      let range = range(slots[slot])
      if range.count == key.count, content[range].elementsEqual(key) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    content.append(contentsOf: key)
    ends.append(content.count)
    slots[slot] = Int32(count)
    return slots[slot]
  }

  mutating func removeAll() {
    content.removeAll(keepingCapacity: true)
    ends = [0]
    for slot in slots.indices { slots[slot] = 0 }
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    for state in stride(from: Int32(1), through: Int32(count), by: 1) {
      var slot = Self.hash(content[range(state)]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = state
    }
  }

  private static func hash(_ key: ArraySlice<Int32>) -> Int {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for number in key { hash = (hash ^ UInt64(UInt32(bitPattern: number))) &* 0xff51_afd7_ed55_8ccd }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
