/// How much a pattern may keep for one key.
package struct PatternLimits: Sendable, Hashable {
  /// How many partial matches; beyond it the oldest is given up and reported.
  package var partialMatches: Int
  /// How many events one partial match holds; one that would hold more is given up and reported.
  package var events: Int
  /// How many events wait for stragglers; beyond it the earliest is run early, which is reported.
  package var waiting: Int

  /// Creates limits; each is at least 1.
  package init(partialMatches: Int = 256, events: Int = 256, waiting: Int = 1_024) {
    self.partialMatches = max(1, partialMatches)
    self.events = max(1, events)
    self.waiting = max(1, waiting)
  }
}
