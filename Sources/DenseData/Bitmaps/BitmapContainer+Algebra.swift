extension BitmapContainer {
  /// The members of either.
  func union(_ other: BitmapContainer) -> BitmapContainer {
    switch (self, other) {
    case (.list(let left), .list(let right)):
      // Many values go into bits sooner than they are merged.
      if left.count + right.count > Self.listLimit {
        return BitmapContainer(fitting: BitmapWords(left, right))
      }
      return .list(SortedValues.union(left, right))
    case (.bitmap(let left), .bitmap(let right)): return .bitmap(left.union(right))
    case (.list(let list), .bitmap(var bitmap)), (.bitmap(var bitmap), .list(let list)):
      bitmap.insert(list)
      return .bitmap(bitmap)
    case (.runs(let left), .runs(let right)): return BitmapContainer(fitting: left.union(right))
    case (.runs(let runs), .bitmap(var bitmap)), (.bitmap(var bitmap), .runs(let runs)):
      if runs.isFull { return .runs(runs) }
      bitmap.insert(runs)
      return .bitmap(bitmap)
    case (.runs(let runs), .list(let list)), (.list(let list), .runs(let runs)):
      if runs.isFull { return .runs(runs) }
      return BitmapContainer(fitting: runs.union(list))
    }
  }

  /// The members of both.
  func intersection(_ other: BitmapContainer) -> BitmapContainer {
    switch (self, other) {
    case (.list(let left), .list(let right)): return .list(SortedValues.intersection(left, right))
    case (.bitmap(let left), .bitmap(let right)): return BitmapContainer(fitting: left.intersection(right))
    case (.list(let list), .bitmap(let bitmap)), (.bitmap(let bitmap), .list(let list)):
      return .list(list.kept { bitmap.contains($0) })
    case (.runs(let left), .runs(let right)): return BitmapContainer(fitting: left.intersection(right))
    case (.runs(let runs), .list(let list)), (.list(let list), .runs(let runs)):
      return .list(runs.members(of: list))
    case (.runs(let runs), .bitmap(let bitmap)), (.bitmap(let bitmap), .runs(let runs)):
      if runs.isFull { return .bitmap(bitmap) }
      return BitmapContainer(fitting: runs.bitmap().intersection(bitmap))
    }
  }

  /// The number of members of both.
  @inline(__always)
  func intersectionCount(_ other: BitmapContainer) -> Int {
    switch (self, other) {
    case (.list(let left), .list(let right)): return SortedValues.intersectionCount(left, right)
    case (.bitmap(let left), .bitmap(let right)): return left.intersectionCount(right)
    case (.list(let list), .bitmap(let bitmap)), (.bitmap(let bitmap), .list(let list)):
      return bitmap.count(of: list)
    case (.runs(let left), .runs(let right)): return left.intersectionCount(right)
    case (.runs(let runs), .list(let list)), (.list(let list), .runs(let runs)): return runs.count(of: list)
    case (.runs(let runs), .bitmap(let bitmap)), (.bitmap(let bitmap), .runs(let runs)):
      if runs.isFull { return bitmap.count }
      return runs.runs.reduce(0) { $0 + bitmap.count(from: $1.first, through: $1.last) }
    }
  }

  /// The members of this one that the other does not have.
  func difference(_ other: BitmapContainer) -> BitmapContainer {
    switch (plain, other.plain) {
    case (.list(let left), .list(let right)): .list(SortedValues.difference(left, right))
    case (.list(let list), .bitmap(let bitmap)): .list(list.kept { !bitmap.contains($0) })
    case (.bitmap(let left), .bitmap(let right)): BitmapContainer(fitting: left.difference(right))
    case (.bitmap(let bitmap), .list(let list)): BitmapContainer(fitting: bitmap.difference(BitmapWords(list)))
    case (.runs, _), (_, .runs): self
    }
  }

  /// The members of one that the other does not have.
  func symmetricDifference(_ other: BitmapContainer) -> BitmapContainer {
    switch (plain, other.plain) {
    case (.list(let left), .list(let right)): BitmapContainer(fitting: SortedValues.symmetricDifference(left, right))
    case (.bitmap(let left), .bitmap(let right)): BitmapContainer(fitting: left.symmetricDifference(right))
    case (.list(let list), .bitmap(let bitmap)), (.bitmap(let bitmap), .list(let list)):
      BitmapContainer(fitting: bitmap.symmetricDifference(BitmapWords(list)))
    case (.runs, _), (_, .runs): self
    }
  }
}

extension ContiguousArray<UInt16> {
  /// The values that pass a test, which is asked about each without a branch on its answer.
  @inline(__always)
  fileprivate func kept(_ test: (UInt16) -> Bool) -> Self {
    ContiguousArray(unsafeUninitializedCapacity: count) { buffer, filled in
      var kept = 0
      for value in self {
        buffer[kept] = value
        kept &+= test(value) ? 1 : 0
      }
      filled = kept
    }
  }
}

extension BitmapWords {
  /// How many values of a list are members.
  fileprivate func count(of list: ContiguousArray<UInt16>) -> Int {
    words.withUnsafeBufferPointer { words in
      var count: UInt64 = 0
      for value in list { count &+= words[Int(value >> 6)] &>> UInt64(value & 63) & 1 }
      return Int(truncatingIfNeeded: count)
    }
  }
}

extension ValueRuns {
  /// Whether every value is a member.
  fileprivate var isFull: Bool { runs.count == 1 && runs[0].first == 0 && runs[0].last == UInt16.max }

  /// The values of a list that are members.
  fileprivate func members(of list: ContiguousArray<UInt16>) -> ContiguousArray<UInt16> {
    ContiguousArray(unsafeUninitializedCapacity: list.count) { buffer, filled in
      var count = 0
      forEachMember(of: list) { value in
        buffer[count] = value
        count &+= 1
      }
      filled = count
    }
  }

  /// How many values of a list are members.
  fileprivate func count(of list: ContiguousArray<UInt16>) -> Int {
    var count = 0
    forEachMember(of: list) { _ in count &+= 1 }
    return count
  }
}
