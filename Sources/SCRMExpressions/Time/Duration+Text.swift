extension Duration {
  /// The span in seconds with up to nine decimals and the unit, the JSON form of protobuf durations: `1.5s`, `-0.25s`.
  ///
  /// Fractions finer than a nanosecond are dropped.
  public var secondsText: String {
    let (seconds, attoseconds) = components
    let nanos = Int(abs(attoseconds / 1_000_000_000))
    var text = seconds < 0 || attoseconds < 0 ? "-" : ""
    text += String(seconds.magnitude)
    if nanos != 0 {
      var fraction = DecimalDigits.text(nanos, width: 9)
      while fraction.utf8.last == 0x30 { fraction.removeLast() }
      text += "." + fraction
    }
    return text + "s"
  }

  /// Reads a text such as `86400s` or `-1.5s`; `nil` for any other form.
  public init?(secondsText text: String) {
    var body = Array(text.utf8)
    guard body.popLast() == 0x73, !body.isEmpty, body.count <= 32 else { return nil }
    let negative = body[0] == 0x2D
    let parts = (negative ? body.dropFirst() : body[...]).split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = DecimalDigits.value(parts[0]) else { return nil }
    var nanos = 0
    if parts.count == 2 {
      guard parts[1].count <= 9, let digits = DecimalDigits.value(parts[1]) else { return nil }
      nanos = digits
      for _ in parts[1].count..<9 { nanos *= 10 }
    }
    let span = Duration.seconds(whole) + .nanoseconds(nanos)
    self = negative ? .zero - span : span
  }
}
