import SCRMExpressions
import SCRMModel

/// Follows a pattern or a tally over the events of one person, thread or value.
enum PatternFollower: Sendable {
  /// A pattern, and whether it is its time-outs that count.
  case pattern(PatternMatcher, timeouts: Bool)
  case tally(TallyMatcher)

  enum State: Sendable {
    case pattern(PatternMatcher.State)
    case tally(TallyMatcher.State)

    /// Whether nothing is under way.
    var isIdle: Bool {
      switch self {
      case .pattern(let state): state.isIdle
      case .tally(let state): state.isIdle
      }
    }
  }

  /// What it came to.
  struct Completion {
    /// The numbers of the events that led there, in order.
    var events: [UInt64]
    var evidence: [Explanation.Evidence]
  }

  /// What the events of one thread or value are told apart by.
  var key: EventPattern.Key {
    switch self {
    case .pattern(let matcher, _): matcher.pattern.key
    case .tally(let matcher): matcher.tally.key
    }
  }

  private var lateness: Duration {
    switch self {
    case .pattern(let matcher, _): matcher.pattern.lateness
    case .tally(let matcher): matcher.tally.lateness
    }
  }

  /// The state of a key without history, and what it came to by beginning at a time.
  func begin(at time: Instant) -> (state: State, completions: [Completion]) {
    switch self {
    case .pattern(let matcher, let timeouts):
      var state = PatternMatcher.State()
      var outcomes: [PatternOutcome] = []
      matcher.begin(&state, at: time, into: &outcomes)
      return (.pattern(state), Self.completions(outcomes, timeouts))
    case .tally: return (.tally(TallyMatcher.State()), [])
    }
  }

  /// Takes in an event with the conditions that hold for it.
  func add(
    time: Instant, id: UInt64, _ bits: UInt64, _ activation: ExpressionActivation, to state: inout State
  ) -> [Completion] {
    switch (self, state) {
    case (.pattern(let matcher, let timeouts), .pattern(var own)):
      var outcomes: [PatternOutcome] = []
      matcher.add(.init(time: time, id: id, conditions: bits), to: &own, into: &outcomes)
      state = .pattern(own)
      return Self.completions(outcomes, timeouts)
    case (.tally(let matcher), .tally(var own)) where bits != 0:
      var outcomes: [TallyOutcome] = []
      matcher.add(time: time, id: id, activation, to: &own, into: &outcomes)
      state = .tally(own)
      return completions(outcomes, matcher)
    default: return []
    }
  }

  /// Lets the loop's time come: events are waited for as long as they may be late.
  func advance(_ state: inout State, to now: Instant) -> [Completion] {
    let time = now.advanced(by: .zero - lateness)
    switch (self, state) {
    case (.pattern(let matcher, let timeouts), .pattern(var own)):
      var outcomes: [PatternOutcome] = []
      matcher.advance(&own, to: time, into: &outcomes)
      state = .pattern(own)
      return Self.completions(outcomes, timeouts)
    case (.tally(let matcher), .tally(var own)):
      var outcomes: [TallyOutcome] = []
      matcher.advance(&own, to: time, into: &outcomes)
      state = .tally(own)
      return completions(outcomes, matcher)
    default: return []
    }
  }

  /// The loop's time at which it has to be looked at without an event; `nil` for never.
  func deadline(of state: State) -> Instant? {
    switch (self, state) {
    case (.pattern(let matcher, _), .pattern(let own)):
      matcher.deadline(of: own)?.advanced(by: lateness).inUTC
    case (.tally(let matcher), .tally(let own)): matcher.deadline(of: own)?.advanced(by: lateness).inUTC
    default: nil
    }
  }

  func encode(_ state: State) -> [UInt8] {
    switch (self, state) {
    case (.pattern(let matcher, _), .pattern(let own)): matcher.encode(own)
    case (.tally(let matcher), .tally(let own)): matcher.encode(own)
    default: []
    }
  }

  /// Reads a state; `nil` when it is of another pattern.
  func decode(_ bytes: [UInt8]) -> State? {
    switch self {
    case .pattern(let matcher, _): (try? matcher.decode(bytes)).map { .pattern($0) }
    case .tally(let matcher): (try? matcher.decode(bytes)).map { .tally($0) }
    }
  }

  /// The events among those seen that the state can still come to something with.
  func remaining(_ seen: [KeyedMemory.Seen], in state: State) -> [KeyedMemory.Seen] {
    guard let latest = seen.map(\.time).max() else { return [] }
    switch (self, state) {
    case (.pattern(let matcher, _), .pattern(let own)):
      var taken = Set<UInt64>()
      for (match, _) in matcher.progress(of: own) { taken.formUnion(match.events.map(\.id)) }
      // Others may wait for stragglers before they are looked at.
      let horizon = latest.advanced(by: .zero - lateness)
      return seen.filter { taken.contains($0.id) || $0.time > horizon }
    case (.tally(let matcher), .tally):
      let horizon = latest.advanced(by: .zero - lateness - matcher.tally.window)
      return seen.filter { $0.time >= horizon }
    default: return []
    }
  }

  private static func completions(_ outcomes: [PatternOutcome], _ timeouts: Bool) -> [Completion] {
    outcomes.compactMap { outcome in
      switch outcome {
      case .matched(let match) where !timeouts: completion(match)
      case .timedOut(let match) where timeouts: completion(match)
      default: nil
      }
    }
  }

  private static func completion(_ match: PatternMatch) -> Completion {
    Completion(events: match.events.map(\.id), evidence: match.explanation("").evidence)
  }

  private func completions(_ outcomes: [TallyOutcome], _ matcher: TallyMatcher) -> [Completion] {
    outcomes.compactMap { outcome in
      guard case .reached(let value, let events, let time) = outcome else { return nil }
      let number = Value.double(value).templateText ?? "\(value)"
      return Completion(
        events: events,
        evidence: [.init("\(matcher.tally.name): \(number) by \(events.count) events until \(time)")])
    }
  }
}
