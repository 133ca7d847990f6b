/// A span of the calendar that a window is aligned to.
public enum CalendarUnit: String, Sendable, Hashable, Codable, CaseIterable {
  /// The local day.
  case day
  /// The local week, from Monday (ISO 8601).
  case week
  /// The local month.
  case month
  /// The local year.
  case year
}
