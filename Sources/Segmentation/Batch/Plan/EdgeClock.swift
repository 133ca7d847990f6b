/// Tells how many edges of windows lie at or before the key of an event, by a table over time.
struct EdgeClock: Sendable {
  /// The edges, ascending, and one that no key reaches.
  let edges: ContiguousArray<UInt64>
  private let origin: UInt64
  private let shift: UInt64
  /// For each stretch of time from the first edge on, how many edges lie at or before its beginning.
  private let table: ContiguousArray<Int32>

  /// A stretch holds at most one edge unless edges lie much closer together than on average.
  private static let stretches: UInt64 = 4096

  init(_ edges: [UInt64]) {
    self.edges = ContiguousArray(edges) + [.max]
    let (first, last) = (edges.first ?? .max, edges.last ?? .max)
    origin = first
    var shift: UInt64 = 0
    while (last - first) >> shift >= Self.stretches { shift += 1 }
    self.shift = shift
    var table: ContiguousArray<Int32> = []
    var behind = 0
    for stretch in 0...((last - first) >> shift) {
      let begin = first + stretch << shift
      while behind < edges.count, edges[behind] <= begin { behind += 1 }
      table.append(Int32(behind))
    }
    self.table = table
  }

  /// How many edges lie at or before a key; O(1), or O(edges of its stretch).
  @inline(__always)
  func place(of key: UInt64) -> Int {
    if key < origin { return 0 }
    let stretch = Int(truncatingIfNeeded: (key &- origin) &>> shift)
    var place = Int(table[min(stretch, table.count &- 1)])
    while key >= edges[place] { place &+= 1 }
    return place
  }
}
