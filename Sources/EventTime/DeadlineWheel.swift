/// Deadlines from a moment on, in buckets that are finer the nearer they are: a hierarchical timing wheel.
///
/// Each level has 64 buckets by six bits of the time; a deadline stands at the level of the highest of these digits in
/// which it differs from the wheel's position (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987). Adding is
/// one write at the end of a bucket, and a deadline moves at most once a level, each time through memory in order, so
/// that the cost does not grow with the number that wait.
@usableFromInline
struct DeadlineWheel: Sendable {
  @usableFromInline static let levels = 11

  /// Buckets level by level; empty while nothing was ever added.
  @usableFromInline var buckets: ContiguousArray<ContiguousArray<Deadline>> = []
  /// For each level which buckets hold something.
  @usableFromInline var occupied: ContiguousArray<UInt64> = []
  /// No deadline is earlier; times are compared as numbers without sign, so this is the time with its sign bit turned.
  @usableFromInline var position: UInt64 = 0
  @usableFromInline var count = 0

  @inlinable
  init() {}

  @inlinable
  static func key(_ time: Int64) -> UInt64 { UInt64(bitPattern: time) ^ (1 &<< 63) }

  /// Adds a deadline that is not earlier than the position; O(1) amortised.
  @inlinable
  mutating func add(_ entry: Deadline) {
    if buckets.isEmpty {
      buckets = ContiguousArray(repeating: [], count: Self.levels * 64)
      occupied = ContiguousArray(repeating: 0, count: Self.levels)
    }
    let key = Self.key(entry.time)
    let level = (63 &- (key ^ position | 1).leadingZeroBitCount) / 6
    let slot = Int(truncatingIfNeeded: key &>> UInt64(level &* 6)) & 63
    buckets[level &* 64 &+ slot].append(entry)
    occupied[level] |= 1 &<< UInt64(slot)
    count &+= 1
  }

  /// Moves the earliest deadlines elsewhere, in no order: those of one bucket or of several that follow one another, at most
  /// `limit` of them or else all of one moment.
  /// - Returns: what is left is later than this; `nil` when nothing waits.
  @inlinable
  mutating func moveFirst(limit: Int, to target: inout ContiguousArray<Deadline>) -> Int64? {
    while let level = occupied.firstIndex(where: { $0 != 0 }) {
      let shift = UInt64(level &* 6)
      // The digits above stay, those below begin at 0. At the highest level there are no digits above.
      let above = shift &+ 6 >= 64 ? 0 : (position &>> (shift &+ 6)) &<< (shift &+ 6)
      let first = level &* 64 &+ occupied[level].trailingZeroBitCount
      if buckets[first].count > limit, level > 0 {
        var divided: ContiguousArray<Deadline> = []
        swap(&divided, &buckets[first])
        leave(level, divided.count)
        position = above | UInt64(first & 63) &<< shift
        for entry in divided { add(entry) }
        continue
      }
      let start = target.count
      repeat {
        let slot = occupied[level].trailingZeroBitCount
        let place = level &* 64 &+ slot
        target.append(contentsOf: buckets[place])
        leave(level, buckets[place].count)
        buckets[place].removeAll(keepingCapacity: true)
        position = above | UInt64(slot) &<< shift
      } while occupied[level] != 0
        && target.count &- start &+ buckets[level &* 64 &+ occupied[level].trailingZeroBitCount].count <= limit
      return Int64(bitPattern: (position | (1 &<< shift &- 1)) ^ (1 &<< 63))
    }
    return nil
  }

  /// Takes note that the first bucket of a level is empty now.
  @inlinable
  mutating func leave(_ level: Int, _ entries: Int) {
    occupied[level] &= occupied[level] &- 1
    count &-= entries
  }
}
