/// An event as a pattern sees it.
package struct PatternEvent: Sendable, Hashable {
  /// The event time, in any unit that the pattern's window shares.
  package var time: Int64
  /// The host's number for the event; of events with the same time the lower number comes first.
  package var id: UInt64
  /// The predicates that hold for it, a bit each.
  package var holds: UInt64

  /// Creates an event.
  package init(time: Int64, id: UInt64, holds: UInt64) {
    self.time = time
    self.id = id
    self.holds = holds
  }

  /// Whether a predicate holds for it.
  @inline(__always)
  func holds(_ condition: Int) -> Bool { holds >> UInt64(condition) & 1 == 1 }

  /// Whether it comes before another in the order of event time.
  package static func precedes(_ left: PatternEvent, _ right: PatternEvent) -> Bool {
    (left.time, left.id) < (right.time, right.id)
  }
}

/// An event that a step took.
package struct TakenEvent: Sendable, Hashable {
  /// The host's number for the event.
  package var id: UInt64
  /// The event time.
  package var time: Int64
  /// The step, by its place in the definition.
  package var step: Int
  /// The part of the step, when the step is a gate; 0 otherwise.
  package var part = 0
  /// The place of the event in the order of its key.
  var sequence: Int64

  /// Whether the same event was taken by the same step.
  package static func == (left: TakenEvent, right: TakenEvent) -> Bool {
    left.id == right.id && left.time == right.time && left.step == right.step && left.part == right.part
  }

  /// Hashes the event and its step.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(time)
    hasher.combine(step)
    hasher.combine(part)
  }
}
