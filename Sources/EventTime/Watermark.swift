package import SCRMExpressions

/// How far event time has come, and how long the loop waits for stragglers.
///
/// The watermark is the latest event time seen less the lateness (Akidau et al., *The Dataflow Model*, VLDB 2015).
package struct Watermark: Sendable, Hashable {
  /// How far behind the latest event time an event may be without being late.
  package let lateness: Duration
  /// The latest event time seen.
  package private(set) var latest: Instant?

  package init(lateness: Duration, latest: Instant? = nil) {
    self.lateness = lateness
    self.latest = latest
  }

  /// Whether an event of this time is later than the loop waits for.
  package func isLate(_ occurred: Instant) -> Bool {
    guard let latest else { return false }
    return occurred.advanced(by: lateness) < latest
  }

  /// Takes note of an event time.
  package mutating func observe(_ occurred: Instant) {
    latest = latest.map { max($0, occurred.inUTC) } ?? occurred.inUTC
  }
}
