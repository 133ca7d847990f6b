/// What a pattern has to say about a key.
package enum PatternOutcome: Sendable, Hashable {
  /// A match: the events in order, each with the step that took it; complete at `time`.
  ///
  /// `time` is that of the last event, or, for a pattern that ends in an absence, the end of the time without one.
  case matched([TakenEvent], time: Int64)
  /// A partial match whose window passed at `time`.
  case timedOut([TakenEvent], time: Int64)
  /// A partial match that was given up because the key had as many as it may, or it as many events.
  case dropped([TakenEvent])
  /// As many events waited for stragglers as may: event time was taken to have come to `time`.
  case hurried(time: Int64)
}
