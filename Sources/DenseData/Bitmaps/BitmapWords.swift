/// The members of one container as 65,536 bits in 1,024 words, with their number.
struct BitmapWords: Sendable, Hashable {
  static let wordCount = 1024

  var words: ContiguousArray<UInt64>
  var count: Int

  /// A container without members.
  init() {
    words = ContiguousArray(repeating: 0, count: Self.wordCount)
    count = 0
  }

  /// Takes over words and counts them.
  init(words: ContiguousArray<UInt64>) {
    self.words = words
    count = 0
    recount()
  }

  /// The bits at these values, which ascend strictly.
  init(_ values: ContiguousArray<UInt16>) {
    self.init()
    insert(values)
  }

  /// The bits at the values of two lists, which ascend strictly.
  init(_ left: ContiguousArray<UInt16>, _ right: ContiguousArray<UInt16>) {
    self.init()
    set(left)
    set(right)
    recount()
  }

  /// Adds values that ascend strictly.
  mutating func insert(_ values: ContiguousArray<UInt16>) {
    if values.count > Self.wordCount / 2 {
      set(values)
      recount()
      return
    }
    var added = 0
    words.withUnsafeMutableBufferPointer { words in
      for value in values {
        let place = Int(value >> 6)
        let old = words[place]
        let new = old | (1 &<< UInt64(value & 63))
        added &+= Int(truncatingIfNeeded: (old ^ new) &>> UInt64(value & 63))
        words[place] = new
      }
    }
    count += added
  }

  /// Sets the bits of values without counting: four parts of the list in turn, as neighbours wait for one another's word.
  private mutating func set(_ values: ContiguousArray<UInt16>) {
    words.withUnsafeMutableBufferPointer { words in
      values.withUnsafeBufferPointer { values in
        @inline(__always)
        func set(_ value: UInt16) { words[Int(value >> 6)] |= 1 &<< UInt64(value & 63) }
        let quarter = values.count / 4
        for place in 0..<quarter {
          set(values[place])
          set(values[place &+ quarter])
          set(values[place &+ quarter &* 2])
          set(values[place &+ quarter &* 3])
        }
        for place in (quarter &* 4)..<values.count { set(values[place]) }
      }
    }
  }

  private mutating func recount() {
    count = words.withUnsafeBytes { bytes in
      CarrySaveCounter.count(Self.wordCount / 2) { Self.load(bytes, $0) }
    }
  }

  /// Whether a value is a member; O(1).
  func contains(_ value: UInt16) -> Bool { words[Int(value >> 6)] &>> UInt64(value & 63) & 1 == 1 }

  /// Adds a value; returns whether it is new.
  mutating func insert(_ value: UInt16) -> Bool {
    let bit: UInt64 = 1 &<< UInt64(value & 63)
    if words[Int(value >> 6)] & bit != 0 { return false }
    words[Int(value >> 6)] |= bit
    count += 1
    return true
  }

  /// Takes a value out; returns whether it was there.
  mutating func remove(_ value: UInt16) -> Bool {
    let bit: UInt64 = 1 &<< UInt64(value & 63)
    if words[Int(value >> 6)] & bit == 0 { return false }
    words[Int(value >> 6)] ^= bit
    count -= 1
    return true
  }

  /// The words that hold a range of values, each with the bits of the range.
  @inline(__always)
  static func forEachMask(_ first: UInt16, _ last: UInt16, _ body: (_ word: Int, _ mask: UInt64) -> Void) {
    let (start, end) = (Int(first >> 6), Int(last >> 6))
    let head = ~0 &<< UInt64(first & 63)
    let tail = ~0 &>> UInt64(63 - last & 63)
    if start == end { return body(start, head & tail) }
    body(start, head)
    for word in (start + 1)..<end { body(word, ~0) }
    body(end, tail)
  }

  /// Adds the values of runs; counted once at the end, as 64 bits at a time are counted slowly.
  mutating func insert(_ runs: ValueRuns) {
    words.withUnsafeMutableBufferPointer { words in
      for run in runs.runs { Self.forEachMask(run.first, run.last) { word, mask in words[word] |= mask } }
    }
    recount()
  }

  /// How many members lie in a range.
  func count(from first: UInt16, through last: UInt16) -> Int {
    var sum = 0
    words.withUnsafeBufferPointer { words in
      Self.forEachMask(first, last) { word, mask in sum += (words[word] & mask).nonzeroBitCount }
    }
    return sum
  }

  /// The members in ascending order.
  func values() -> ContiguousArray<UInt16> {
    ContiguousArray(unsafeUninitializedCapacity: count) { buffer, filled in
      for place in words.indices {
        var word = words[place]
        let base = UInt16(truncatingIfNeeded: place &<< 6)
        while word != 0 {
          buffer[filled] = base | UInt16(truncatingIfNeeded: word.trailingZeroBitCount)
          filled += 1
          word &= word &- 1
        }
      }
    }
  }

  /// The number of runs of consecutive members.
  func runCount() -> Int {
    var runs = 0
    var carry: UInt64 = 0
    for word in words {
      runs += (word & ~(word &<< 1 | carry)).nonzeroBitCount
      carry = word &>> 63
    }
    return runs
  }

  @inline(__always)
  private static func load(_ bytes: UnsafeRawBufferPointer, _ vector: Int) -> CarrySaveCounter.Vector {
    bytes.loadUnaligned(fromByteOffset: vector &* 16, as: CarrySaveCounter.Vector.self)
  }
}

extension BitmapWords {
  @inline(__always)
  private static func load(_ base: UnsafeRawPointer, _ vector: Int) -> CarrySaveCounter.Vector {
    base.loadUnaligned(fromByteOffset: vector &* 16, as: CarrySaveCounter.Vector.self)
  }

  /// A new container of the words that a function makes of each two, and their count.
  @inline(__always)
  private static func combine(
    _ left: BitmapWords, _ right: BitmapWords,
    _ operation: (CarrySaveCounter.Vector, CarrySaveCounter.Vector) -> CarrySaveCounter.Vector
  ) -> BitmapWords {
    var result = BitmapWords(words: [], count: 0)
    result.words = ContiguousArray(unsafeUninitializedCapacity: wordCount) { buffer, filled in
      left.words.withUnsafeBytes { left in
        right.words.withUnsafeBytes { right in
          guard let left = left.baseAddress, let right = right.baseAddress, let base = buffer.baseAddress else {
            return
          }
          let target = UnsafeMutableRawPointer(base)
          result.count = CarrySaveCounter.count(wordCount / 2) { vector in
            let value = operation(load(left, vector), load(right, vector))
            target.storeBytes(of: value, toByteOffset: vector &* 16, as: CarrySaveCounter.Vector.self)
            return value
          }
        }
      }
      filled = wordCount
    }
    return result
  }

  private init(words: ContiguousArray<UInt64>, count: Int) {
    self.words = words
    self.count = count
  }

  func union(_ other: BitmapWords) -> BitmapWords { Self.combine(self, other) { $0 | $1 } }
  func intersection(_ other: BitmapWords) -> BitmapWords { Self.combine(self, other) { $0 & $1 } }
  func difference(_ other: BitmapWords) -> BitmapWords { Self.combine(self, other) { $0 & ~$1 } }
  func symmetricDifference(_ other: BitmapWords) -> BitmapWords { Self.combine(self, other) { $0 ^ $1 } }

  /// The number of common members.
  func intersectionCount(_ other: BitmapWords) -> Int {
    words.withUnsafeBytes { left in
      other.words.withUnsafeBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return 0 }
        return CarrySaveCounter.count(Self.wordCount / 2) { Self.load(left, $0) & Self.load(right, $0) }
      }
    }
  }
}
