public import SCRMModel

/// What a pattern has to say about a key.
public enum PatternOutcome: Sendable, Hashable {
  /// A match.
  case matched(PatternMatch)
  /// A partial match whose window passed.
  case timedOut(PatternMatch)
  /// A partial match that was given up because of a limit: the oldest of too many, or one with too many events.
  case dropped(PatternMatch)
  /// As many events waited for stragglers as may, so time was taken to have come to this; what comes later before it is
  /// late.
  case hurried(Instant)
}

/// A match or partial match: which events at which step.
public struct PatternMatch: Sendable, Hashable {
  /// An event that a step took.
  public struct Event: Sendable, Hashable {
    /// The host's number for the event.
    public let id: UInt64
    /// Its event time, in whole microseconds.
    public let time: Instant
    /// The step that took it; of a step that waits the name of the part.
    public let step: String
  }

  /// The name of the pattern.
  public let pattern: String
  /// The events in order; empty when nothing but absence was waited for.
  public let events: [Event]
  /// When it was complete, ran out of time or was given up: the time of the last event, or the end of the time without
  /// one.
  public let time: Instant

  /// The numbers of the events that a step took, in order.
  public func events(of step: String) -> [UInt64] { events.filter { $0.step.sameBytes(as: step) }.map(\.id) }

  /// Which events at which step, as an explanation.
  /// - Parameters:
  ///   - conclusion: the sentence it leads to.
  ///   - key: the key of an event, if the host knows it.
  public func explanation(_ conclusion: String, key: (UInt64) -> EventKey? = { _ in nil }) -> Explanation {
    Explanation(
      conclusion,
      evidence: events.map { .init("\($0.step): event \($0.id) at \($0.time)", event: key($0.id)) })
  }
}

extension PatternOutcome {
  /// The outcome in words, with the events and the steps that took them.
  /// - Parameter key: the key of an event, if the host knows it.
  public func explanation(key: (UInt64) -> EventKey? = { _ in nil }) -> Explanation {
    switch self {
    case .matched(let match): match.explanation("\(match.pattern) is complete at \(match.time)", key: key)
    case .timedOut(let match): match.explanation("\(match.pattern) ran out of time at \(match.time)", key: key)
    case .dropped(let match): match.explanation("\(match.pattern) was given up: a limit was reached", key: key)
    case .hurried(let time): Explanation("too many events waited, so time was taken to have come to \(time)")
    }
  }
}
