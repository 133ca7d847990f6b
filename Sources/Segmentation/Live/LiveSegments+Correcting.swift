import SCRMModel

extension LiveSegments {
  /// Works out a person's memberships again from a moment in the past, and reports where they differ from what was said.
  ///
  /// O(moments at which a term may have changed since then × terms).
  mutating func correct(_ person: Int, from moment: Int64, cause: LiveMembershipChange.Cause) {
    let reported = recentChanges(of: person, from: moment)
    let before = recentChanges(of: person, from: clock &- lateness).filter { $0.time < moment }
    for change in reported.reversed() { _ = toggle(Int(change.segment), of: person) }
    let timeline = replay(person, from: moment, through: clock)
    keep(before + timeline, of: person)
    schedule(person)

    func report(_ change: RecentChange, _ report: LiveMembershipChange.Report) {
      changes.append(
        LiveMembershipChange(
          person: person, segment: Int(change.segment), isEntry: change.isEntry, time: change.time, cause: cause,
          condition: nil, report: report))
    }
    // Later reports are withdrawn first, so that applying the changes one by one always alternates.
    let (old, new) = (Set(reported), Set(timeline))
    for change in reported.reversed() where !new.contains(change) { report(change, .withdrawn) }
    for change in timeline where !old.contains(change) {
      report(change, change.time == clock ? .present : .added)
    }
  }

  /// The changes from one moment through another, from the memberships of before; the person's state is the later one's.
  mutating func replay(_ person: Int, from start: Int64, through end: Int64) -> [RecentChange] {
    var timeline: [RecentChange] = []
    var moment = start
    while true {
      refreshAll(of: person, at: moment)
      var next = rows.change(person) { $0.earliest }
      scratch.flipped.removeAll(keepingCapacity: true)
      for segment in plan.catalogue.order where holds(segment, person) != isMember(person, of: segment) {
        let isEntry = toggle(segment, of: person)
        timeline.append(RecentChange(time: moment, segment: Int32(segment), isEntry: isEntry))
      }
      next = min(next, nextHappening(person, after: moment))
      guard next <= end else { break }
      moment = next
    }
    if moment < end {
      // Nothing changes any more, but deadlines are those of the present.
      refreshAll(of: person, at: end)
      scratch.flipped.removeAll(keepingCapacity: true)
    }
    return timeline
  }

  /// The changes of a person from a moment on that may still be corrected, in the order of time.
  func recentChanges(of person: Int, from moment: Int64) -> [RecentChange] {
    recent.changes(endingWith: rows.latest(person), from: max(moment, clock &- lateness))
  }

  /// Replaces the changes of a person that may still be corrected.
  mutating func keep(_ changes: [RecentChange], of person: Int) {
    let latest = recent.append(changes, previous: -1)
    rows.change(person) { row in
      row.latest = latest
      row.reported = changes.last?.time ?? .min
    }
  }

  /// The next event or change of a fact after a moment.
  func nextHappening(_ person: Int, after moment: Int64) -> Int64 {
    var next = Int64.max
    let base = person * plan.admissions.count
    for stream in plan.streams.indices {
      let log = logs[base + stream]
      let place = log.upperBound(moment)
      if place < log.times.count { next = min(next, log.times[place]) }
    }
    for change in facts[person].changes where change.time > moment { next = min(next, change.time) }
    return next
  }
}
