extension LiveSegments {
  /// Asks the segments of the leaves that changed, and those that name segments that changed.
  ///
  /// O(segments that ask a changed leaf).
  mutating func settleSegments(
    of person: Int, at moment: Int64, cause: LiveMembershipChange.Cause, asksAll: Bool = false
  ) {
    if scratch.flipped.isEmpty, !asksAll { return }
    recent.drop(before: clock &- lateness)
    let plan = plan
    let decided = Decided(person: person, moment: moment, cause: cause)
    rows.change(person) { row in
      if asksAll { scratch.asked.insertAll() }
      // Of several leaves that changed the one with the lowest number is named.
      if scratch.flipped.count > 1 { scratch.flipped.sort() }
      for leaf in scratch.flipped where !asksAll {
        let count = scratch.settled.collect(plan.tabled, plan.leafTabled.places(of: Int(leaf)), row)
        if count > 0 {
          decided.report(scratch.settled.first(count), leaf, row, &changes, &recent)
          if plan.hasDependents {
            for outcome in scratch.settled.first(count) {
              for place in plan.dependentRanks.places(of: outcome.segment) {
                scratch.asked.insert(Int(plan.dependentRanks.items[place]), leaf: leaf)
              }
            }
          }
        }
        for place in plan.leafRanks.places(of: Int(leaf)) {
          scratch.asked.insert(Int(plan.leafRanks.items[place]), leaf: leaf)
        }
      }
      var block = 0
      while let (rank, leaf) = scratch.asked.popFirst(from: &block) {
        let segment = Int(plan.ranked[rank])
        guard scratch.settled.collect(segment, plan.programs, row) else { continue }
        decided.report(scratch.settled.first(1), leaf, row, &changes, &recent)
        // Dependents come later in the order, so they are asked after everything they name.
        for place in plan.dependentRanks.places(of: segment) {
          scratch.asked.insert(Int(plan.dependentRanks.items[place]), leaf: leaf)
        }
      }
    }
    scratch.flipped.removeAll(keepingCapacity: true)
  }

  /// What changes are about besides their segments.
  private struct Decided {
    let person: Int
    let moment: Int64
    let cause: LiveMembershipChange.Cause

    /// Takes note of the segments that the person entered or left.
    func report(
      _ settled: ArraySlice<SettledSegments.Outcome>, _ leaf: Int32, _ row: LiveRow,
      _ changes: inout ContiguousArray<LiveMembershipChange>, _ recent: inout RecentChanges
    ) {
      changes.append(
        contentsOf: settled.lazy.map { outcome in
          LiveMembershipChange(
            person: person, segment: outcome.segment, isEntry: outcome.isEntry, time: moment, cause: cause,
            condition: leaf < 0 ? nil : Int(leaf), report: .present)
        })
      row.latest = recent.append(
        settled.lazy.map { outcome in
          RecentChange(time: moment, segment: Int32(truncatingIfNeeded: outcome.segment), isEntry: outcome.isEntry)
        }, previous: row.latest)
      row.reported = moment
    }
  }

  /// Whether the condition of a segment holds by the terms as they are.
  mutating func holds(_ segment: Int, _ person: Int) -> Bool {
    rows.change(person) { $0.holds(segment, plan.programs) }
  }

  /// Turns a membership round and gives what it is now.
  mutating func toggle(_ segment: Int, of person: Int) -> Bool {
    rows.change(person) { row in
      row.turnMembership(segment)
      return row.isMember(segment)
    }
  }
}
