import DenseData
import Testing

/// Union-find against labels that are rewritten with every union.
struct DisjointSetsTests {
  @Test(arguments: 0..<20)
  func itUnitesAsRelabellingDoes(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var sets = DisjointSets()
    var labels: [Int] = []
    for step in 0..<60 {
      let count = max(sets.count, 1 + random.below(400))
      sets.grow(to: count)
      while labels.count < count { labels.append(labels.count) }
      let pairs = (0..<(2 * random.below(200))).map { _ in UInt32(random.below(count)) }
      if step % 2 == 0 {
        pairs.withUnsafeBufferPointer { sets.unite(pairs: $0) }
      }
      for index in stride(from: 0, to: pairs.count, by: 2) {
        let (left, right) = (Int(pairs[index]), Int(pairs[index + 1]))
        let isNew = labels[left] != labels[right]
        if step % 2 == 1 { #expect(sets.unite(left, right) == isNew) }
        let (from, to) = (labels[left], labels[right])
        if isNew { for number in labels.indices where labels[number] == from { labels[number] = to } }
      }
      #expect(sets.setCount == Set(labels).count)
    }
    var roots: [Int: Int] = [:]
    var next = 0
    sets.forEachRoot { number, root in
      #expect(number == next)
      next += 1
      #expect(roots[labels[number], default: root] == root)
      roots[labels[number]] = root
    }
    #expect(next == sets.count)
    for (label, root) in roots { #expect(sets.size(ofRoot: root) == labels.count { $0 == label }) }
    #expect(roots.values.allSatisfy { root in sets.find(root) == root })
  }

  @Test
  func aNumberWithoutPartnerIsLeftOut() {
    var sets = DisjointSets(count: 3)
    [0, 1, 2].withUnsafeBufferPointer { sets.unite(pairs: $0) }
    #expect(sets.setCount == 2)
  }
}
