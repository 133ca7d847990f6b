import EventTime

extension LiveSegments {
  /// Lets time pass: everyone whose membership changes with time alone enters and leaves.
  ///
  /// Going back changes nothing. O(deadlines × (log people + slots)).
  public mutating func advance(to time: Int64) {
    fireDeadlines(through: time, except: nil)
    clock = max(clock, time)
  }

  /// Decides what is due up to a moment, in the order of time; what is due for `person` at that very moment is left.
  mutating func fireDeadlines(through time: Int64, except person: Int?) {
    while true {
      if queue.open(through: time) { foresee() }
      guard let (moment, number) = queue.popDue(time) else { return }
      let owner = Int(number)
      guard rows.due(owner) == moment else { continue }
      if owner == person, moment == time { continue }
      scratch.flipped.removeAll(keepingCapacity: true)
      let earliest = refreshDue(owner, at: moment)
      settleSegments(of: owner, at: moment, cause: .deadline)
      schedule(owner, at: earliest)
    }
  }

  /// Reads what the deadlines that come next will be decided from: everybody's rows, then where their logs are, then these.
  ///
  /// Nothing is done with it. With many people every one of these reads waits for memory; here they wait together, since
  /// none needs the one before, and the decisions find what they need in the processor's cache.
  private mutating func foresee() {
    let opened = queue.opened
    var seen: UInt64 = 0
    for deadline in opened { seen &+= rows.touch(Int(deadline.owner)) }
    scratch.logs.removeAll(keepingCapacity: true)
    for deadline in opened {
      let owner = Int(deadline.owner)
      let stream = Int(plan.slotStreams[rows.nextSlot(owner)])
      if stream >= 0 { scratch.logs.append(owner &* plan.admissions.count &+ stream) }
    }
    for place in scratch.logs { seen &+= UInt64(UInt(bitPattern: logs[place].start)) }
    for place in scratch.logs { seen &+= logs[place].touch() }
    scratch.seen = seen
  }

  /// Brings the slots that are due up to date, and gives when the next one is; O(slots).
  mutating func refreshDue(_ person: Int, at moment: Int64) -> Int64 {
    scratch.due.removeAll(keepingCapacity: true)
    let earliest = rows.change(person) { row in
      var earliest = Int64.max
      for slot in 0..<row.layout.deadlines.count {
        let next = row.deadline(slot)
        if next <= moment {
          scratch.due.append(Int32(truncatingIfNeeded: slot))
        } else {
          earliest = min(earliest, next)
        }
      }
      return earliest
    }
    scratch.earliest = min(scratch.earliest, earliest)
    for place in scratch.due.indices { refresh(slot: Int(scratch.due[place]), of: person, at: moment) }
    return scratch.earliest
  }

  /// Puts the earliest deadline of all slots into the queue.
  mutating func schedule(_ person: Int) { schedule(person, at: rows.change(person) { $0.earliest }) }

  /// Puts the earliest deadline of the slots brought up to date into the queue if it is earlier than the person's.
  ///
  /// One that has moved to a later time stays: then nothing is found to be due, and the next one is looked up.
  mutating func bringForward(_ person: Int) {
    let earliest = scratch.earliest
    if earliest < rows.due(person) { schedule(person, at: earliest) } else { scratch.earliest = .max }
  }

  mutating func schedule(_ person: Int, at earliest: Int64) {
    scratch.earliest = .max
    rows.change(person) { $0.due = earliest }
    if earliest < .max { queue.add(earliest, owner: UInt32(truncatingIfNeeded: person)) }
  }
}
