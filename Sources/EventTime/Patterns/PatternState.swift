/// The state of one key: the partial matches, and the events that wait for their turn.
package struct PatternState: Sendable, Hashable {
  /// A partial match.
  struct Run: Sendable, Hashable {
    /// The step of the last event, among those that take events.
    var node: Int
    /// How many events that step has taken.
    var count: Int
    /// The transitions it waits on, a bit each.
    var pending: UInt64
    /// Whether it is complete but for the absence that ends the pattern.
    var awaitsAbsence: Bool
    var taken: [TakenEvent]
    /// The sequence and time of the first event.
    var first: Int64
    var began: Int64
    /// The sequence of the last event.
    var last: Int64
  }

  /// In the order in which they arose.
  var runs: [Run] = []
  /// Events not yet final, in the order of event time.
  var waiting: [PatternEvent] = []
  /// How many events have been taken in.
  var sequence: Int64 = 0
  /// The latest time up to which windows have been closed; earlier events are late.
  package internal(set) var now = Int64.min

  /// Creates the state of a key without history.
  package init() {}

  /// Whether nothing is under way; such a state need not be kept.
  package var isIdle: Bool { runs.isEmpty && waiting.isEmpty }
}
