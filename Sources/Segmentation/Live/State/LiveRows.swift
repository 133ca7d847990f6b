/// Where the parts of a person's row lie, in words of 64 bits.
struct LiveRowLayout: Sendable {
  /// The places of the deadlines of slots.
  let deadlines: Range<Int>
  /// The place of the truth of leaves, a bit each.
  let leaves: Int
  /// The place of the memberships, a bit each.
  let members: Int
  /// The place of the levels of windows, 8 bits each.
  let levels: Int
  /// How many words a row has.
  let count: Int

  /// How many words stand before the deadlines.
  static let head = 3

  init(slots: Int, leaves leafCount: Int, segments: Int, windows: Int) {
    deadlines = Self.head..<(Self.head + slots)
    leaves = deadlines.upperBound
    members = leaves + (leafCount + 63) / 64
    levels = members + (segments + 63) / 64
    count = levels + (windows + 7) / 8
  }

  /// The bit of a leaf.
  func place(ofLeaf leaf: Int32) -> UInt32 { UInt32(truncatingIfNeeded: leaves * 64 + Int(leaf)) }

  /// The bit of a membership.
  func place(ofSegment segment: Int32) -> UInt32 { UInt32(truncatingIfNeeded: members * 64 + Int(segment)) }
}

/// The row of one person while it is read and changed.
struct LiveRow {
  let base: UnsafeMutableBufferPointer<UInt64>
  let layout: LiveRowLayout

  /// No slot is due before; `Int64.max` for never.
  @inline(__always)
  var due: Int64 {
    get { Int64(bitPattern: base[0]) }
    nonmutating set { base[0] = UInt64(bitPattern: newValue) }
  }

  /// When the latest change was reported; `Int64.min` when none that may still be corrected.
  @inline(__always)
  var reported: Int64 {
    get { Int64(bitPattern: base[1]) }
    nonmutating set { base[1] = UInt64(bitPattern: newValue) }
  }

  /// The number of the latest change in ``RecentChanges``, −1 for none.
  @inline(__always)
  var latest: Int {
    get { Int(truncatingIfNeeded: base[2]) }
    nonmutating set { base[2] = UInt64(truncatingIfNeeded: newValue) }
  }

  /// When a slot may change by itself.
  @inline(__always)
  func deadline(_ slot: Int) -> Int64 { Int64(bitPattern: base[LiveRowLayout.head &+ slot]) }

  @inline(__always)
  func setDeadline(_ slot: Int, _ time: Int64) { base[LiveRowLayout.head &+ slot] = UInt64(bitPattern: time) }

  /// The earliest deadline of all slots; O(slots).
  var earliest: Int64 {
    var earliest = Int64.max
    for place in layout.deadlines { earliest = min(earliest, Int64(bitPattern: base[place])) }
    return earliest
  }

  @inline(__always)
  func leaf(_ number: Int) -> Bool { base[layout.leaves &+ number >> 6] &>> UInt64(number & 63) & 1 == 1 }

  @inline(__always)
  func turnLeaf(_ number: Int) { base[layout.leaves &+ number >> 6] ^= 1 &<< UInt64(number & 63) }

  @inline(__always)
  func isMember(_ segment: Int) -> Bool { base[layout.members &+ segment >> 6] &>> UInt64(segment & 63) & 1 == 1 }

  @inline(__always)
  func turnMembership(_ segment: Int) { base[layout.members &+ segment >> 6] ^= 1 &<< UInt64(segment & 63) }

  @inline(__always)
  func level(_ window: Int) -> Int {
    Int(truncatingIfNeeded: base[layout.levels &+ window >> 3] &>> UInt64((window & 7) &* 8) & 0xff)
  }

  @inline(__always)
  func setLevel(_ window: Int, _ level: Int) {
    let place = layout.levels &+ window >> 3
    let shift = UInt64((window & 7) &* 8)
    base[place] = base[place] & ~(0xff &<< shift) | UInt64(truncatingIfNeeded: level) &<< shift
  }

  /// Whether the condition of a segment holds by the leaves and memberships of now.
  @inline(__always)
  func holds(_ segment: Int, _ programs: SegmentPrograms) -> Bool {
    programs.holds(segment, base)
  }
}

/// What is kept of every person in plain words: deadlines, truth of leaves, memberships and levels of windows.
///
/// The words of one person lie together, so that an event touches few lines of memory however many people there are.
struct LiveRows: Sendable {
  let layout: LiveRowLayout
  private var words: ContiguousArray<UInt64> = []
  /// The row of somebody who has done nothing and is in no segment.
  private let empty: ContiguousArray<UInt64>

  init(_ plan: LivePlan) {
    layout = plan.layout
    var empty = ContiguousArray<UInt64>(repeating: 0, count: layout.count)
    empty.withUnsafeMutableBufferPointer { words in
      let row = LiveRow(base: words, layout: plan.layout)
      row.due = .max
      row.reported = .min
      row.latest = -1
      for slot in plan.slots.indices { row.setDeadline(slot, .max) }
      plan.setLimitsOfNothing(row)
    }
    self.empty = empty
  }

  /// Adds the row of somebody new.
  mutating func append() { words.append(contentsOf: empty) }

  /// Gives a person's row, which must not be kept.
  @inline(__always)
  mutating func change<Result>(_ person: Int, _ body: (LiveRow) -> Result) -> Result {
    let (start, layout) = (person &* layout.count, layout)
    return words.withUnsafeMutableBufferPointer { words in
      body(
        LiveRow(
          base: UnsafeMutableBufferPointer(rebasing: words[start..<(start &+ layout.count)]), layout: layout))
    }
  }

  /// Reads every line of memory of a person's row, so that what follows need not wait for one after the other.
  @inline(__always)
  func touch(_ person: Int) -> UInt64 {
    words.withUnsafeBufferPointer { words in
      let (start, end) = (person &* layout.count, (person &+ 1) &* layout.count)
      var seen = words[end &- 1]
      // Eight words to a line.
      for place in stride(from: start, to: end, by: 8) { seen &+= words[place] }
      return seen
    }
  }

  /// The slot that is due first; O(slots).
  @inline(__always)
  func nextSlot(_ person: Int) -> Int {
    words.withUnsafeBufferPointer { words in
      let start = person &* layout.count &+ layout.deadlines.lowerBound
      var (earliest, next) = (Int64.max, 0)
      for slot in 0..<layout.deadlines.count {
        let deadline = Int64(bitPattern: words[start &+ slot])
        (earliest, next) = deadline < earliest ? (deadline, slot) : (earliest, next)
      }
      return next
    }
  }

  /// Whether a person is in a segment.
  func isMember(_ person: Int, of segment: Int) -> Bool {
    words[person * layout.count + layout.members + segment >> 6] >> UInt64(segment & 63) & 1 == 1
  }

  /// When a person has to be looked at.
  func due(_ person: Int) -> Int64 { Int64(bitPattern: words[person * layout.count]) }

  /// The number of the latest change of a person in ``RecentChanges``, −1 for none.
  func latest(_ person: Int) -> Int { Int(truncatingIfNeeded: words[person * layout.count + 2]) }

  /// Whether something was reported of a person at a time or later.
  func isReported(_ person: Int, from time: Int64) -> Bool {
    Int64(bitPattern: words[person * layout.count + 1]) >= time
  }
}
