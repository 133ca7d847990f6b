import EventTime
public import SCRMModel
import StateCoding

extension PatternMatcher {
  /// What a pattern keeps for one key: partial matches, and events that wait for stragglers.
  ///
  /// Bounded by ``EventPattern/limits``.
  public struct State: Sendable, Hashable {
    var content = EventTime.PatternState()

    /// Creates the state of a key without history.
    public init() {}

    /// Whether nothing is under way; such a state need not be kept, but then late events are not told from others.
    public var isIdle: Bool { content.isIdle }
    /// How many partial matches there are.
    public var partialMatchCount: Int { content.partialMatchCount }
    /// How many events wait for stragglers.
    public var waitingCount: Int { content.waitingCount }
  }

  /// Begins a pattern whose first step waits, such as “no purchase for 30 days after joining”: from the time on, for the
  /// events that come after the call.
  ///
  /// Any other pattern is begun by its events, and this changes nothing.
  public func begin(_ state: inout State, at time: Instant, into outcomes: inout [PatternOutcome]) {
    automaton.begin(&state.content, at: PatternTime.microseconds(time)) { outcomes.append(outcome($0)) }
  }

  /// Takes in an event.
  ///
  /// Without ``EventPattern/lateness`` it is run at once; events of equal time count in the order of the calls. With it the
  /// event waits until a later event or ``advance(_:to:into:)`` shows that nothing before it will come, and events of equal
  /// time count in the order of their numbers.
  ///
  /// - Returns: whether it was taken; an event more than the lateness behind the latest one of the key, or not after a time
  ///   already advanced to, is late and changes nothing.
  @discardableResult
  public func add(_ event: Event, to state: inout State, into outcomes: inout [PatternOutcome]) -> Bool {
    let seen = EventTime.PatternEvent(
      time: PatternTime.microseconds(event.time), id: event.id, holds: event.conditions)
    guard pattern.lateness > .zero else {
      guard seen.time > state.content.now else { return false }
      // Later events of the same time are still taken.
      automaton.advance(&state.content, to: seen.time - 1) { outcomes.append(outcome($0)) }
      automaton.run(seen, &state.content) { outcomes.append(outcome($0)) }
      return true
    }
    guard automaton.add(seen, to: &state.content, { outcomes.append(outcome($0)) }) else { return false }
    let passed = seen.time - PatternTime.microseconds(pattern.lateness) - 1
    automaton.advance(&state.content, to: passed) { outcomes.append(outcome($0)) }
    return true
  }

  /// Event time has passed `time`: no event at or before it is taken any more, and what falls due before it happens:
  /// absences that have lasted, windows that have ended.
  public func advance(_ state: inout State, to time: Instant, into outcomes: inout [PatternOutcome]) {
    automaton.advance(&state.content, to: PatternTime.microseconds(time)) { outcomes.append(outcome($0)) }
  }

  /// The earliest time to advance to that changes something; `nil` when nothing is under way that time alone can change.
  ///
  /// - Complexity: O(*r*) for *r* partial matches.
  public func deadline(of state: State) -> Instant? {
    automaton.deadline(state.content).map { PatternTime.instant($0) }
  }

  /// The partial matches under way: the events so far, and the names of the steps that may come next.
  public func progress(of state: State) -> [(match: PatternMatch, next: [String])] {
    automaton.progress(state.content).map { run in
      (match(run.taken, at: run.taken.last?.time ?? run.began), run.next.map { pattern.steps[$0].name })
    }
  }

  // MARK: Stored form

  /// The stored form; equal states give equal bytes.
  public func encode(_ state: State) -> [UInt8] {
    var writer = ByteWriter()
    state.content.write(to: &writer)
    return writer.bytes
  }

  /// Reads the stored form of a state of this very pattern.
  /// - Throws: `SCRMError` for bytes that are malformed, of another version, or do not fit the pattern.
  public func decode(_ bytes: [UInt8]) throws(SCRMError) -> State {
    do throws(StateDecodingError) {
      var reader = ByteReader(bytes)
      var state = State()
      state.content = try EventTime.PatternState(from: &reader, for: automaton)
      guard reader.isAtEnd else { throw .malformed }
      return state
    } catch {
      throw SCRMError(.corruptState, subject: "pattern \(pattern.name)", error.reason)
    }
  }

  // MARK: Outcomes

  func outcome(_ outcome: EventTime.PatternOutcome) -> PatternOutcome {
    switch outcome {
    case .matched(let taken, let time): .matched(match(taken, at: time))
    case .timedOut(let taken, let time): .timedOut(match(taken, at: time))
    case .dropped(let taken): .dropped(match(taken, at: taken.last?.time ?? 0))
    case .hurried(let time): .hurried(PatternTime.instant(time))
    }
  }

  private func match(_ taken: [TakenEvent], at time: Int64) -> PatternMatch {
    PatternMatch(
      pattern: pattern.name,
      events: taken.map { .init(id: $0.id, time: PatternTime.instant($0.time), step: name(of: $0)) },
      time: PatternTime.instant(time))
  }

  private func name(of event: TakenEvent) -> String {
    let step = pattern.steps[event.step]
    switch step.kind {
    case .all(let parts), .any(let parts):
      if case .event(let name, _)? = parts.indices.contains(event.part) ? parts[event.part] : nil { return name }
      return step.name
    default: return step.name
    }
  }
}
