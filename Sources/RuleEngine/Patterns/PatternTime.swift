import SCRMModel

/// Times and spans as the pattern engine counts them: whole microseconds, cut towards the past.
enum PatternTime {
  static func microseconds(_ instant: Instant) -> Int64 {
    instant.secondsSinceEpoch * 1_000_000 + Int64(instant.nanoseconds) / 1_000
  }

  /// The instant; limited to what an instant can be.
  static func instant(_ microseconds: Int64) -> Instant {
    let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let isBefore = rest < 0
    return Instant(
      secondsSinceEpoch: isBefore ? seconds - 1 : seconds,
      nanoseconds: Int32(truncatingIfNeeded: (isBefore ? rest + 1_000_000 : rest) * 1_000))
      ?? (microseconds < 0 ? .distantPast : .distantFuture)
  }

  /// The span; negative ones as zero, at most 31,000 years.
  static func microseconds(_ span: Duration) -> Int64 {
    let (seconds, attoseconds) = min(max(span, .zero), .seconds(1_000_000_000_000)).components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}
