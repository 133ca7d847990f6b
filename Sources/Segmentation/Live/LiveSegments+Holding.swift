import EventTime
import SCRMModel

/// What the loop needs besides: it takes events back, joins people, and looks at a person when it comes to them.
///
/// Events and facts are held first, whenever they happened; then everything is settled at once. These functions are for an
/// engine that holds one person, whose clock is theirs.
extension LiveSegments {
  /// Takes an event in, or takes it back, without deciding anything; returns whether a term looks at it.
  mutating func hold(_ event: SegmentEvent, isTakenBack: Bool, for person: Int) -> Bool {
    var isTouched = false
    for number in plan.kindStreams.list(of: kind(event.kind)) {
      let stream = Int(number)
      let isHeld =
        isTakenBack
        ? withdraw(stream, event, person) : admit(stream, event.time, event.amount, event.further, person)
      isTouched = isTouched || isHeld
    }
    return isTouched
  }

  private mutating func withdraw(_ stream: Int, _ event: SegmentEvent, _ person: Int) -> Bool {
    guard plan.streams[stream].admits(event.amount, event.further) else { return false }
    let place = person * plan.streams.count + stream
    let content = plan.streams[stream].content
    guard content != .nothing else {
      return logs[place].remove(event.time, number: 0, value: nil, content: content)
    }
    guard let value = event.value(plan.streams[stream].field ?? 0) else { return false }
    return logs[place].remove(event.time, number: value.doubleValue ?? 0, value: value, content: content)
  }

  /// Takes the facts of a moment, no earlier than those taken before; returns whether one that matters changed.
  mutating func hold(facts row: [Value?], at moment: Int64, for person: Int) -> Bool {
    let count = plan.factSlots.count
    let known = facts[person].row(at: .max, count: count)
    var isChanged = false
    for fact in 0..<count where !plan.factLeaves.list(of: fact).isEmpty {
      let (old, new) = (known.value(fact), row.value(fact))
      if old == new || (old?.isNotANumber ?? false) && (new?.isNotANumber ?? false) { continue }
      facts[person].replace(.init(time: moment, fact: fact, value: new))
      isChanged = true
    }
    if isChanged { facts[person].settle(before: moment &- lateness, count: count) }
    return isChanged
  }

  /// Forgets what the person did; returns when the first of it was.
  mutating func forgetEvents(of person: Int) -> Int64? {
    let places = (person * plan.streams.count)..<((person + 1) * plan.streams.count)
    let first = places.compactMap { logs[$0].times.first }.min()
    for place in places { logs[place] = StreamLog() }
    return first
  }

  /// Joins what another engine's person did to a person; returns when the first of it was.
  mutating func join(_ other: LiveSegments, person: Int) -> Int64? {
    var first: Int64?
    for stream in plan.streams.indices {
      let content = plan.streams[stream].content
      let log = other.logs[stream]
      logs[person * plan.streams.count + stream].insert(log, content: content)
      if let time = log.times.first { first = min(first ?? time, time) }
    }
    return first
  }

  /// Works out when the person has to be looked at next: held events of the future count as well.
  mutating func expectHappenings(_ person: Int) {
    schedule(person)
    let happening = nextHappening(person, after: clock)
    rows.change(person) { $0.due = min($0.due, happening) }
    queue = DeadlineQueue()
  }

  /// Decides everything from a moment through another, which becomes the engine's time, and gives what changed.
  ///
  /// What was reported from the first moment on is thought over again: where the membership at the time reached before
  /// turns out otherwise, that is reported once, as of that time. What happens later than `end` waits.
  mutating func settle(_ person: Int, from start: Int64, through end: Int64) -> [LiveMembershipChange] {
    let reached = clock
    let undone = recentChanges(of: person, from: start)
    clock = max(clock, end)
    let horizon = clock &- lateness
    let earlier = recentChanges(of: person, from: horizon).filter { $0.time < start }
    for change in undone.reversed() { _ = toggle(Int(change.segment), of: person) }
    let before = catalogue.segments.indices.map { isMember(person, of: $0) }
    let timeline = replay(person, from: start, through: clock)
    keep(earlier + timeline.filter { $0.time >= horizon }, of: person)
    expectHappenings(person)

    func change(_ segment: Int, _ isEntry: Bool, _ time: Int64, _ report: LiveMembershipChange.Report)
      -> LiveMembershipChange
    {
      LiveMembershipChange(
        person: person, segment: segment, isEntry: isEntry, time: time, cause: .event, condition: nil, report: report)
    }
    var found: [LiveMembershipChange] = []
    for segment in before.indices {
      let was = undone.last { Int($0.segment) == segment }?.isEntry ?? before[segment]
      let isNow = timeline.last { Int($0.segment) == segment && $0.time <= reached }?.isEntry ?? before[segment]
      if was != isNow { found.append(change(segment, isNow, reached, isNow ? .added : .withdrawn)) }
    }
    return found
      + timeline.filter { $0.time > reached }.map { change(Int($0.segment), $0.isEntry, $0.time, .present) }
  }
}

extension Value {
  var isNotANumber: Bool { if case .double(let number) = self { number.isNaN } else { false } }
}
