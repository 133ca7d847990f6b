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

  /// Takes the earliest deadlines out, in no order: at most `limit` of them, or all of one moment; what is added later has
  /// to be later than `through`.
  @inlinable
  mutating func takeFirst(limit: Int) -> (entries: ContiguousArray<Deadline>, through: Int64)? {
    while let level = occupied.firstIndex(where: { $0 != 0 }) {
      let slot = occupied[level].trailingZeroBitCount
      var taken: ContiguousArray<Deadline> = []
      swap(&taken, &buckets[level &* 64 &+ slot])
      occupied[level] &= occupied[level] &- 1
      count &-= taken.count
      let shift = UInt64(level &* 6)
      // The digits above stay, those below begin at 0. At the highest level there are no digits above.
      let above = shift &+ 6 >= 64 ? 0 : (position &>> (shift &+ 6)) &<< (shift &+ 6)
      position = above | UInt64(slot) &<< shift
      if taken.count <= limit || level == 0 {
        let last = position | (1 &<< shift &- 1)
        return (taken, Int64(bitPattern: last ^ (1 &<< 63)))
      }
      for entry in taken { add(entry) }
    }
    return nil
  }
}
