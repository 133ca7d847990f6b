/// Finds places for sparse rows in one array, so that the entries of different rows share the space between them.
///
/// A row is placed at a base: its entry for class *c* goes to slot base + *c*. No two rows have the same base, which
/// names the row (the double array of Aoe, "An efficient digital search algorithm by using a double-array structure",
/// IEEE Transactions on Software Engineering 15(9), 1989). Sixty-four bases are tried at once, a bit each.
struct KeywordRowPacker {
  /// How many words of bases are tried at the first gap, and again before the end.
  private static let reach = 16

  private var usedSlots: [UInt64] = []
  private var usedBases: [UInt64] = []
  private var firstGap = 0

  /// The end of the slots in use.
  private(set) var slotCount = 0

  /// Takes a place for a row with entries at these classes, none of them 0.
  mutating func place(_ classes: ArraySlice<UInt16>) -> Int {
    while firstGap < usedBases.count, usedBases[firstGap] == ~0 { firstGap += 1 }
    var word = firstGap
    while true {
      if word == firstGap + Self.reach { word = max(word, usedBases.count - Self.reach) }
      let free = freeBases(word, classes)
      if free != 0 {
        let base = word << 6 | free.trailingZeroBitCount
        take(base, classes)
        return base
      }
      word += 1
    }
  }

  private func freeBases(_ word: Int, _ classes: ArraySlice<UInt16>) -> UInt64 {
    var blocked = word < usedBases.count ? usedBases[word] : 0
    for column in classes {
      blocked |= slots(from: word << 6 + Int(column))
      if blocked == ~0 { return 0 }
    }
    return ~blocked
  }

  /// The next 64 slots, a bit each.
  private func slots(from first: Int) -> UInt64 {
    let word = first >> 6
    let shift = UInt64(first & 63)
    let low = word < usedSlots.count ? usedSlots[word] >> shift : 0
    guard shift > 0, word + 1 < usedSlots.count else { return low }
    return low | usedSlots[word + 1] << (64 - shift)
  }

  private mutating func take(_ base: Int, _ classes: ArraySlice<UInt16>) {
    KeywordRowPacker.set(base, in: &usedBases)
    for column in classes { KeywordRowPacker.set(base + Int(column), in: &usedSlots) }
    slotCount = max(slotCount, base + 1, base + Int(classes.max() ?? 0) + 1)
  }

  private static func set(_ bit: Int, in words: inout [UInt64]) {
    let word = bit >> 6
    if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
    words[word] |= 1 << UInt64(bit & 63)
  }
}
