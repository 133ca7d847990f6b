public import SocialCRM

/// Consecutive bins of time.
public struct TimeLine: Sendable, Hashable {
  /// How long a bin is.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// An hour of UTC.
    case hour
    /// A day of UTC.
    case day
    /// A week from Monday.
    case week
    /// A month.
    case month
    /// A year.
    case year
  }

  /// How long each bin is.
  public var unit: Unit
  /// When each begins, ascending and without gaps.
  public var starts: [Instant]
  /// Interactions before the first bin: a few, far away from all others.
  public var earlier: Int
  /// Interactions after the last bin.
  public var later: Int

  /// Creates a time line.
  public init(unit: Unit = .day, starts: [Instant] = [], earlier: Int = 0, later: Int = 0) {
    self.unit = unit
    self.starts = starts
    self.earlier = earlier
    self.later = later
  }
}
