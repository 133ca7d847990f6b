import SCRMExpressions

/// Times and spans of ActivityStreams: `xsd:dateTime` whose seconds may be left out, and `xsd:duration`.
enum ActivityTime {
  /// Reads a time; without an offset it is taken as UTC.
  static func instant(_ text: String) -> Instant? {
    var bytes = Array(text.utf8)
    guard (16...64).contains(bytes.count), bytes[10] | 0x20 == 0x74, bytes[13] == 0x3A else { return nil }
    // 2015-12-12T12:34 is followed by seconds, an offset or nothing.
    if bytes.count == 16 || bytes[16] != 0x3A { bytes.insert(contentsOf: [0x3A, 0x30, 0x30], at: 16) }
    guard bytes.count >= 19 else { return nil }
    let hasOffset = bytes[19...].contains { $0 | 0x20 == 0x7A || $0 == 0x2B || $0 == 0x2D }
    if !hasOffset { bytes.append(0x5A) }
    return try? Instant(rfc3339: String(decoding: bytes, as: UTF8.self))
  }

  /// Whether the text is a span such as `PT2H30M`: at least one part, the parts in their order.
  static func isDuration(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    if bytes.first == 0x2D { bytes.removeFirst() }
    guard bytes.popFirst() == 0x50 else { return false }
    let days = parts(&bytes, of: "YMD", allowsFraction: false)
    guard let days else { return false }
    guard bytes.first == 0x54 else { return bytes.isEmpty && days > 0 }
    bytes.removeFirst()
    guard let times = parts(&bytes, of: "HMS", allowsFraction: true) else { return false }
    return bytes.isEmpty && times > 0
  }

  // How many parts were read; nil when digits stand without their letter.
  private static func parts(_ bytes: inout ArraySlice<UInt8>, of letters: String, allowsFraction: Bool) -> Int? {
    var letters = Array(letters.utf8)[...]
    var count = 0
    while let first = bytes.first, isDigit(first) {
      while let byte = bytes.first, isDigit(byte) { bytes.removeFirst() }
      var hasFraction = false
      if allowsFraction, bytes.first == 0x2E {
        bytes.removeFirst()
        guard let byte = bytes.first, isDigit(byte) else { return nil }
        while let byte = bytes.first, isDigit(byte) { bytes.removeFirst() }
        hasFraction = true
      }
      guard let letter = bytes.popFirst(), let position = letters.firstIndex(of: letter), !hasFraction || letter == 0x53
      else { return nil }
      letters = letters[(position + 1)...]
      count += 1
    }
    return count
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
