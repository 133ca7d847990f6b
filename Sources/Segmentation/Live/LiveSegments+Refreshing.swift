extension LiveSegments {
  /// Brings the terms of a slot up to date, notes which changed and when they may change by themselves.
  @inline(__always)
  mutating func refresh(slot: Int, of person: Int, at moment: Int64) {
    switch plan.slots[slot] {
    case .counts(let stream, let windows):
      let earliest = logs[person &* plan.admissions.count &+ stream].times.withUnsafeBufferPointer { times in
        rows.change(person) { row in
          let next = plan.settleCounts(windows, times, at: moment, row, &scratch.flipped)
          row.setDeadline(slot, next)
          return next
        }
      }
      scratch.earliest = min(scratch.earliest, earliest)
    case .sums(let stream, let windows): refreshSums(slot, stream, windows, of: person, at: moment)
    case .leaf(let leaf): refresh(leaf: leaf, of: person, at: moment)
    }
  }

  private mutating func refreshSums(
    _ slot: Int, _ stream: Int, _ windows: Range<Int>, of person: Int, at moment: Int64
  ) {
    let log = logs[person * plan.admissions.count + stream]
    let earliest = rows.change(person) { row in
      let next = plan.settleSums(windows, log, at: moment, row, &scratch.flipped)
      row.setDeadline(slot, next)
      return next
    }
    scratch.earliest = min(scratch.earliest, earliest)
  }

  /// Evaluates a leaf that has no limits in a window.
  mutating func refresh(leaf: Int, of person: Int, at moment: Int64) {
    let (holds, next) = evaluate(leaf, of: person, at: moment)
    let slot = Int(plan.leafSlots[leaf])
    rows.change(person) { row in
      if row.leaf(leaf) != holds {
        row.turnLeaf(leaf)
        scratch.flipped.append(Int32(truncatingIfNeeded: leaf))
      }
      if slot >= 0 { row.setDeadline(slot, next) }
    }
    scratch.earliest = min(scratch.earliest, next)
  }

  /// Brings every term up to date; O(windows + leaves without limits).
  mutating func refreshAll(of person: Int, at moment: Int64) {
    for slot in plan.slots.indices {
      if case .leaf = plan.slots[slot] { continue }
      refresh(slot: slot, of: person, at: moment)
    }
    for leaf in plan.singleLeaves { refresh(leaf: Int(leaf), of: person, at: moment) }
  }
}
