/// Set operations on short lists of values that ascend strictly.
enum SortedValues {
  typealias List = ContiguousArray<UInt16>

  /// From this ratio of lengths on, each value of the shorter list is searched in the longer one.
  private static let searchRatio = 32

  /// The first position in `start ..< list.count` whose value is not below `value`: doubling steps, then halving.
  @inline(__always)
  static func lowerBound(_ list: UnsafeBufferPointer<UInt16>, _ value: UInt16, from start: Int) -> Int {
    var low = start
    var step = 1
    while low + step < list.count, list[low + step] < value {
      low += step
      step *= 2
    }
    var high = min(low + step, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Calls the body with each common value.
  @inline(__always)
  private static func forEachCommon(
    _ left: UnsafeBufferPointer<UInt16>, _ right: UnsafeBufferPointer<UInt16>, _ body: (UInt16) -> Void
  ) {
    if left.count > right.count { return forEachCommonOrdered(right, left, body) }
    forEachCommonOrdered(left, right, body)
  }

  @inline(__always)
  private static func forEachCommonOrdered(
    _ short: UnsafeBufferPointer<UInt16>, _ long: UnsafeBufferPointer<UInt16>, _ body: (UInt16) -> Void
  ) {
    if short.count * searchRatio < long.count {
      var place = 0
      for value in short {
        place = lowerBound(long, value, from: place)
        if place == long.count { return }
        if long[place] == value { body(value) }
      }
      return
    }
    var (one, other) = (0, 0)
    while one < short.count, other < long.count {
      let (first, second) = (short[one], long[other])
      if first == second { body(first) }
      one &+= first <= second ? 1 : 0
      other &+= second <= first ? 1 : 0
    }
  }

  static func intersection(_ left: List, _ right: List) -> List {
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    guard short.count * searchRatio < long.count else {
      return SortedMerge.merged(left, right, keepsLeft: false, keepsBoth: true, keepsRight: false)
    }
    return short.withUnsafeBufferPointer { short in
      long.withUnsafeBufferPointer { long in
        List(unsafeUninitializedCapacity: short.count) { buffer, filled in
          var count = 0
          forEachCommonOrdered(short, long) { value in
            buffer[count] = value
            count &+= 1
          }
          filled = count
        }
      }
    }
  }

  /// The number of common values: eight values of each list against one another at a time.
  static func intersectionCount(_ left: List, _ right: List) -> Int {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        var count = 0
        if short.count * searchRatio < long.count {
          forEachCommonOrdered(short, long) { _ in count &+= 1 }
          return count
        }
        guard let shortBase = short.baseAddress, let longBase = long.baseAddress else { return 0 }
        // Each step waits for the one before; two halves that do not wait for one another take little more than one.
        let middle = short.count / 2
        let split = short.isEmpty ? 0 : lowerBound(long, short[middle], from: 0)
        var first = BlockWalk(one: 0, other: 0, oneEnd: middle, otherEnd: split)
        var second = BlockWalk(one: middle, other: split, oneEnd: short.count, otherEnd: long.count)
        // At most 65,536 ÷ 8 steps add at most 1 to each lane.
        var matches = SIMD8<UInt16>.zero
        while first.hasBlocks, second.hasBlocks {
          matches &-= first.step(shortBase, longBase)
          matches &-= second.step(shortBase, longBase)
        }
        while first.hasBlocks { matches &-= first.step(shortBase, longBase) }
        while second.hasBlocks { matches &-= second.step(shortBase, longBase) }
        for lane in 0..<8 { count &+= Int(matches[lane]) }
        // What was compared within a block and is still ahead has not met a common value twice: lists ascend strictly.
        for rest in [first, second] {
          forEachCommon(
            UnsafeBufferPointer(rebasing: short[rest.one..<rest.oneEnd]),
            UnsafeBufferPointer(rebasing: long[rest.other..<rest.otherEnd])
          ) { _ in count &+= 1 }
        }
        return count
      }
    }
  }

  /// A walk through parts of two lists, eight values of each at a time.
  private struct BlockWalk {
    var one: Int
    var other: Int
    let oneEnd: Int
    let otherEnd: Int

    var hasBlocks: Bool {
      @inline(__always) get { one &+ 8 <= oneEnd && other &+ 8 <= otherEnd }
    }

    /// Compares a block of each and goes on where the last value is lower; a lane is all ones where the left block's value
    /// is one of the right block.
    @inline(__always)
    mutating func step(_ left: UnsafePointer<UInt16>, _ right: UnsafePointer<UInt16>) -> SIMD8<UInt16> {
      let found = common(block(left + one), block(right + other))
      let (first, second) = (left[one &+ 7], right[other &+ 7])
      one &+= first <= second ? 8 : 0
      other &+= second <= first ? 8 : 0
      return found
    }
  }

  @inline(__always)
  private static func block(_ start: UnsafePointer<UInt16>) -> SIMD8<UInt16> {
    UnsafeRawPointer(start).loadUnaligned(as: SIMD8<UInt16>.self)
  }

  /// In each lane all ones where the value of the left block is one of the right block.
  @inline(__always)
  private static func common(_ left: SIMD8<UInt16>, _ right: SIMD8<UInt16>) -> SIMD8<UInt16> {
    let shifted = SIMD8<UInt16>(right[1], right[2], right[3], right[4], right[5], right[6], right[7], right[0])
    var mask = (left .== right) .| (left .== shifted)
    mask = mask .| (left .== turned(right, 1)) .| (left .== turned(shifted, 1))
    mask = mask .| (left .== turned(right, 2)) .| (left .== turned(shifted, 2))
    mask = mask .| (left .== turned(right, 3)) .| (left .== turned(shifted, 3))
    return SIMD8<UInt16>.zero.replacing(with: .max, where: mask)
  }

  /// The lanes moved by pairs.
  @inline(__always)
  private static func turned(_ vector: SIMD8<UInt16>, _ pairs: Int) -> SIMD8<UInt16> {
    let lanes = unsafeBitCast(vector, to: SIMD4<UInt32>.self)
    let moved =
      switch pairs {
      case 1: SIMD4(lanes[1], lanes[2], lanes[3], lanes[0])
      case 2: SIMD4(lanes[2], lanes[3], lanes[0], lanes[1])
      default: SIMD4(lanes[3], lanes[0], lanes[1], lanes[2])
      }
    return unsafeBitCast(moved, to: SIMD8<UInt16>.self)
  }

  static func union(_ left: List, _ right: List) -> List {
    SortedMerge.merged(left, right, keepsLeft: true, keepsBoth: true, keepsRight: true)
  }

  static func difference(_ left: List, _ right: List) -> List {
    SortedMerge.merged(left, right, keepsLeft: true, keepsBoth: false, keepsRight: false)
  }

  static func symmetricDifference(_ left: List, _ right: List) -> List {
    SortedMerge.merged(left, right, keepsLeft: true, keepsBoth: false, keepsRight: true)
  }

  /// The position of a value, or where it would have to stand.
  @inline(__always)
  static func search(_ list: List, _ value: UInt16) -> (position: Int, isFound: Bool) {
    list.withUnsafeBufferPointer { list in
      var (low, length) = (0, list.count)
      let wanted = Int(value)
      // All ones where a value is lower: arithmetic instead of a branch that cannot be foretold.
      @inline(__always)
      func isLower(_ place: Int) -> Int { (Int(list[place]) &- wanted) &>> 63 }
      // Three values at a time say in which quarter to go on.
      while length > 4 {
        let quarter = length / 4
        let passed =
          isLower(low &+ quarter &- 1) &+ isLower(low &+ quarter &* 2 &- 1) &+ isLower(low &+ quarter &* 3 &- 1)
        low &-= passed &* quarter
        length &-= quarter &* 3
      }
      let start = low
      for place in start..<(start &+ length) { low &-= isLower(place) }
      return (low, low < list.count && list[low] == value)
    }
  }

  /// The number of runs of consecutive values.
  static func runCount(_ list: List) -> Int {
    guard !list.isEmpty else { return 0 }
    var runs = 1
    for position in 1..<list.count where list[position] != list[position - 1] &+ 1 { runs += 1 }
    return runs
  }
}
