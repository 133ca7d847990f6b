/// The state of one key: the partial matches, and the events that wait for their turn.
package struct PatternState: Sendable, Hashable {
  /// A partial match.
  struct Run: Sendable, Hashable {
    /// The step it has come to, among those that take events or wait.
    var node: Int
    /// How many events that step has taken; of a gate 1 once it holds.
    var count: Int
    /// The transitions it waits on, a bit each.
    var pending: UInt64
    /// Whether it is complete but for the absence that ends the pattern.
    var awaitsAbsence: Bool
    var taken: [TakenEvent]
    /// The sequence and time of the first event, or of the beginning of the pattern.
    var first: Int64
    var began: Int64
    /// The sequence of the last event.
    var last: Int64
    /// How its gate stands.
    var gate = PatternGate.Standing()
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

  /// Whether nothing is under way; such a state need not be kept, unless late events are to be told.
  package var isIdle: Bool { runs.isEmpty && waiting.isEmpty }
  /// Forgets everything, and keeps room for a few matches and events.
  package mutating func reset() {
    runs.removeAll(keepingCapacity: runs.capacity <= Self.keptRoom)
    waiting.removeAll(keepingCapacity: waiting.capacity <= Self.keptRoom)
    sequence = 0
    now = .min
  }

  private static let keptRoom = 8

  /// How many partial matches there are.
  package var partialMatchCount: Int { runs.count }
  /// How many events wait for stragglers.
  package var waitingCount: Int { waiting.count }
}
