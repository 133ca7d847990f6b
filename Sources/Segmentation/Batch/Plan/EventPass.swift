import DenseData
import SCRMModel

/// What one pass over the events of some people counts and sums.
///
/// An event is looked at once, whatever the number of windows: it adds to the row of its kind between two edges of
/// windows. Summed up from the latest row to the earliest, the rows hold how much happened from each edge on.
struct EventPass: Sendable {
  /// A count or a sum: the row from whose edge on it is taken, and the row that begins behind it, −1 where that is now.
  struct Slot: Sendable, Hashable {
    let row: Int
    let end: Int
  }

  /// Events of some kinds that fit a filter, by the edges of the windows over them.
  private struct Group: Sendable {
    let kinds: [Bool]?
    let filter: BatchPattern.Filter
    let isSum: Bool
    /// The keys at which windows begin or end, ascending.
    var edges: [UInt64] = []
    /// The row of the first edge.
    var first = 0
  }

  /// What an event of a kind adds to besides ``plainRows``.
  struct Entry: Sendable {
    let filter: BatchPattern.Filter
    let isSum: Bool
    /// Where its rows stand in ``rows``.
    let base: Int
  }

  /// The measures to take, each once.
  private var measures: [(group: Int, window: BatchWindow)] = []
  private var numbers: [Measure: Int] = [:]
  private var groups: [Group] = []
  private let kinds: Int
  /// Events from this key on have not happened yet.
  private let now: UInt64

  private(set) var clock: EdgeClock
  /// For each kind and each place between edges the row that an event of any amount adds to; row 0 is not read.
  private(set) var plainRows: ContiguousArray<Int32> = []
  /// For each place between edges the rows of entries.
  private(set) var rows: ContiguousArray<Int32> = []
  /// For each kind what else it adds to.
  private(set) var entries: ContiguousArray<ContiguousArray<Entry>> = []
  private var hasEntries: ContiguousArray<Bool> = []
  /// How many rows of counts there are.
  private(set) var countRows = 1
  /// How many rows of sums there are.
  private(set) var sumRows = 1
  /// The rows that are summed up into the one before, latest first.
  private(set) var countSteps: ContiguousArray<Int32> = []
  private(set) var sumSteps: ContiguousArray<Int32> = []

  init(kinds: Int, now: Int64) {
    self.kinds = kinds
    self.now = EventKeyCode(from: now &+ 1).bits
    clock = EdgeClock([])
  }

  /// Whether anything is counted or summed.
  var isEmpty: Bool { measures.isEmpty }

  /// The number of a count or of a sum of amounts, for ``slot(_:)``; `nil` for other measures and for filters that need the
  /// language.
  mutating func number(_ measure: Measure, _ compiled: BatchMeasure) -> Int? {
    if case .program = compiled.pattern.filter { return nil }
    guard measure.function == .count || measure.function == .sum && compiled.field == 0 else { return nil }
    if let known = numbers[measure] { return known }
    let isSum = measure.function == .sum
    let group =
      groups.firstIndex {
        $0.isSum == isSum && $0.kinds == compiled.pattern.kinds && $0.filter.isSame(compiled.pattern.filter)
      } ?? groups.count
    if group == groups.count {
      groups.append(Group(kinds: compiled.pattern.kinds, filter: compiled.pattern.filter, isSum: isSum))
    }
    groups[group].edges.append(compiled.window.low)
    if compiled.window.high < now { groups[group].edges.append(compiled.window.high) }
    numbers[measure] = measures.count
    measures.append((group, compiled.window))
    return measures.count - 1
  }

  /// Lays the rows out once every measure is known.
  mutating func close() {
    for number in groups.indices {
      groups[number].edges = Set(groups[number].edges).sorted()
      groups[number].first = groups[number].isSum ? sumRows : countRows
      let last = groups[number].first + groups[number].edges.count - 1
      let steps = stride(from: last, to: groups[number].first, by: -1).map { Int32($0) }
      if groups[number].isSum {
        sumRows = last + 1
        sumSteps += steps
      } else {
        countRows = last + 1
        countSteps += steps
      }
    }
    clock = EdgeClock(Set(groups.flatMap(\.edges)).sorted())
    let places = clock.edges.count
    plainRows = ContiguousArray(repeating: 0, count: kinds * places)
    entries = ContiguousArray(repeating: [], count: kinds)
    defer { hasEntries = ContiguousArray(entries.map { !$0.isEmpty }) }
    var hasPlain = [Bool](repeating: false, count: kinds)
    for group in groups {
      let found = (0..<places).map { place -> Int32 in
        // Place p lies behind p edges of all, and behind these of the group.
        let behind = place == 0 ? 0 : group.edges.prefix { $0 <= clock.edges[place - 1] }.count
        return behind == 0 ? 0 : Int32(group.first + behind - 1)
      }
      var base: Int?
      for kind in 0..<kinds where group.kinds?[kind] ?? true {
        if case .none = group.filter, !group.isSum, !hasPlain[kind] {
          hasPlain[kind] = true
          for place in 0..<places { plainRows[kind * places + place] = found[place] }
        } else {
          let known = base ?? rows.count
          if base == nil { rows += found }
          base = known
          entries[kind].append(Entry(filter: group.filter, isSum: group.isSum, base: known))
        }
      }
    }
  }

  /// The rows of a measure.
  func slot(_ number: Int) -> Slot {
    let (group, window) = measures[number]
    let edges = groups[group].edges
    // An empty window is taken from its beginning up to the same edge.
    let end = window.high < now ? edges.firstIndex(of: max(window.high, window.low)) : nil
    return Slot(
      row: groups[group].first + (edges.firstIndex(of: window.low) ?? 0),
      end: end.map { groups[group].first + $0 } ?? -1)
  }

  /// Adds the events of up to 64 people; the counts and sums of lane `n` stand at place ``place(_:)`` of each row.
  func run(
    _ people: Range<Int>, _ table: EventTable, counts: borrowing ScratchBuffer<Int32>,
    sums: borrowing ScratchBuffer<Int128>
  ) {
    counts.fill(0)
    sums.fill(0)
    let places = clock.edges.count
    table.rows.withUnsafeBufferPointer { events in
      plainRows.withUnsafeBufferPointer { plain in
        hasEntries.withUnsafeBufferPointer { hasEntries in
          for person in people {
            let lane = Self.place(person - people.lowerBound)
            for event in table.range(of: person) {
              let key = events[event].key
              if key.bits >= now { break }
              let place = clock.place(of: key.bits)
              counts[Int(plain[key.kind &* places &+ place]) &* 64 &+ lane] &+= 1
              if hasEntries[key.kind] { add(events[event], place, lane, counts, sums) }
            }
          }
        }
      }
    }
    for row in countSteps {
      let (later, earlier) = (counts.base + Int(row) &* 64, counts.base + (Int(row) &- 1) &* 64)
      for lane in 0..<64 { earlier[lane] &+= later[lane] }
    }
    for row in sumSteps {
      let (later, earlier) = (sums.base + Int(row) &* 64, sums.base + (Int(row) &- 1) &* 64)
      for lane in 0..<64 { earlier[lane] &+= later[lane] }
    }
  }

  /// Adds an event to the entries of its kind.
  private func add(
    _ event: EventTable.Row, _ place: Int, _ lane: Int, _ counts: borrowing ScratchBuffer<Int32>,
    _ sums: borrowing ScratchBuffer<Int128>
  ) {
    let units = event.amount.isNaN ? 0 : ExactSum.units(event.amount)
    for entry in entries[event.key.kind] {
      switch entry.filter {
      case .none: if entry.isSum, event.amount.isNaN { continue }
      case .amount(let comparison, let number):
        guard !event.amount.isNaN, comparison.holds(event.amount, number) else { continue }
      case .program: continue
      }
      let row = Int(rows[entry.base &+ place])
      if entry.isSum { sums[row &* 64 &+ lane] &+= units } else { counts[row &* 64 &+ lane] &+= 1 }
    }
  }

  /// Where the number of one of 64 people stands in a row: four rows of sixteen lie interleaved, so that comparing four
  /// neighbours at a time gives bits in the order of people.
  @inline(__always)
  static func place(_ lane: Int) -> Int { (lane & 15) &* 4 &+ lane >> 4 }
}

extension BatchPattern.Filter {
  /// Whether two filters without programs are the same.
  fileprivate func isSame(_ other: BatchPattern.Filter) -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.amount(let sign, let number), .amount(let otherSign, let otherNumber)):
      sign == otherSign && number == otherNumber
    default: false
    }
  }
}
