/// A point on the time line with nanosecond resolution and the UTC offset it was written with.
///
/// The range is that of CEL timestamps and RFC 3339: year 0001 to year 9999. Two instants are equal when they are the
/// same point in time; the offset is kept for display and for reading a local date, it takes no part in comparison.
///
/// ```swift
/// let sent = try Instant(rfc3339: "2024-05-01T08:30:00+08:00")
/// print(sent)  // 2024-05-01T08:30:00+08:00
/// print(sent.secondsSinceEpoch)  // 1714523400
/// ```
public struct Instant: Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z, rounded towards the past; −62,135,596,800 … 253,402,300,799.
  public let secondsSinceEpoch: Int64
  /// The fraction of the second in nanoseconds, 0 … 999,999,999.
  public let nanoseconds: Int32
  /// Seconds east of UTC that the source wrote, whole minutes, −86,340 … 86,340; `nil` when it wrote `Z` or none.
  public let utcOffset: Int32?

  /// The earliest instant, 0001-01-01T00:00:00Z.
  public static let distantPast = Instant(uncheckedSeconds: minimumSeconds, nanoseconds: 0, utcOffset: nil)
  /// The latest instant, 9999-12-31T23:59:59.999999999Z.
  public static let distantFuture = Instant(uncheckedSeconds: maximumSeconds, nanoseconds: 999_999_999, utcOffset: nil)
  /// 1970-01-01T00:00:00Z.
  public static let epoch = Instant(uncheckedSeconds: 0, nanoseconds: 0, utcOffset: nil)

  static let minimumSeconds: Int64 = -62_135_596_800
  static let maximumSeconds: Int64 = 253_402_300_799

  @inlinable
  init(uncheckedSeconds: Int64, nanoseconds: Int32, utcOffset: Int32?) {
    self.secondsSinceEpoch = uncheckedSeconds
    self.nanoseconds = nanoseconds
    self.utcOffset = utcOffset
  }

  /// Creates an instant from seconds and nanoseconds; `nil` when a part is out of its range.
  public init?(secondsSinceEpoch: Int64, nanoseconds: Int32 = 0, utcOffset: Int32? = nil) {
    guard (Self.minimumSeconds...Self.maximumSeconds).contains(secondsSinceEpoch),
      (0..<1_000_000_000).contains(nanoseconds),
      utcOffset.map({ abs(Int64($0)) < 86_400 && $0 % 60 == 0 }) ?? true
    else { return nil }
    self.init(uncheckedSeconds: secondsSinceEpoch, nanoseconds: nanoseconds, utcOffset: utcOffset)
  }

  /// Creates an instant from milliseconds since 1970, the form of most platform APIs; `nil` out of range.
  public init?(millisecondsSinceEpoch milliseconds: Int64) {
    let rest = milliseconds % 1_000
    self.init(
      secondsSinceEpoch: milliseconds.flooredQuotient(by: 1_000),
      nanoseconds: Int32(rest < 0 ? rest + 1_000 : rest) * 1_000_000)
  }

  /// The same instant without a recorded offset.
  @inlinable
  public var inUTC: Instant {
    Instant(uncheckedSeconds: secondsSinceEpoch, nanoseconds: nanoseconds, utcOffset: nil)
  }

  /// Milliseconds since 1970, rounded towards the past.
  public var millisecondsSinceEpoch: Int64 { secondsSinceEpoch * 1_000 + Int64(nanoseconds) / 1_000_000 }

  /// Days since 1970-01-01 in UTC, rounded towards the past.
  public var utcDay: Int32 { Int32(secondsSinceEpoch.flooredQuotient(by: 86_400)) }
}

extension Instant: Hashable, Comparable {
  /// Whether both are the same point in time, whatever offset they were written with.
  @inlinable
  public static func == (left: Instant, right: Instant) -> Bool {
    left.secondsSinceEpoch == right.secondsSinceEpoch && left.nanoseconds == right.nanoseconds
  }

  /// Whether `left` is before `right`.
  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.secondsSinceEpoch != right.secondsSinceEpoch
      ? left.secondsSinceEpoch < right.secondsSinceEpoch : left.nanoseconds < right.nanoseconds
  }

  /// Hashes the point in time.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(secondsSinceEpoch)
    hasher.combine(nanoseconds)
  }
}

extension Instant {
  /// The instant `duration` later, limited to `distantPast … distantFuture`.
  ///
  /// Fractions finer than a nanosecond are dropped.
  public func advanced(by duration: Duration) -> Instant {
    let (seconds, fraction) = duration.limitedParts
    var nanos = Int64(nanoseconds) + fraction
    var carry: Int64 = 0
    if nanos < 0 {
      nanos += 1_000_000_000
      carry = -1
    } else if nanos >= 1_000_000_000 {
      nanos -= 1_000_000_000
      carry = 1
    }
    let (sum, overflow) = (secondsSinceEpoch + carry).addingReportingOverflow(seconds)
    if overflow { return seconds < 0 ? .distantPast : .distantFuture }
    if sum < Self.minimumSeconds { return .distantPast }
    if sum > Self.maximumSeconds { return .distantFuture }
    return Instant(uncheckedSeconds: sum, nanoseconds: Int32(nanos), utcOffset: utcOffset)
  }

  /// The time from `earlier` to this instant; negative when this instant is before it.
  public func duration(since earlier: Instant) -> Duration {
    Duration.seconds(secondsSinceEpoch - earlier.secondsSinceEpoch)
      + Duration.nanoseconds(Int64(nanoseconds) - Int64(earlier.nanoseconds))
  }
}

extension FixedWidthInteger {
  /// The quotient rounded towards negative infinity; `divisor` is positive.
  @inlinable
  package func flooredQuotient(by divisor: Self) -> Self {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
