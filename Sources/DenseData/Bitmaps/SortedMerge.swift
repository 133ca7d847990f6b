/// A merge of parts of two lists of values that ascend strictly, without a branch on which value is lower.
struct SortedMerge {
  private var one: Int
  private var other: Int
  private var target: Int
  private let oneEnd: Int
  private let otherEnd: Int

  /// Merges two lists and keeps the values that stand in one, in the other or in both.
  ///
  /// The two halves of the lists are merged side by side, as their steps do not wait for one another; O(n).
  @inline(__always)
  static func merged(
    _ left: SortedValues.List, _ right: SortedValues.List, keepsLeft: Bool, keepsBoth: Bool, keepsRight: Bool
  ) -> SortedValues.List {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        SortedValues.List(unsafeUninitializedCapacity: left.count + right.count) { buffer, filled in
          let middle = left.count / 2
          let split = left.isEmpty ? 0 : SortedValues.lowerBound(right, left[middle], from: 0)
          var first = SortedMerge(one: 0, other: 0, target: 0, oneEnd: middle, otherEnd: split)
          var second = SortedMerge(
            one: middle, other: split, target: middle &+ split, oneEnd: left.count, otherEnd: right.count)
          @inline(__always)
          func step(_ merge: inout SortedMerge) {
            let (low, high) = (left[merge.one], right[merge.other])
            buffer[merge.target] = min(low, high)
            let isKept = low == high ? keepsBoth : low < high ? keepsLeft : keepsRight
            merge.target &+= isKept ? 1 : 0
            merge.one &+= low <= high ? 1 : 0
            merge.other &+= high <= low ? 1 : 0
          }
          @inline(__always)
          func finish(_ merge: inout SortedMerge) {
            while merge.hasBoth { step(&merge) }
            if keepsLeft { merge.append(left[merge.one..<merge.oneEnd], to: buffer) }
            if keepsRight { merge.append(right[merge.other..<merge.otherEnd], to: buffer) }
          }
          while first.hasBoth, second.hasBoth {
            step(&first)
            step(&second)
          }
          finish(&first)
          finish(&second)
          // What is not kept left a gap between the halves.
          filled = first.target
          for place in (middle &+ split)..<second.target {
            buffer[filled] = buffer[place]
            filled &+= 1
          }
        }
      }
    }
  }

  private var hasBoth: Bool {
    @inline(__always) get { one < oneEnd && other < otherEnd }
  }

  @inline(__always)
  private mutating func append(
    _ rest: Slice<UnsafeBufferPointer<UInt16>>, to buffer: UnsafeMutableBufferPointer<UInt16>
  ) {
    for value in rest {
      buffer[target] = value
      target &+= 1
    }
  }
}
