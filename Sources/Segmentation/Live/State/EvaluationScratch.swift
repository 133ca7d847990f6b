import SCRMModel

/// Memory that evaluations share.
struct EvaluationScratch: Sendable {
  /// The leaves whose truth changed.
  var flipped: ContiguousArray<Int32> = []
  /// The slots that are due.
  var due: ContiguousArray<Int32> = []
  /// The earliest deadline of the slots brought up to date.
  var earliest = Int64.max
  /// The logs that the next deadlines look at.
  var logs: ContiguousArray<Int> = []
  /// What was read ahead of its use; it means nothing.
  var seen: UInt64 = 0
  var asked: AskedSegments
  var settled: SettledSegments
  var factActivation: ExpressionActivation

  init(_ plan: LivePlan) {
    asked = AskedSegments(segments: plan.ranked.count)
    settled = SettledSegments(segments: plan.ranked.count)
    factActivation = ExpressionActivation(plan.factEnvironment)
  }
}

/// The segments that are to be evaluated, by rank: a bit each, and a bit for every 64 of them.
struct AskedSegments: Sendable {
  private var words: ContiguousArray<UInt64>
  private var blocks: ContiguousArray<UInt64>
  /// The leaf that asked, for each rank.
  private var leaves: ContiguousArray<Int32>

  init(segments: Int) {
    words = ContiguousArray(repeating: 0, count: (segments + 63) / 64)
    blocks = ContiguousArray(repeating: 0, count: (words.count + 63) / 64)
    leaves = ContiguousArray(repeating: -1, count: segments)
  }

  /// Asks the segment of a rank on behalf of a leaf; of several leaves the one with the lowest number is named.
  @inline(__always)
  mutating func insert(_ rank: Int, leaf: Int32) {
    let bit: UInt64 = 1 &<< UInt64(rank & 63)
    let word = words[rank >> 6]
    let isNew = word & bit == 0
    words[rank >> 6] = word | bit
    blocks[rank >> 12] |= 1 &<< UInt64(rank >> 6 & 63)
    if isNew || leaf < leaves[rank] { leaves[rank] = leaf }
  }

  /// Asks every segment on behalf of no leaf.
  mutating func insertAll() { for rank in leaves.indices { insert(rank, leaf: -1) } }

  /// Takes the segment of the lowest rank out.
  @inline(__always)
  mutating func popFirst(from block: inout Int) -> (rank: Int, leaf: Int32)? {
    while block < blocks.count {
      guard blocks[block] != 0 else {
        block &+= 1
        continue
      }
      let place = block &<< 6 | blocks[block].trailingZeroBitCount
      let word = words[place]
      let rank = place &<< 6 | word.trailingZeroBitCount
      words[place] = word & (word &- 1)
      if words[place] == 0 { blocks[block] &= blocks[block] &- 1 }
      return (rank, leaves[rank])
    }
    return nil
  }
}

/// The segments that a person just entered or left.
struct SettledSegments: Sendable {
  struct Outcome: Sendable {
    private let bits: UInt32

    @inline(__always)
    init(_ segment: UInt32, _ isEntry: UInt32) { bits = segment &<< 1 | isEntry }

    var segment: Int { Int(bits &>> 1) }
    var isEntry: Bool { bits & 1 == 1 }
  }

  private var outcomes: ContiguousArray<Outcome>

  init(segments: Int) { outcomes = ContiguousArray(repeating: Outcome(0, 0), count: max(segments, 1)) }

  /// The outcomes found last.
  func first(_ count: Int) -> ArraySlice<Outcome> { outcomes[..<count] }

  /// Decides the segments that a leaf asks, turns memberships that changed, and gives how many did.
  ///
  /// Whether a membership changes cannot be foretold, so every outcome is written and only the counter depends on it.
  @inline(__always)
  mutating func collect(_ tabled: ContiguousArray<TabledSegment>, _ places: Range<Int>, _ row: LiveRow) -> Int {
    let members = row.layout.members
    return tabled.withUnsafeBufferPointer { tabled in
      outcomes.withUnsafeMutableBufferPointer { outcomes in
        var count = 0
        for place in places {
          let entry = tabled[place]
          let isEntry = entry.table.answer(row.base)
          let word = members &+ Int(entry.segment &>> 6)
          let shift = UInt64(entry.segment & 63)
          let members = row.base[word]
          let change = members &>> shift & 1 ^ UInt64(isEntry)
          row.base[word] = members ^ change &<< shift
          outcomes[count] = Outcome(entry.segment, isEntry)
          count &+= Int(truncatingIfNeeded: change)
        }
        return count
      }
    }
  }

  /// Decides any segment, turns the membership if it changed, and tells whether it did.
  mutating func collect(_ segment: Int, _ programs: SegmentPrograms, _ row: LiveRow) -> Bool {
    let isEntry = row.holds(segment, programs)
    guard isEntry != row.isMember(segment) else { return false }
    row.turnMembership(segment)
    outcomes[0] = Outcome(UInt32(truncatingIfNeeded: segment), isEntry ? 1 : 0)
    return true
  }
}
