import SCRMModel

/// An event after which something expected did not happen in time: a cart without a purchase within a day.
///
/// It holds at `now` when an event of ``events`` at `time` lies in the window, `time + delay ≤ now`, and no event of
/// ``answer`` lies in `time < answer ≤ time + delay`. So it begins to hold by itself, when the delay is over.
public struct UnansweredEvent: Sendable, Hashable {
  /// What happened.
  public let events: EventSelection
  /// What did not follow.
  public let answer: EventSelection
  /// How long it had time, in milliseconds.
  public let delay: Int64
  /// The window in which the event lies.
  public let window: TimeWindow

  /// Creates a term.
  public init(_ events: EventSelection, by answer: EventSelection, within delay: Duration, in window: TimeWindow) {
    self.events = events
    self.answer = answer
    self.delay = delay.wholeMilliseconds
    self.window = window
  }
}
