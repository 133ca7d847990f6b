import DenseData
import Testing

/// Compressed bitmaps against sets of the standard library, for each kind of container and each two of them.
struct CompressedBitmapTests {
  enum Kind: CaseIterable { case list, bits, runs, mixed }

  static func numbers(_ kind: Kind, _ random: inout SeededGenerator) -> Set<UInt32> {
    var numbers: Set<UInt32> = []
    for block in 0..<3 where random.below(5) > 0 {
      let base = UInt32(block * 7) << 16
      switch kind == .mixed ? [.list, .bits, .runs][random.below(3)] : kind {
      case .list: for _ in 0..<random.below(900) { numbers.insert(base + UInt32(random.below(65536))) }
      case .bits, .mixed:
        for _ in 0..<(5000 + random.below(9000)) { numbers.insert(base + UInt32(random.below(65536))) }
      case .runs:
        for _ in 0..<(1 + random.below(12)) {
          let start = random.below(65536)
          for value in start..<min(start + random.below(2000) + 1, 65536) { numbers.insert(base + UInt32(value)) }
        }
      }
    }
    return numbers
  }

  @Test(arguments: Kind.allCases, Kind.allCases)
  func itAgreesWithSets(left: Kind, right: Kind) throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2 {
      let (one, other) = (Self.numbers(left, &random), Self.numbers(right, &random))
      var (a, b) = (CompressedBitmap(one), CompressedBitmap(other))
      a.optimiseRuns()
      b.optimiseRuns()
      #expect(a.numbers() == one.sorted() && a.count == one.count)
      #expect(a.union(b).numbers() == one.union(other).sorted())
      #expect(a.intersection(b).numbers() == one.intersection(other).sorted())
      #expect(a.difference(b).numbers() == one.subtracting(other).sorted())
      #expect(a.symmetricDifference(b).numbers() == one.symmetricDifference(other).sorted())
      #expect(a.intersectionCount(b) == one.intersection(other).count)
      #expect((a == b) == (one == other))
      let read = try CompressedBitmap(portable: a.portableBytes())
      #expect(read == a && a.portableBytes().count == a.portableByteCount)
      let sorted = one.sorted()
      for _ in 0..<30 {
        let number = UInt32(random.below(20 << 16))
        #expect(a.contains(number) == one.contains(number))
        #expect(a.rank(number) == sorted.count { $0 <= number })
        if !sorted.isEmpty {
          let place = random.below(sorted.count)
          #expect(a.select(place) == sorted[place] && a.contains(sorted[place]))
        }
      }
    }
  }

  @Test func itChangesInPlace() {
    var random = SeededGenerator(seed: 3)
    var oracle: Set<UInt32> = []
    var bitmap = CompressedBitmap()
    for step in 0..<8_000 {
      let number = UInt32(random.below(step % 3 == 0 ? 70_000 : 9_000))
      if random.below(3) > 0 {
        #expect(bitmap.insert(number) == oracle.insert(number).inserted)
      } else {
        #expect(bitmap.remove(number) == (oracle.remove(number) != nil))
      }
      if step % 2_000 == 0 { bitmap.optimiseRuns() }
    }
    #expect(bitmap.numbers() == oracle.sorted())
  }

  /// Bytes written by hand after the specification: 1, 2, 3, 100 as a list; 10 … 19 as a run.
  @Test func itReadsAndWritesThePortableFormat() throws {
    let list: [UInt8] = [0x3A, 0x30, 0, 0, 1, 0, 0, 0, 0, 0, 3, 0, 16, 0, 0, 0, 1, 0, 2, 0, 3, 0, 100, 0]
    let run: [UInt8] = [0x3B, 0x30, 0, 0, 1, 0, 0, 9, 0, 1, 0, 10, 0, 9, 0]
    #expect(try CompressedBitmap(portable: list).numbers() == [1, 2, 3, 100])
    #expect(CompressedBitmap([1, 2, 3, 100]).portableBytes() == list)
    #expect(try CompressedBitmap(portable: run).numbers() == Array(10...19))
    var ten = CompressedBitmap(10...19)
    ten.optimiseRuns()
    #expect(ten.portableBytes() == run)
  }

  @Test func itRefusesBrokenBytes() {
    let list: [UInt8] = [0x3A, 0x30, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 16, 0, 0, 0, 1, 0, 2, 0]
    for length in 0..<list.count {
      #expect(throws: BitmapFormatError.self) { try CompressedBitmap(portable: Array(list[..<length])) }
    }
    #expect(throws: BitmapFormatError.self) { try CompressedBitmap(portable: list + [0]) }
    // Another cookie, too many containers, a wrong offset, values that do not ascend.
    for (place, byte) in [(0, UInt8(1)), (6, 2), (12, 17), (16, 2)] {
      var broken = list
      broken[place] = byte
      #expect(throws: BitmapFormatError.self) { try CompressedBitmap(portable: broken) }
    }
    let overlap: [UInt8] = [0x3B, 0x30, 0, 0, 1, 0, 0, 9, 0, 2, 0, 10, 0, 4, 0, 14, 0, 4, 0]
    #expect(throws: BitmapFormatError.self) { try CompressedBitmap(portable: overlap) }
  }
}
