/// Disjoint sets over 0 ..< n whose members can be listed (Tarjan 1975, by size with path halving; rings of members).
struct LocalSets: Sendable {
  private var parents: ContiguousArray<Int32>
  private var sizes: ContiguousArray<Int32>
  private var nexts: ContiguousArray<Int32>

  init(count: Int) {
    parents = ContiguousArray((0..<count).map { Int32(truncatingIfNeeded: $0) })
    nexts = parents
    sizes = ContiguousArray(repeating: 1, count: count)
  }

  mutating func root(_ element: Int) -> Int {
    var place = element
    while Int(parents[place]) != place {
      parents[place] = parents[Int(parents[place])]
      place = Int(parents[place])
    }
    return place
  }

  /// Unites the sets of two roots.
  mutating func unite(_ one: Int, _ two: Int) {
    if one == two { return }
    let (large, small) = sizes[one] < sizes[two] ? (two, one) : (one, two)
    parents[small] = Int32(truncatingIfNeeded: large)
    sizes[large] += sizes[small]
    nexts.swapAt(large, small)
  }

  func forEach(in root: Int, _ body: (Int) -> Void) {
    var member = root
    repeat {
      body(member)
      member = Int(nexts[member])
    } while member != root
  }
}
