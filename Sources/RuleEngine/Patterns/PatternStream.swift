import EventTime
public import SCRMModel

/// Runs a pattern over a stream of events of many keys, kept in memory: for hosts that use patterns without a store.
///
/// Event time is that of the stream: an event more than the pattern's lateness behind the latest one is late, whatever its
/// key. What falls due for a key happens as soon as the stream has come so far, in the order of time, then of keys; keys with
/// nothing under way are forgotten. The same events within the lateness give the same outcomes in any order of arrival, if
/// their numbers tell events of equal time apart.
///
/// ```swift
/// var stream = PatternStream(matcher)
/// var found: [PatternStream.Outcome] = []
/// stream.add(matcher.event(time: occurred, id: position, activation), key: .text("order-7"), into: &found)
/// stream.advance(to: now, into: &found)
/// ```
///
/// - Complexity: An event costs what it costs its key, and O(log *k*) for *k* keys with a deadline.
public struct PatternStream: Sendable {
  /// An outcome and the key it is about.
  public struct Outcome: Sendable, Hashable {
    /// The key.
    public let key: PatternKey
    /// What the pattern has to say about it.
    public let outcome: PatternOutcome

    /// Creates an outcome.
    public init(key: PatternKey, outcome: PatternOutcome) {
      self.key = key
      self.outcome = outcome
    }
  }

  /// The pattern made ready to run.
  public let matcher: PatternMatcher
  /// How many keys have something under way.
  public var keyCount: Int { keys.count }

  var keys = PatternKeyTable()
  var states: [EventTime.PatternState] = []
  /// Of each slot the deadline it stands in the queue with; `.max` for none.
  private var scheduled: [Int64] = []
  private var queue = DeadlineQueue()
  /// The slots in which something falls due, while it happens.
  private var due: [(time: Int64, slot: Int)] = []
  private let lateness: Int64
  /// The latest event time seen, and the time up to which everything has happened.
  var latest = Int64.min
  var passed = Int64.min

  /// Creates a stream without events.
  public init(_ matcher: PatternMatcher) {
    self.matcher = matcher
    lateness = PatternTime.microseconds(matcher.pattern.lateness)
  }

  /// The earliest time to advance to that changes something; `nil` when time alone changes nothing.
  ///
  /// - Complexity: O(*k*) for *k* keys.
  public var deadline: Instant? {
    keys.slots.compactMap { matcher.automaton.deadline(states[$0]) }.min().map { PatternTime.instant($0) }
  }

  /// Begins a pattern whose first step waits for a key, as ``PatternMatcher/begin(_:at:into:)`` does.
  public mutating func begin(_ key: PatternKey, at time: Instant, into outcomes: inout [Outcome]) {
    let slot = slot(of: key)
    matcher.automaton.begin(&states[slot], at: max(PatternTime.microseconds(time), passed)) {
      outcomes.append(Outcome(key: key, outcome: matcher.outcome($0)))
    }
    settle(slot)
  }

  /// Takes in an event.
  /// - Returns: whether it was taken; a late event changes nothing.
  @discardableResult
  public mutating func add(_ event: PatternMatcher.Event, key: PatternKey, into outcomes: inout [Outcome]) -> Bool {
    let time = PatternTime.microseconds(event.time)
    guard time > passed else { return false }
    if time > latest {
      latest = time
      happen(until: time - lateness - 1, &outcomes)
    }
    let seen = EventTime.PatternEvent(time: time, id: event.id, holds: event.conditions)
    guard matcher.automaton.heeds(seen) else { return true }
    let known = keys.slot(of: key)
    if lateness > 0 {
      let slot = known ?? slot(of: key)
      let isTaken = matcher.automaton.add(seen, to: &states[slot]) {
        outcomes.append(Outcome(key: key, outcome: matcher.outcome($0)))
      }
      settle(slot)
      return isTaken
    }
    // An event that begins nothing where nothing is under way leaves no trace.
    guard known != nil || matcher.automaton.mayBegin(seen) else { return true }
    let slot = known ?? slot(of: key)
    matcher.automaton.run(seen, &states[slot]) { outcomes.append(Outcome(key: key, outcome: matcher.outcome($0))) }
    settle(slot)
    return true
  }

  /// Event time has passed `time`: no event at or before it is taken any more, and what falls due happens.
  public mutating func advance(to time: Instant, into outcomes: inout [Outcome]) {
    let time = PatternTime.microseconds(time)
    latest = max(latest, time)
    happen(until: time, &outcomes)
  }

  // MARK: Keys and deadlines

  private mutating func happen(until time: Int64, _ outcomes: inout [Outcome]) {
    guard time > passed else { return }
    passed = time
    guard let earliest = queue.earliest, earliest <= time else { return }
    while let (moment, owner) = queue.popDue(time) {
      let slot = Int(owner)
      guard scheduled[slot] == moment else { continue }
      scheduled[slot] = .max
      // What was to fall due may have been settled by an event meanwhile.
      let deadline = matcher.automaton.deadline(states[slot]) ?? .max
      if deadline <= time { due.append((deadline, slot)) } else { settle(slot) }
    }
    if due.count > 1 { due.sort { $0.time != $1.time ? $0.time < $1.time : keys[$0.slot] < keys[$1.slot] } }
    for place in due.indices {
      let slot = due[place].slot
      matcher.automaton.advance(&states[slot], to: time) {
        outcomes.append(Outcome(key: keys[slot], outcome: matcher.outcome($0)))
      }
      settle(slot)
    }
    due.removeAll(keepingCapacity: true)
  }

  private mutating func slot(of key: PatternKey) -> Int {
    if let known = keys.slot(of: key) { return known }
    let slot = keys.add(key)
    if slot == states.count {
      states.append(EventTime.PatternState())
      scheduled.append(.max)
    }
    return slot
  }

  /// Puts a key into the queue, or forgets it when nothing is under way.
  private mutating func settle(_ slot: Int) {
    if states[slot].isIdle {
      keys.remove(slot)
      states[slot].reset()
      scheduled[slot] = .max
      return
    }
    guard let deadline = matcher.automaton.deadline(states[slot]), deadline < scheduled[slot] else { return }
    scheduled[slot] = deadline
    queue.add(deadline, owner: UInt32(truncatingIfNeeded: slot))
  }

  /// Takes a state as it was stored.
  mutating func restore(_ key: PatternKey, _ state: EventTime.PatternState) {
    let slot = slot(of: key)
    states[slot] = state
    settle(slot)
  }
}
