extension NodePartition {
  /// How much two divisions of the same nodes say about each other: normalised mutual information, 0 … 1.
  ///
  /// 2 × I(A; B) ÷ (H(A) + H(B)) with natural logarithms (Strehl & Ghosh 2002); 1 when both divisions have one group.
  /// O(nodes log nodes).
  /// - Throws: ``GraphError`` with `mismatchedCounts`.
  public func normalizedMutualInformation(with other: NodePartition) throws(GraphError) -> Double {
    let table = try joint(with: other)
    let nodes = Double(groups.count)
    func entropy(_ sizes: [Int]) -> Double {
      sizes.reduce(0) { sum, size in
        let part = Double(size) / nodes
        return size > 0 ? sum - part * Logarithm.natural(part) : sum
      }
    }
    let (own, others) = (sizes, other.sizes)
    var information = 0.0
    for cell in table {
      let expected = Double(own[cell.one]) * Double(others[cell.other])
      information += Double(cell.size) / nodes * Logarithm.natural(Double(cell.size) * nodes / expected)
    }
    let sum = entropy(own) + entropy(others)
    // Sums in another order may differ in the last digit.
    return sum > 0 ? min(max(2 * information / sum, 0), 1) : 1
  }

  /// How far two divisions of the same nodes agree on which pairs are together, beyond chance: 1 when they are equal, about
  /// 0 when they have nothing to do with each other.
  ///
  /// The adjusted Rand index of Hubert & Arabie (1985); 1 when chance leaves no room. O(nodes log nodes).
  /// - Throws: ``GraphError`` with `mismatchedCounts`.
  public func adjustedRandIndex(with other: NodePartition) throws(GraphError) -> Double {
    let table = try joint(with: other)
    func pairs(_ size: Int) -> Double { Double(size) * Double(size - 1) / 2 }
    let together = table.reduce(0) { $0 + pairs($1.size) }
    let own = sizes.reduce(0) { $0 + pairs($1) }
    let others = other.sizes.reduce(0) { $0 + pairs($1) }
    let all = pairs(groups.count)
    let expected = all > 0 ? own * others / all : 0
    let largest = (own + others) / 2
    return largest == expected ? 1 : (together - expected) / (largest - expected)
  }

  /// How many nodes each pair of groups shares, in a fixed order.
  private func joint(with other: NodePartition) throws(GraphError) -> [(one: Int, other: Int, size: Int)] {
    guard groups.count == other.groups.count else {
      throw GraphError(
        .mismatchedCounts, subject: "partition", "\(other.groups.count) nodes, expected \(groups.count)")
    }
    var table: [(one: Int, other: Int, size: Int)] = []
    for key in zip(groups, other.groups).map({ UInt64($0) << 32 | UInt64($1) }).sorted() {
      let (one, other) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
      if let last = table.last, last.one == one, last.other == other {
        table[table.count - 1].size += 1
      } else {
        table.append((one, other, 1))
      }
    }
    return table
  }
}
