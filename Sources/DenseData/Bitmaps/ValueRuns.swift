/// The members of one container as runs of consecutive values, ascending, with a gap between any two.
struct ValueRuns: Sendable, Hashable {
  /// A run from its first to its last value.
  struct Run: Sendable, Hashable {
    var first: UInt16
    var last: UInt16
  }

  var runs: ContiguousArray<Run>

  /// The number of members; O(runs).
  var count: Int { runs.reduce(0) { $0 + Int($1.last - $1.first) + 1 } }

  init(runs: ContiguousArray<Run> = []) { self.runs = runs }

  /// The runs of values that ascend strictly.
  init(_ values: ContiguousArray<UInt16>) {
    runs = []
    for value in values { append(Run(first: value, last: value)) }
  }

  /// The runs of bits.
  init(_ bitmap: BitmapWords) {
    runs = []
    for place in bitmap.words.indices {
      var word = bitmap.words[place]
      let base = place * 64
      while word != 0 {
        let first = word.trailingZeroBitCount
        let length = (~(word &>> UInt64(first))).trailingZeroBitCount
        append(
          Run(
            first: UInt16(truncatingIfNeeded: base + first), last: UInt16(truncatingIfNeeded: base + first + length - 1)
          ))
        if first + length >= 64 { break }
        word &= ~0 &<< UInt64(first + length)
      }
    }
  }

  /// Adds a run that begins at or after the first value of the last one, and joins it with that one if they touch.
  @inline(__always)
  mutating func append(_ run: Run) {
    if let end = runs.last, Int(run.first) <= Int(end.last) + 1 {
      if run.last > end.last { runs[runs.count - 1].last = run.last }
    } else {
      runs.append(run)
    }
  }

  /// The position of the last run that begins at or before a value, −1 when there is none; O(log runs).
  func index(notAfter value: UInt16) -> Int {
    runs.withUnsafeBufferPointer { runs in
      var (low, high) = (0, runs.count)
      while low < high {
        let middle = (low + high) / 2
        if runs[middle].first <= value { low = middle + 1 } else { high = middle }
      }
      return low - 1
    }
  }

  func contains(_ value: UInt16) -> Bool {
    let place = index(notAfter: value)
    return place >= 0 && value <= runs[place].last
  }

  func values() -> ContiguousArray<UInt16> {
    ContiguousArray(unsafeUninitializedCapacity: count) { buffer, filled in
      for run in runs {
        for value in run.first...run.last {
          buffer[filled] = value
          filled += 1
        }
      }
    }
  }

  func bitmap() -> BitmapWords {
    var bitmap = BitmapWords()
    bitmap.insert(self)
    return bitmap
  }
}

extension ValueRuns {
  /// Calls the body with each piece that two lists of runs have in common, in order.
  @inline(__always)
  private func forEachCommon(_ other: ValueRuns, _ body: (Run) -> Void) {
    runs.withUnsafeBufferPointer { left in
      other.runs.withUnsafeBufferPointer { right in
        var (one, next) = (0, 0)
        while one < left.count, next < right.count {
          let piece = Run(
            first: max(left[one].first, right[next].first), last: min(left[one].last, right[next].last))
          if piece.first <= piece.last { body(piece) }
          let (oneLast, nextLast) = (left[one].last, right[next].last)
          one &+= oneLast <= nextLast ? 1 : 0
          next &+= nextLast <= oneLast ? 1 : 0
        }
      }
    }
  }

  func intersection(_ other: ValueRuns) -> ValueRuns {
    var result = ValueRuns()
    forEachCommon(other) { result.runs.append($0) }
    return result
  }

  func intersectionCount(_ other: ValueRuns) -> Int {
    var count = 0
    forEachCommon(other) { count &+= Int($0.last &- $0.first) &+ 1 }
    return count
  }

  /// Calls the body with each value of a list that lies in a run.
  @inline(__always)
  func forEachMember(of values: ContiguousArray<UInt16>, _ body: (UInt16) -> Void) {
    runs.withUnsafeBufferPointer { runs in
      var place = 0
      for value in values {
        while place < runs.count, runs[place].last < value { place &+= 1 }
        if place == runs.count { return }
        if runs[place].first <= value { body(value) }
      }
    }
  }
}
