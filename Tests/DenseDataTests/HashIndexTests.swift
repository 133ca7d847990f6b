import DenseData
import Testing

/// The index against a dictionary, under every sequence of adding, finding and removing.
struct HashIndexTests {
  @Test(arguments: 0..<40)
  func itFindsWhatADictionaryFinds(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var index = HashIndex(capacity: seed % 3 == 0 ? 100 : 0)
    var keys: [Int: UInt64] = [:]
    var rows: [UInt64: Int] = [:]
    // Few different hashes, so that many rows share one and removal has to move others back.
    let spread = seed % 2 == 0 ? 7 : 5_000
    for step in 0..<2_000 {
      let key = UInt64(random.below(3_000))
      let hash = key % UInt64(spread)
      let found = index.find(hash) { keys[$0] == key }
      #expect(found == rows[key], "seed \(seed) step \(step)")
      if let row = found {
        if random.below(3) > 0 {
          index.remove(hash, row: row)
          rows[key] = nil
          keys[row] = nil
        }
      } else {
        index.insert(hash, row: step)
        rows[key] = step
        keys[step] = key
      }
      #expect(index.count == rows.count)
    }
    for key in 0..<UInt64(3_000) {
      #expect(index.find(key % UInt64(spread)) { keys[$0] == key } == rows[key])
    }
  }

  @Test
  func removingWhatIsNotThereChangesNothing() {
    var index = HashIndex()
    index.remove(1, row: 0)
    index.insert(1, row: 0)
    index.remove(1, row: 5)
    index.remove(2, row: 0)
    #expect(index.count == 1 && index.find(1) { $0 == 0 } == 0)
  }
}
