import SCRMModel

/// Who has certain texts in their lists: all texts that a plan asks about are found in one walk over the lists.
struct ListBits {
  /// A text of a column, by its place in the dictionary.
  struct Test: Sendable, Hashable {
    let column: Int
    let code: UInt32
  }

  /// The bits of each test, one after the other.
  private var bits: ContiguousArray<UInt64>
  private let words: Int

  /// Walks the lists of some people; O(texts in their lists).
  init(_ tests: [Test], _ people: Range<Int>, _ columns: [FactColumn]) {
    let words = (people.count + 63) / 64
    self.words = words
    bits = ContiguousArray(repeating: 0, count: tests.count * words)
    for column in Set(tests.map(\.column)) {
      guard case .textLists(let starts, let codes, let dictionary) = columns[column].values else { continue }
      // Codes that nobody asks about share a row behind the last.
      var rows = [Int](repeating: tests.count * words, count: dictionary.count)
      for (number, test) in tests.enumerated() where test.column == column { rows[Int(test.code)] = number * words }
      var found = ContiguousArray<UInt64>(repeating: 0, count: (tests.count + 1) * words)
      codes.withUnsafeBufferPointer { codes in
        starts.withUnsafeBufferPointer { starts in
          found.withUnsafeMutableBufferPointer { found in
            for person in people {
              let lane = person &- people.lowerBound
              let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: lane & 63)
              for place in Int(starts[person])..<Int(starts[person + 1]) {
                found[rows[Int(codes[place])] &+ lane >> 6] |= bit
              }
            }
          }
        }
      }
      for place in bits.indices { bits[place] |= found[place] }
    }
  }

  /// Who has the text of a test.
  func bits(of test: Int) -> ArraySlice<UInt64> { ArraySlice(bits[(test * words)..<((test + 1) * words)]) }
}
