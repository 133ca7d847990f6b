import SCRMModel

extension NormalisedParty {
  /// Puts the identifiers in order: by rank, lowest first, then by assertion, strongest first, then by namespace and key.
  ///
  /// O(n log n), with `rank` asked O(n log n) times.
  @inline(__always)
  mutating func putInOrder(rank: (Entry) -> Int) {
    // Most parties have two or three identifiers: then neighbours are exchanged, which copies none.
    guard entries.count <= 8 else {
      return entries.sort { Self.isBetter($0, rank($0), than: $1, rank($1)) }
    }
    for end in entries.indices.dropFirst() {
      var place = end
      while place > 0,
        Self.isBetter(entries[place], rank(entries[place]), than: entries[place - 1], rank(entries[place - 1]))
      {
        entries.swapAt(place, place - 1)
        place -= 1
      }
    }
  }

  private static func isBetter(_ left: Entry, _ rank: Int, than right: Entry, _ other: Int) -> Bool {
    if rank != other { return rank < other }
    return left.identifier.assertion != right.identifier.assertion
      ? left.identifier.assertion > right.identifier.assertion : left.key < right.key
  }
}
