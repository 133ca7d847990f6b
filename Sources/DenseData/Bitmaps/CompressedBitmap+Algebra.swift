extension CompressedBitmap {
  /// Which containers of two bitmaps stand beside one another.
  private enum Pair {
    case left(UInt16, BitmapContainer)
    case right(UInt16, BitmapContainer)
    case both(UInt16, BitmapContainer, BitmapContainer)
  }

  /// Walks the containers of two bitmaps in the order of their keys.
  @inline(__always)
  private func forEachPair(with other: CompressedBitmap, _ body: (Pair) -> Void) {
    var (one, next) = (0, 0)
    while one < keys.count || next < other.keys.count {
      if next == other.keys.count || one < keys.count && keys[one] < other.keys[next] {
        body(.left(keys[one], containers[one]))
        one += 1
      } else if one == keys.count || other.keys[next] < keys[one] {
        body(.right(other.keys[next], other.containers[next]))
        next += 1
      } else {
        body(.both(keys[one], containers[one], other.containers[next]))
        (one, next) = (one + 1, next + 1)
      }
    }
  }

  private init(capacity: Int) {
    keys.reserveCapacity(capacity)
    containers.reserveCapacity(capacity)
  }

  /// The members of either; O(n).
  package func union(_ other: CompressedBitmap) -> CompressedBitmap {
    var result = CompressedBitmap(capacity: max(keys.count, other.keys.count))
    forEachPair(with: other) { pair in
      switch pair {
      case .left(let key, let container), .right(let key, let container): result.append(key, container)
      case .both(let key, let left, let right): result.append(key, left.union(right))
      }
    }
    return result
  }

  /// The members of both; O(n).
  package func intersection(_ other: CompressedBitmap) -> CompressedBitmap {
    var result = CompressedBitmap()
    forEachPair(with: other) { pair in
      if case .both(let key, let left, let right) = pair { result.append(key, left.intersection(right)) }
    }
    return result
  }

  /// The members that the other does not have; O(n).
  package func difference(_ other: CompressedBitmap) -> CompressedBitmap {
    var result = CompressedBitmap()
    forEachPair(with: other) { pair in
      switch pair {
      case .left(let key, let container): result.append(key, container)
      case .right: break
      case .both(let key, let left, let right): result.append(key, left.difference(right))
      }
    }
    return result
  }

  /// The members of exactly one of the two; O(n).
  package func symmetricDifference(_ other: CompressedBitmap) -> CompressedBitmap {
    var result = CompressedBitmap()
    forEachPair(with: other) { pair in
      switch pair {
      case .left(let key, let container), .right(let key, let container): result.append(key, container)
      case .both(let key, let left, let right): result.append(key, left.symmetricDifference(right))
      }
    }
    return result
  }

  /// The number of members of both, without making their set; O(n).
  package func intersectionCount(_ other: CompressedBitmap) -> Int {
    var count = 0
    var (one, next) = (0, 0)
    while one < keys.count, next < other.keys.count {
      let (key, otherKey) = (keys[one], other.keys[next])
      if key == otherKey { count &+= containers[one].intersectionCount(other.containers[next]) }
      one &+= key <= otherKey ? 1 : 0
      next &+= otherKey <= key ? 1 : 0
    }
    return count
  }

  /// The members of any of several bitmaps; O(n), without a bitmap for each step.
  package static func union(of bitmaps: [CompressedBitmap]) -> CompressedBitmap {
    // Neighbours first, so that each member is moved O(log of their number) times.
    var level = bitmaps
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { place in
        place + 1 < level.count ? level[place].union(level[place + 1]) : level[place]
      }
    }
    return level.first ?? CompressedBitmap()
  }
}
