import EventTime
import SCRMModel

/// A window at one moment: the keys of the events that lie in it.
struct BatchWindow: Sendable, Hashable {
  /// The first key in the window.
  let low: UInt64
  /// The first key behind it.
  let high: UInt64

  init(_ window: TimeWindow, now: Int64, zones: [String: ZoneRules]) {
    let until: Int64
    let from: Int64
    switch window {
    case .rolling(let span): (from, until) = (now &- span &+ 1, now)
    case .calendar(let unit, let zone):
      let span: CalendarSpan =
        switch unit {
        case .day: .day
        case .week: .week
        case .month: .month
        case .year: .year
        }
      (from, until) = (span.bounds(now, in: zones[zone] ?? .utc).start, now)
    case .range(let start, let end): (from, until) = (start, min(now, end &- 1))
    case .ever: (from, until) = (.min, now)
    }
    low = EventKeyCode(from: from).bits
    high = EventKeyCode(from: until &+ 1).bits
  }

  @inline(__always)
  func contains(_ key: UInt64) -> Bool { key >= low && key < high }
}
