public import SCRMModel

/// Which events count at a moment `now`, exact to the millisecond; an event of the future never counts.
public enum TimeWindow: Sendable {
  /// `now − milliseconds < time ≤ now`: an event leaves exactly `milliseconds` after it happened.
  case rolling(milliseconds: Int64)
  /// The current day, week, month or year of a zone, given by its IANA name or `UTC`: from its start to `now`.
  case calendar(CalendarUnit, zone: String)
  /// `from ≤ time < until` in milliseconds since 1970, as far as it is past.
  case range(from: Int64, until: Int64)
  /// Everything up to `now`.
  case ever

  /// A rolling window of days of 24 hours.
  public static func days(_ count: Int) -> TimeWindow { rolled(count, 86_400_000) }
  /// A rolling window of hours.
  public static func hours(_ count: Int) -> TimeWindow { rolled(count, 3_600_000) }
  /// A rolling window of minutes.
  public static func minutes(_ count: Int) -> TimeWindow { rolled(count, 60_000) }
  /// A rolling window; what is finer than a millisecond is dropped.
  public static func last(_ span: Duration) -> TimeWindow { .rolling(milliseconds: span.wholeMilliseconds) }
  /// The current local day.
  public static func today(_ zone: String) -> TimeWindow { .calendar(.day, zone: zone) }
  /// The current local week, from Monday.
  public static func thisWeek(_ zone: String) -> TimeWindow { .calendar(.week, zone: zone) }
  /// The current local month.
  public static func thisMonth(_ zone: String) -> TimeWindow { .calendar(.month, zone: zone) }
  /// The current local year.
  public static func thisYear(_ zone: String) -> TimeWindow { .calendar(.year, zone: zone) }
  /// A range of time, without its end.
  public static func between(_ from: Instant, _ until: Instant) -> TimeWindow {
    .range(from: from.millisecondsSinceEpoch, until: until.millisecondsSinceEpoch)
  }

  private static func rolled(_ count: Int, _ unit: Int64) -> TimeWindow {
    let (span, overflow) = Int64(count).multipliedReportingOverflow(by: unit)
    return .rolling(milliseconds: overflow ? (count < 0 ? -.max : .max) : span)
  }
}

// Names of zones are compared by bytes.
extension TimeWindow: Hashable {
  /// Whether both windows hold the same events at every moment.
  public static func == (left: TimeWindow, right: TimeWindow) -> Bool {
    switch (left, right) {
    case (.rolling(let l), .rolling(let r)): l == r
    case (.calendar(let l, let lZone), .calendar(let r, let rZone)): l == r && lZone.sameBytes(as: rZone)
    case (.range(let l, let lEnd), .range(let r, let rEnd)): l == r && lEnd == rEnd
    case (.ever, .ever): true
    default: false
    }
  }

  /// Hashes the bounds.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .rolling(let span): hasher.combine(span)
    case .calendar(let unit, let zone):
      hasher.combine(unit)
      zone.hashBytes(into: &hasher)
    case .range(let from, let until):
      hasher.combine(from)
      hasher.combine(until)
    case .ever: hasher.combine(0)
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded towards zero and limited to 64 bits.
  var wholeMilliseconds: Int64 {
    if self >= .seconds(Int64.max / 1_000) { return .max }
    if self <= .seconds(-Int64.max / 1_000) { return -.max }
    let (seconds, attoseconds) = components
    return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
  }
}
