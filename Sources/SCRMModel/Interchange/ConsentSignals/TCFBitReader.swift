/// Reads the fields of one segment of a consent string, high bits first.
struct TCFBitReader {
  /// The name of the segment, for messages.
  let segment: String
  // Six bits each.
  private let sextets: [UInt8]
  private var position = 0

  /// Takes a segment in base64url without padding (RFC 4648, section 5).
  init(_ text: Substring, segment: String) throws(SCRMError) {
    self.segment = segment
    var sextets: [UInt8] = []
    sextets.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case 0x41...0x5A: sextets.append(byte - 0x41)
      case 0x61...0x7A: sextets.append(byte - 0x61 + 26)
      case 0x30...0x39: sextets.append(byte - 0x30 + 52)
      case 0x2D: sextets.append(62)
      case 0x5F: sextets.append(63)
      default:
        throw SCRMError(.invalidValue, subject: "tcf." + segment, "expected base64url without padding")
      }
    }
    // Four signs are three bytes; one sign over is no byte.
    guard sextets.count % 4 != 1, !sextets.isEmpty else {
      throw SCRMError(.invalidValue, subject: "tcf." + segment, "the segment is empty or cut off")
    }
    self.sextets = sextets
  }

  private var remaining: Int { sextets.count * 6 - position }

  /// The next bits as a number, at most 36.
  mutating func number(_ bits: Int, _ field: String) throws(SCRMError) -> Int {
    guard bits <= remaining else {
      throw SCRMError(.missing, subject: "tcf.\(segment).\(field)", "the segment ends before the field")
    }
    var value = 0
    for _ in 0..<bits {
      let sextet = sextets[position / 6]
      value = value << 1 | Int(sextet >> UInt8(5 - position % 6) & 1)
      position += 1
    }
    return value
  }

  /// The next bit.
  mutating func bit(_ field: String) throws(SCRMError) -> Bool { try number(1, field) == 1 }

  /// The positions, from 1, of the bits that are set among the next `count`.
  mutating func positions(_ count: Int, _ field: String) throws(SCRMError) -> [Int] {
    guard count <= remaining else {
      throw SCRMError(.missing, subject: "tcf.\(segment).\(field)", "the segment ends before the field")
    }
    var positions: [Int] = []
    for index in 1..<(count + 1) where try bit(field) { positions.append(index) }
    return positions
  }

  /// Two letters of six bits each.
  mutating func letters(_ field: String) throws(SCRMError) -> String {
    var bytes: [UInt8] = []
    for _ in 0..<2 {
      let letter = try number(6, field)
      guard letter < 26 else {
        throw SCRMError(.invalidValue, subject: "tcf.\(segment).\(field)", "expected two letters A to Z")
      }
      bytes.append(UInt8(letter) + 0x41)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A section of vendors: a field of bits or ranges, whichever the encoder found shorter.
  mutating func vendors(_ field: String) throws(SCRMError) -> TCFVendors {
    let highest = try number(16, field)
    if try bit(field) { return try ranges(field, highest: highest) }
    return TCFVendors(ids: try positions(highest, field))
  }

  /// A list of single vendors and ranges of vendors.
  mutating func ranges(_ field: String, highest: Int) throws(SCRMError) -> TCFVendors {
    var ranges: [ClosedRange<Int>] = []
    for _ in 0..<(try number(12, field)) {
      let isRange = try bit(field)
      let first = try number(16, field)
      let last = isRange ? try number(16, field) : first
      guard first >= 1, last >= first, last <= highest else {
        throw SCRMError(
          .invalidValue, subject: "tcf.\(segment).\(field)", "expected vendors from 1 to \(highest) in ascending ranges"
        )
      }
      ranges.append(first...last)
    }
    return TCFVendors(ranges: ranges)
  }

  /// Checks that nothing but padding is left: fewer than 24 bits, all of them zero, and at least those of the last signs
  /// that make no whole byte.
  mutating func finish() throws(SCRMError) {
    let left = remaining
    guard left < 24, left >= sextets.count * 6 % 8, try number(left, "padding") == 0 else {
      throw SCRMError(.invalidValue, subject: "tcf." + segment, "expected the end of the segment after its last field")
    }
  }
}
