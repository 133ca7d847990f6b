extension Duration {
  /// The span in seconds with up to nine decimals and the unit, the JSON form of protobuf durations: `1.5s`, `-0.25s`.
  ///
  /// Fractions finer than a nanosecond are dropped; the seconds are limited to 64 signed bits.
  public var secondsText: String {
    let (seconds, nanoseconds) = limitedParts
    var text = seconds < 0 || nanoseconds < 0 ? "-" : ""
    text += String(seconds.magnitude)
    if nanoseconds != 0 {
      var fraction = DecimalDigits.text(Int(nanoseconds.magnitude), width: 9)
      while fraction.utf8.last == 0x30 { fraction.removeLast() }
      text += "." + fraction
    }
    return text + "s"
  }

  /// Reads a text such as `86400s` or `-1.5s`; `nil` for any other form.
  public init?(secondsText text: String) {
    var body = Array(text.utf8.prefix(33))
    guard body.popLast() == 0x73, !body.isEmpty else { return nil }
    let negative = body[0] == 0x2D
    let parts = (negative ? body.dropFirst() : body[...]).split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = DecimalDigits.value(parts[0]) else { return nil }
    var nanoseconds: Int64 = 0
    if parts.count == 2 {
      guard parts[1].count <= 9, let digits = DecimalDigits.value(parts[1]) else { return nil }
      nanoseconds = digits
      for _ in parts[1].count..<9 { nanoseconds *= 10 }
    }
    let span = Duration.seconds(whole) + .nanoseconds(nanoseconds)
    self = negative ? .zero - span : span
  }

  /// Whole seconds, limited to ±(2^63 − 1), and nanoseconds of the same sign.
  ///
  /// A span holds up to 1.7e20 seconds, `components` traps beyond 64 bits.
  var limitedParts: (seconds: Int64, nanoseconds: Int64) {
    if self >= .seconds(Int64.max) { return (.max, 0) }
    if self <= .seconds(-Int64.max) { return (-.max, 0) }
    let (seconds, attoseconds) = components
    return (seconds, attoseconds / 1_000_000_000)
  }
}

extension Duration {
  /// A span of whole days of 24 hours; limited to 64 bits of seconds.
  public static func days(_ count: Int) -> Duration { spans(count, of: 86_400) }
  /// A span of whole hours; limited to 64 bits of seconds.
  public static func hours(_ count: Int) -> Duration { spans(count, of: 3_600) }
  /// A span of whole minutes; limited to 64 bits of seconds.
  public static func minutes(_ count: Int) -> Duration { spans(count, of: 60) }

  private static func spans(_ count: Int, of seconds: Int64) -> Duration {
    let (product, overflow) = Int64(count).multipliedReportingOverflow(by: seconds)
    return .seconds(overflow ? (count < 0 ? -Int64.max : .max) : product)
  }
}
