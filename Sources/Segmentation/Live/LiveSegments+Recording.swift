public import SCRMModel

extension LiveSegments {
  /// Counts an event of a person; O(terms over its kind) plus O(n) in the later events when it is out of order.
  @discardableResult
  public mutating func record(_ event: SegmentEvent, for person: Int) -> Arrival {
    record(kind: kind(event.kind), at: event.time, amount: event.amount, further: event.further, for: person)
  }

  /// Counts an event whose kind was looked up before.
  @discardableResult
  public mutating func record(
    kind: Int, at time: Int64, amount: Double = .nan, further: [Value?] = [], for person: Int
  ) -> Arrival {
    guard ids.indices.contains(person), kind >= 0, kind < plan.kindStreams.count else { return .tooLate }
    foresee(kind, of: person)
    let arrival = begin(at: time, of: person)
    if arrival == .tooLate { return arrival }
    let correctsPast = arrival == .late || rows.isReported(person, from: time)
    scratch.flipped.removeAll(keepingCapacity: true)
    var isTouched = false
    for place in plan.kindStreams.places(of: kind) {
      let stream = Int(plan.kindStreams.items[place])
      guard admit(stream, time, amount, further, person) else { continue }
      isTouched = true
      if correctsPast { continue }
      for place in plan.streamSlots.places(of: stream) {
        refresh(slot: Int(plan.streamSlots.items[place]), of: person, at: time)
      }
    }
    finish(person, at: time, isTouched: isTouched, correctsPast: correctsPast, cause: .event)
    return arrival
  }

  /// Changes a fact of a person from a time on.
  @discardableResult
  public mutating func set(_ fact: Int, to value: Value?, at time: Int64, for person: Int) -> Arrival {
    guard ids.indices.contains(person), fact >= 0, fact < plan.factLeaves.count else { return .tooLate }
    let arrival = begin(at: time, of: person)
    if arrival == .tooLate { return arrival }
    facts[person].settle(before: clock &- lateness, count: plan.factSlots.count)
    let correctsPast = arrival == .late || rows.isReported(person, from: time)
    facts[person].record(.init(time: time, fact: fact, value: value))
    scratch.flipped.removeAll(keepingCapacity: true)
    if !correctsPast { for leaf in plan.factLeaves.list(of: fact) { refresh(leaf: Int(leaf), of: person, at: time) } }
    finish(person, at: time, isTouched: true, correctsPast: correctsPast, cause: .fact)
    return arrival
  }

  /// Reads what an event will change, all at once.
  @inline(__always)
  private mutating func foresee(_ kind: Int, of person: Int) {
    var seen = rows.touch(person)
    for place in plan.kindStreams.places(of: kind) {
      seen &+= logs[person &* plan.admissions.count &+ Int(plan.kindStreams.items[place])].touch()
    }
    scratch.seen = seen
  }

  private mutating func begin(at time: Int64, of person: Int) -> Arrival {
    if time > clock {
      fireDeadlines(through: time, except: person)
      clock = time
      return .onTime
    }
    if time == clock { return .onTime }
    return clock &- time <= lateness ? .late : .tooLate
  }

  /// Puts an event into a stream if it belongs there.
  @inline(__always)
  mutating func admit(
    _ stream: Int, _ time: Int64, _ amount: Double, _ further: [Value?], _ person: Int
  ) -> Bool {
    let admission = plan.admissions[stream]
    let place = person &* plan.admissions.count &+ stream
    switch admission.filter {
    case .none: break
    case .amount(let comparison, let number):
      guard !amount.isNaN, comparison.holds(amount, number) else { return false }
    case .general: guard plan.streams[stream].admits(amount, further) else { return false }
    }
    switch (admission.content, admission.field) {
    case (.nothing, _): logs[place].insert(time)
    case (.number, 0):
      if amount.isNaN { return false }
      logs[place].insert(time, number: amount)
    case (let content, let field):
      switch (content, further.value(Int(field) - 1)) {
      case (.number, .double(let number)?) where !number.isNaN: logs[place].insert(time, number: number)
      case (.value, let value?): logs[place].insert(time, value: value)
      default: return false
      }
    }
    if admission.retention < .max { logs[place].forget(through: clock &- admission.retention &- lateness &- 1) }
    return true
  }

  private mutating func finish(
    _ person: Int, at time: Int64, isTouched: Bool, correctsPast: Bool, cause: LiveMembershipChange.Cause
  ) {
    if correctsPast, isTouched {
      correct(person, from: time, cause: cause)
      return
    }
    if rows.due(person) <= clock {
      // What is due at the very moment of the event is decided together with it.
      let earliest = refreshDue(person, at: clock)
      settleSegments(of: person, at: clock, cause: cause)
      schedule(person, at: earliest)
    } else if isTouched {
      settleSegments(of: person, at: time, cause: cause)
      bringForward(person)
    }
  }
}
