import SCRMModel

extension LiveSegments {
  /// Works out a person's memberships again from a moment in the past, and reports where they differ from what was said.
  ///
  /// O(moments at which a term may have changed since then × terms).
  mutating func correct(_ person: Int, from moment: Int64, cause: LiveMembershipChange.Cause) {
    let reported = recent[person].filter { $0.time >= moment }
    for change in reported.reversed() { _ = toggle(Int(change.segment), of: person) }
    let timeline = replay(person, from: moment, through: clock)
    recent[person] = recent[person].filter { $0.time < moment && $0.time >= clock &- lateness } + timeline
    schedule(person, scanning: true)

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
      var next = Int64.max
      for leaf in plan.leaves.indices {
        refresh(leaf, of: person, at: moment)
        next = min(next, nexts[person * plan.leaves.count + leaf])
      }
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
      for leaf in plan.leaves.indices { refresh(leaf, of: person, at: end) }
      scratch.flipped.removeAll(keepingCapacity: true)
    }
    return timeline
  }

  /// The next event or change of a fact after a moment.
  func nextHappening(_ person: Int, after moment: Int64) -> Int64 {
    var next = Int64.max
    let base = person * plan.streams.count
    for stream in plan.streams.indices {
      let log = logs[base + stream]
      let place = log.upperBound(moment)
      if place < log.times.count { next = min(next, log.times[place]) }
    }
    for change in facts[person].changes where change.time > moment { next = min(next, change.time) }
    return next
  }
}
