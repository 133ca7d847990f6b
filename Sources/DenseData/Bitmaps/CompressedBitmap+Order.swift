extension CompressedBitmap {
  /// The smallest member; O(1), or O(words) in bits.
  package var first: UInt32? { isEmpty ? nil : select(0) }

  /// The largest member.
  package var last: UInt32? { isEmpty ? nil : select(count - 1) }

  /// How many members are at most a number; O(containers).
  package func rank(_ number: UInt32) -> Int {
    let key = UInt16(truncatingIfNeeded: number >> 16)
    var rank = 0
    for place in keys.indices {
      if keys[place] > key { break }
      if keys[place] < key {
        rank += containers[place].count
      } else {
        rank += containers[place].rank(UInt16(truncatingIfNeeded: number))
      }
    }
    return rank
  }

  /// The member before which there are `index` others; `nil` when there are not so many.
  ///
  /// O(containers).
  package func select(_ index: Int) -> UInt32? {
    guard index >= 0 else { return nil }
    var left = index
    for place in keys.indices {
      let count = containers[place].count
      if left < count { return UInt32(keys[place]) << 16 | UInt32(containers[place].select(left)) }
      left -= count
    }
    return nil
  }

  /// The members in ascending order; O(n).
  package func numbers() -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      var next = 0
      for place in keys.indices {
        let base = UInt32(keys[place]) << 16
        switch containers[place] {
        case .list(let list):
          for value in list {
            buffer[next] = base | UInt32(value)
            next += 1
          }
        case .bitmap(let bitmap):
          for word in bitmap.words.indices {
            var bits = bitmap.words[word]
            let start = base | UInt32(truncatingIfNeeded: word &<< 6)
            while bits != 0 {
              buffer[next] = start | UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
              next += 1
              bits &= bits &- 1
            }
          }
        case .runs(let runs):
          for run in runs.runs {
            for value in run.first...run.last {
              buffer[next] = base | UInt32(value)
              next += 1
            }
          }
        }
      }
      filled = next
    }
  }

  /// The members with one key, for going through a large set piece by piece; `nil` when there are not so many pieces.
  package func piece(_ index: Int) -> (base: UInt32, values: ContiguousArray<UInt16>)? {
    guard keys.indices.contains(index) else { return nil }
    return (UInt32(keys[index]) << 16, containers[index].values)
  }
}

extension BitmapContainer {
  /// How many members are at most a value.
  fileprivate func rank(_ value: UInt16) -> Int {
    switch self {
    case .list(let list):
      let (position, isFound) = SortedValues.search(list, value)
      return position + (isFound ? 1 : 0)
    case .bitmap(let bitmap): return bitmap.count(from: 0, through: value)
    case .runs(let runs):
      var rank = 0
      for run in runs.runs {
        if run.first > value { break }
        rank += Int(min(run.last, value) - run.first) + 1
      }
      return rank
    }
  }

  /// The member before which there are `index` others, which is below the count.
  fileprivate func select(_ index: Int) -> UInt16 {
    switch self {
    case .list(let list): return list[index]
    case .bitmap(let bitmap):
      var left = index
      for place in bitmap.words.indices {
        var word = bitmap.words[place]
        let count = word.nonzeroBitCount
        if left >= count {
          left -= count
          continue
        }
        for _ in 0..<left { word &= word &- 1 }
        return UInt16(truncatingIfNeeded: place * 64 + word.trailingZeroBitCount)
      }
      return UInt16.max
    case .runs(let runs):
      var left = index
      for run in runs.runs {
        let length = Int(run.last - run.first) + 1
        if left < length { return run.first + UInt16(truncatingIfNeeded: left) }
        left -= length
      }
      return UInt16.max
    }
  }
}
