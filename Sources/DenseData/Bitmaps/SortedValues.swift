/// Set operations on short lists of values that ascend strictly.
enum SortedValues {
  typealias List = ContiguousArray<UInt16>

  /// From this ratio of lengths on, each value of the shorter list is searched in the longer one.
  private static let searchRatio = 32

  /// The first position in `start ..< list.count` whose value is not below `value`: doubling steps, then halving.
  @inline(__always)
  private static func lowerBound(_ list: UnsafeBufferPointer<UInt16>, _ value: UInt16, from start: Int) -> Int {
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
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        List(unsafeUninitializedCapacity: min(left.count, right.count)) { buffer, filled in
          var count = 0
          forEachCommon(left, right) { value in
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
        var (one, other) = (0, 0)
        var matches = SIMD8<UInt16>.zero
        if short.count >= 8, let shortBase = short.baseAddress, let longBase = long.baseAddress {
          let (shortEnd, longEnd) = (short.count - 8, long.count - 8)
          while one <= shortEnd, other <= longEnd {
            // At most 65,536 ÷ 8 steps add at most 1 to each lane.
            matches &+= common(block(shortBase + one), block(longBase + other))
            let (first, second) = (shortBase[one &+ 7], longBase[other &+ 7])
            one &+= first <= second ? 8 : 0
            other &+= second <= first ? 8 : 0
          }
        }
        for lane in 0..<8 { count &+= Int(matches[lane]) }
        // What was compared within a block and is still ahead has not met a common value twice: lists ascend strictly.
        forEachCommon(
          UnsafeBufferPointer(rebasing: short[one...]), UnsafeBufferPointer(rebasing: long[other...])
        ) { _ in count &+= 1 }
        return count
      }
    }
  }

  @inline(__always)
  private static func block(_ start: UnsafePointer<UInt16>) -> SIMD8<UInt16> {
    UnsafeRawPointer(start).loadUnaligned(as: SIMD8<UInt16>.self)
  }

  /// In each lane 1 where the value of the left block is one of the right block.
  @inline(__always)
  private static func common(_ left: SIMD8<UInt16>, _ right: SIMD8<UInt16>) -> SIMD8<UInt16> {
    let shifted = SIMD8<UInt16>(right[1], right[2], right[3], right[4], right[5], right[6], right[7], right[0])
    var mask = (left .== right) .| (left .== shifted)
    mask = mask .| (left .== turned(right, 1)) .| (left .== turned(shifted, 1))
    mask = mask .| (left .== turned(right, 2)) .| (left .== turned(shifted, 2))
    mask = mask .| (left .== turned(right, 3)) .| (left .== turned(shifted, 3))
    return SIMD8<UInt16>.zero.replacing(with: 1, where: mask)
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
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        List(unsafeUninitializedCapacity: left.count + right.count) { buffer, filled in
          var (one, other, count) = (0, 0, 0)
          while one < left.count, other < right.count {
            let (first, second) = (left[one], right[other])
            buffer[count] = min(first, second)
            count &+= 1
            one &+= first <= second ? 1 : 0
            other &+= second <= first ? 1 : 0
          }
          while one < left.count {
            buffer[count] = left[one]
            (one, count) = (one &+ 1, count &+ 1)
          }
          while other < right.count {
            buffer[count] = right[other]
            (other, count) = (other &+ 1, count &+ 1)
          }
          filled = count
        }
      }
    }
  }

  static func difference(_ left: List, _ right: List) -> List {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        List(unsafeUninitializedCapacity: left.count) { buffer, filled in
          var (other, count) = (0, 0)
          for value in left {
            other = other < right.count && right[other] < value ? lowerBound(right, value, from: other) : other
            buffer[count] = value
            count &+= other < right.count && right[other] == value ? 0 : 1
          }
          filled = count
        }
      }
    }
  }

  static func symmetricDifference(_ left: List, _ right: List) -> List {
    union(difference(left, right), difference(right, left))
  }

  /// The position of a value, or where it would have to stand.
  @inline(__always)
  static func search(_ list: List, _ value: UInt16) -> (position: Int, isFound: Bool) {
    list.withUnsafeBufferPointer { list in
      var (low, length) = (0, list.count)
      // Without branches: the loop has the same length whatever is searched.
      while length > 1 {
        let half = length / 2
        low &+= list[low &+ half &- 1] < value ? half : 0
        length &-= half
      }
      if low < list.count, list[low] < value { low += 1 }
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
