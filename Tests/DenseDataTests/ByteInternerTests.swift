import DenseData
import Testing

/// Interning of bytes against a dictionary.
struct ByteInternerTests {
  /// Keys of every length around the word size, that agree in long beginnings and ends, one by one and in blocks.
  @Test(arguments: 0..<12)
  func itNumbersAsADictionaryDoes(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var interner = ByteInterner(capacity: seed % 2 * 50)
    var numbers: [[UInt8]: Int] = [:]
    for _ in 0..<200 {
      let keys = (0..<(1 + random.below(40))).map { _ -> [UInt8] in
        var key = [UInt8](repeating: UInt8(random.below(2)), count: random.below(35))
        if !key.isEmpty { key[random.below(key.count)] = UInt8(random.below(4)) }
        return key
      }
      for key in keys where numbers[key] == nil { numbers[key] = numbers.count }
      var bytes: [UInt8] = [7]
      var ranges: [ByteRange] = []
      for key in keys {
        ranges.append(ByteRange(start: UInt32(bytes.count), count: UInt32(key.count)))
        bytes += key
      }
      #expect(interner.hasRoom(bytes: bytes.count, keys: keys.count))
      if random.below(2) == 0 {
        let found = keys.map { key in key.withUnsafeBytes { interner.intern($0) } }
        #expect(found == keys.map { numbers[$0] ?? -1 })
      } else {
        var found = [UInt32](repeating: .max, count: keys.count)
        bytes.withUnsafeBytes { bytes in
          ranges.withUnsafeBufferPointer { ranges in
            found.withUnsafeMutableBufferPointer { found in
              if let base = bytes.baseAddress, let first = found.baseAddress {
                interner.intern(ranges, of: base, into: first)
              }
            }
          }
        }
        #expect(found.map(Int.init) == keys.map { numbers[$0] ?? -1 })
      }
      #expect(interner.count == numbers.count)
    }
    for (key, number) in numbers {
      #expect(key.withUnsafeBytes { interner.number(of: $0) } == number)
      #expect(interner.withBytes(of: number) { Array($0) } == key)
      let other = interner.count / 2
      let otherKey = interner.withBytes(of: other) { Array($0) }
      #expect(interner.isBefore(number, other) == key.lexicographicallyPrecedes(otherKey))
    }
    #expect([UInt8](repeating: 9, count: 3).withUnsafeBytes { interner.number(of: $0) } == nil)
  }

  @Test
  func anEmptyKeyIsAKey() {
    var interner = ByteInterner()
    #expect(interner.number(of: UnsafeRawBufferPointer(start: nil, count: 0)) == nil)
    #expect(interner.intern(UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
    #expect([UInt8]().withUnsafeBytes { interner.intern($0) } == 0)
    #expect([UInt8(0)].withUnsafeBytes { interner.intern($0) } == 1)
    #expect(interner.isBefore(0, 1) && !interner.isBefore(1, 0) && !interner.isBefore(0, 0))
  }
}
