import DenseData
import EventTime
public import SCRMModel

/// Segments kept true at every moment: who is in them changes with every event, every fact and the passing of time.
///
/// ```swift
/// var live = try LiveSegments(catalogue, at: start)
/// let person = live.person(id)
/// live.record(SegmentEvent("purchase", at: now, amount: 42), for: person)
/// live.advance(to: tomorrow)
/// for change in live.takeChanges() { print(change.time, change.isEntry) }
/// ```
///
/// A value without clock or store. An event re-evaluates the terms over its kind, a fact the terms that name it, and the
/// segments whose terms changed; a queue of deadlines does the rest. The memberships at a moment depend only on what
/// happened up to it, not on the order of arrival within the lateness.
public struct LiveSegments: Sendable {
  /// The definitions.
  public var catalogue: SegmentCatalogue { plan.catalogue }
  /// The engine's time in milliseconds since 1970: nothing later has happened.
  public internal(set) var clock: Int64
  /// How late an event or a fact may come and still correct the past, in milliseconds.
  public let lateness: Int64

  let plan: LivePlan
  var ids: [PersonID] = []
  private var index = HashIndex()
  var logs: ContiguousArray<StreamLog> = []
  var facts: ContiguousArray<FactState> = []
  var leafBits: ContiguousArray<UInt64> = []
  var memberBits: ContiguousArray<UInt64> = []
  /// When a leaf may change by itself.
  var nexts: ContiguousArray<Int64> = []
  /// No leaf of a person changes by itself before.
  var due: ContiguousArray<Int64> = []
  /// The latest changes of a person, back to the lateness.
  var recent: ContiguousArray<[RecentChange]> = []
  var queue = DeadlineQueue()
  var changes: ContiguousArray<LiveMembershipChange> = []
  var calendarBounds: [(start: Int64, end: Int64)]
  var snapshots: [SegmentName: RankSnapshot] = [:]
  var scratch: EvaluationScratch

  /// A change that may still be corrected.
  struct RecentChange: Sendable, Hashable {
    let time: Int64
    let segment: Int32
    let isEntry: Bool
  }

  /// Prepares an engine without people.
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - time: the engine's time.
  ///   - lateness: how late something may come; costs memory in proportion.
  /// - Throws: `SegmentError` where a condition cannot be compiled.
  public init(_ catalogue: SegmentCatalogue, at time: Instant, lateness: Duration = .zero) throws(SegmentError) {
    plan = try LivePlan(catalogue)
    clock = time.millisecondsSinceEpoch
    self.lateness = min(max(lateness.wholeMilliseconds, 0), 6_311_520_000_000)
    calendarBounds = plan.calendars.map { _ in (start: 0, end: 0) }
    scratch = EvaluationScratch(plan)
  }

  init(plan: LivePlan, clock: Int64, lateness: Int64) {
    self.plan = plan
    self.clock = clock
    self.lateness = lateness
    calendarBounds = plan.calendars.map { _ in (start: 0, end: 0) }
    scratch = EvaluationScratch(plan)
  }

  /// How many people are known.
  public var count: Int { ids.count }

  /// The id of a person by number.
  public func id(_ person: Int) -> PersonID { ids[person] }

  /// The number of a person, if they are known; O(1) expected.
  public func number(of id: PersonID) -> Int? { index.find(id.indexHash) { ids[$0] == id } }

  /// The number of a person, who becomes known at the engine's time; O(1) expected.
  ///
  /// Someone new is in the segments whose conditions hold without events and with the facts given.
  public mutating func person(_ id: PersonID, facts row: [Value?] = []) -> Int {
    if let known = number(of: id) { return known }
    let person = add(id)
    facts[person] = FactState(base: row)
    for leaf in plan.leaves.indices { refresh(leaf, of: person, at: clock) }
    settleSegments(of: person, at: clock, cause: .fact, asksAll: true)
    schedule(person, scanning: true)
    return person
  }

  mutating func add(_ id: PersonID) -> Int {
    let person = ids.count
    index.insert(id.indexHash, row: person)
    ids.append(id)
    logs.append(contentsOf: repeatElement(StreamLog(), count: plan.streams.count))
    facts.append(FactState())
    leafBits.append(contentsOf: repeatElement(0, count: plan.leafWords))
    memberBits.append(contentsOf: repeatElement(0, count: plan.memberWords))
    nexts.append(contentsOf: repeatElement(.max, count: plan.leaves.count))
    due.append(.max)
    recent.append([])
    return person
  }

  /// Whether a person is in a segment, both by number; `false` for a number the engine did not give; O(1).
  public func isMember(_ person: Int, of segment: Int) -> Bool {
    guard ids.indices.contains(person), plan.programs.indices.contains(segment) else { return false }
    return memberBits[person * plan.memberWords + segment >> 6] >> UInt64(segment & 63) & 1 == 1
  }

  /// The numbers of the segments a person is in, ascending.
  public func segments(of person: Int) -> [Int] {
    plan.programs.indices.filter { isMember(person, of: $0) }
  }

  /// The numbers of the people in a segment, ascending; O(people).
  public func members(of segment: Int) -> [Int] { ids.indices.filter { isMember($0, of: segment) } }

  /// The changes since the last call, in the order they were decided.
  public mutating func takeChanges() -> [LiveMembershipChange] {
    let taken = Array(changes)
    changes.removeAll(keepingCapacity: true)
    return taken
  }

  /// The condition of a change.
  public func condition(_ number: Int) -> SegmentCondition { plan.leaves[number].condition }

  /// The number of an event kind, for ``record(kind:at:amount:further:for:)``.
  public func kind(_ kind: InteractionKind) -> Int { plan.kinds[kind] ?? plan.kinds.count }
}

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
    guard ids.indices.contains(person), plan.kindStreams.indices.contains(kind) else { return .tooLate }
    let arrival = begin(at: time, of: person)
    if arrival == .tooLate { return arrival }
    let correctsPast = arrival == .late || isReported(person, from: time)
    scratch.flipped.removeAll(keepingCapacity: true)
    var isTouched = false
    for stream in plan.kindStreams[kind] {
      guard admit(stream, time, amount, further, person) else { continue }
      isTouched = true
      if correctsPast { continue }
      for leaf in plan.streamLeaves[stream] { refresh(Int(leaf), of: person, at: time) }
    }
    finish(person, at: time, isTouched: isTouched, correctsPast: correctsPast, cause: .event)
    return arrival
  }

  /// Changes a fact of a person from a time on.
  @discardableResult
  public mutating func set(_ fact: Int, to value: Value?, at time: Int64, for person: Int) -> Arrival {
    guard ids.indices.contains(person), plan.factLeaves.indices.contains(fact) else { return .tooLate }
    let arrival = begin(at: time, of: person)
    if arrival == .tooLate { return arrival }
    facts[person].settle(before: clock &- lateness, count: plan.factSlots.count)
    let correctsPast = arrival == .late || isReported(person, from: time)
    facts[person].record(.init(time: time, fact: fact, value: value))
    scratch.flipped.removeAll(keepingCapacity: true)
    if !correctsPast { for leaf in plan.factLeaves[fact] { refresh(Int(leaf), of: person, at: time) } }
    finish(person, at: time, isTouched: true, correctsPast: correctsPast, cause: .fact)
    return arrival
  }

  /// Lets time pass: everyone whose membership changes with time alone enters and leaves.
  ///
  /// Going back changes nothing. O(deadlines) heap operations.
  public mutating func advance(to time: Int64) {
    fireDeadlines(through: time, except: nil)
    clock = max(clock, time)
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

  /// Whether changes at `time` or later were reported already.
  private func isReported(_ person: Int, from time: Int64) -> Bool {
    recent[person].last.map { $0.time >= time } ?? false
  }

  mutating func admit(
    _ stream: Int, _ time: Int64, _ amount: Double, _ further: [Value?], _ person: Int
  ) -> Bool {
    let place = person * plan.streams.count + stream
    guard plan.streams[stream].admits(amount, further) else { return false }
    let content = plan.streams[stream].content
    if content == .nothing {
      logs[place].insert(time, number: 0, value: nil, content: .nothing)
    } else if content == .number, plan.streams[stream].field == 0 {
      if amount.isNaN { return false }
      logs[place].insert(time, number: amount, value: nil, content: .number)
    } else {
      let value = further.value((plan.streams[stream].field ?? 1) - 1)
      switch (content, value) {
      case (.number, .double(let number)?) where !number.isNaN:
        logs[place].insert(time, number: number, value: nil, content: .number)
      case (.value, let value?): logs[place].insert(time, number: 0, value: value, content: .value)
      default: return false
      }
    }
    if let retention = plan.streams[stream].retention {
      logs[place].forget(through: clock &- retention &- lateness &- 1)
    }
    return true
  }

  private mutating func finish(
    _ person: Int, at time: Int64, isTouched: Bool, correctsPast: Bool, cause: LiveMembershipChange.Cause
  ) {
    if correctsPast, isTouched {
      correct(person, from: time, cause: cause)
      return
    }
    if due[person] <= clock {
      // What is due at the very moment of the event is decided together with it.
      let earliest = refreshDue(person, at: clock)
      settleSegments(of: person, at: clock, cause: cause)
      schedule(person, at: earliest)
    } else if isTouched {
      settleSegments(of: person, at: time, cause: cause)
      schedule(person, scanning: false)
    }
  }

  private mutating func fireDeadlines(through time: Int64, except person: Int?) {
    while let (moment, owner) = queue.popDue(time) {
      let owner = Int(owner)
      guard due[owner] == moment else { continue }
      if owner == person, moment == time { continue }
      fire(owner, at: moment)
    }
  }

  private mutating func fire(_ person: Int, at moment: Int64) {
    scratch.flipped.removeAll(keepingCapacity: true)
    let earliest = refreshDue(person, at: moment)
    if !scratch.flipped.isEmpty { settleSegments(of: person, at: moment, cause: .deadline) }
    schedule(person, at: earliest)
  }

  /// Evaluates what is due, and gives when the next leaf of the person is.
  private mutating func refreshDue(_ person: Int, at moment: Int64) -> Int64 {
    let count = plan.leaves.count
    var earliest = Int64.max
    scratch.due.removeAll(keepingCapacity: true)
    nexts.withUnsafeBufferPointer { nexts in
      let base = person * count
      for leaf in 0..<count {
        let next = nexts[base + leaf]
        if next <= moment {
          scratch.due.append(Int32(truncatingIfNeeded: leaf))
        } else {
          earliest = min(earliest, next)
        }
      }
    }
    for place in scratch.due.indices { refresh(Int(scratch.due[place]), of: person, at: moment) }
    return min(earliest, scratch.earliest)
  }

  /// Puts the person's next deadline into the queue: the least of all leaves, or what the evaluated ones bring forward.
  mutating func schedule(_ person: Int, scanning: Bool) {
    guard scanning else {
      let earliest = min(due[person], scratch.earliest)
      if earliest != due[person] { schedule(person, at: earliest) } else { scratch.earliest = .max }
      return
    }
    let count = plan.leaves.count
    let earliest = nexts.withUnsafeBufferPointer { nexts in
      (person * count..<(person + 1) * count).reduce(Int64.max) { min($0, nexts[$1]) }
    }
    schedule(person, at: earliest)
  }

  private mutating func schedule(_ person: Int, at earliest: Int64) {
    scratch.earliest = .max
    due[person] = earliest
    if earliest < .max { queue.add(earliest, owner: UInt32(truncatingIfNeeded: person)) }
  }
}

/// Memory that evaluations share.
struct EvaluationScratch: Sendable {
  /// The leaves whose truth changed.
  var flipped: [Int32] = []
  /// The leaves that are due.
  var due: [Int32] = []
  /// The earliest deadline of the leaves evaluated.
  var earliest = Int64.max
  /// The segments to ask, each with the leaf that asks for it.
  var asked: [(rank: Int32, segment: Int32, leaf: Int32)] = []
  var isAsked: [Bool]
  var factActivation: ExpressionActivation

  init(_ plan: LivePlan) {
    isAsked = [Bool](repeating: false, count: plan.programs.count)
    factActivation = ExpressionActivation(plan.factEnvironment)
  }
}
