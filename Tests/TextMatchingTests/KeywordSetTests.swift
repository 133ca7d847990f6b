import Testing
import TextMatching

@Suite struct KeywordSetTests {
  @Test(arguments: [UInt64(1), 2, 3])
  func `behaves as a set of integers`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var set = KeywordSet(keywordCount: 10)
    var expected: Set<Int> = []
    for _ in 0..<100 {
      let index = Int.random(in: 0..<300, using: &random)
      set.insert(index)
      expected.insert(index)
      #expect(Array(set) == expected.sorted())
      #expect(set.count == expected.count)
    }
    for index in -1...400 { #expect(set.contains(index) == expected.contains(index)) }
    set.removeAll()
    #expect(set.isEmpty)
    #expect(Array(set).isEmpty)
  }

  @Test func `room does not count in comparison`() {
    var small = KeywordSet()
    var large = KeywordSet(keywordCount: 1_000)
    #expect(small == large)
    small.insert(3)
    large.insert(3)
    #expect(small == large)
    #expect(small.hashValue == large.hashValue)
    large.insert(900)
    #expect(small != large)
  }

  @Test func `indices that cannot be are ignored`() {
    var set = KeywordSet(keywordCount: .max)
    for index in [-1, Int.min, Int.max, KeywordAutomaton.maximumKeywordCount] { set.insert(index) }
    #expect(set.isEmpty)
    #expect(!set.contains(.max))
    set.insert(KeywordAutomaton.maximumKeywordCount - 1)
    #expect(set.count == 1)
  }
}
