/// Reads the content of number and text tokens.
struct LiteralReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The first fault found: what was expected, and between which offsets.
  private(set) var fault: (message: String, start: Int, end: Int)?

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func fail(_ message: String, _ start: Int, _ end: Int) {
    if fault == nil { fault = (message, start, end) }
  }

  private mutating func magnitude(_ token: Token, dropping suffix: Int) -> UInt64? {
    var index = Int(token.start)
    let end = Int(token.end) - suffix
    let isHexadecimal = end - index > 2 && bytes[index + 1] | 0x20 == 0x78
    if isHexadecimal { index += 2 }
    let radix: UInt64 = isHexadecimal ? 16 : 10
    var value: UInt64 = 0
    while index < end {
      let digit = Self.hexadecimal(bytes[index]) ?? 0
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry { return nil }
      value = sum
      index += 1
    }
    return value
  }

  mutating func int(_ token: Token, isNegative: Bool) -> Int64 {
    if let value = magnitude(token, dropping: 0) {
      if isNegative, value <= 1 << 63 { return Int64(truncatingIfNeeded: 0 &- value) }
      if let value = Int64(exactly: value) { return value }
    }
    fail("expected an integer of 64 bits", Int(token.start), Int(token.end))
    return 0
  }

  mutating func uint(_ token: Token) -> UInt64 {
    if let value = magnitude(token, dropping: 1) { return value }
    fail("expected an unsigned integer of 64 bits", Int(token.start), Int(token.end))
    return 0
  }

  mutating func double(_ token: Token) -> Double {
    let text = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[Int(token.start)..<Int(token.end)]), as: UTF8.self)
    let value = Double(text.utf8.first == 0x2E ? "0" + text : text)
    if let value, value.isFinite { return value }
    fail("expected a number that a 64-bit double can hold", Int(token.start), Int(token.end))
    return 0
  }

  mutating func string(_ token: Token) -> String {
    let content = self.content(token)
    if content.isRaw || !bytes[content.range].contains(0x5C) {
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[content.range]), as: UTF8.self)
    }
    return String(decoding: unescaped(content.range, isBytes: false), as: UTF8.self)
  }

  mutating func byteString(_ token: Token) -> [UInt8] {
    let content = self.content(token)
    if content.isRaw || !bytes[content.range].contains(0x5C) { return Array(bytes[content.range]) }
    return unescaped(content.range, isBytes: true)
  }

  /// What stands between the quotes.
  private func content(_ token: Token) -> (range: Range<Int>, isRaw: Bool) {
    var start = Int(token.start)
    var isRaw = false
    while bytes[start] != 0x22, bytes[start] != 0x27 {
      if bytes[start] | 0x20 == 0x72 { isRaw = true }
      start += 1
    }
    let end = Int(token.end)
    let quote = bytes[start]
    let isTriple = end - start >= 6 && bytes[start + 1] == quote && bytes[start + 2] == quote
    let width = isTriple ? 3 : 1
    return ((start + width)..<(end - width), isRaw)
  }

  private mutating func unescaped(_ range: Range<Int>, isBytes: Bool) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      guard byte == 0x5C, index + 1 < range.upperBound else {
        output.append(byte)
        index += 1
        continue
      }
      let code = bytes[index + 1]
      if let plain = Self.plainEscape(code) {
        output.append(plain)
        index += 2
        continue
      }
      let (digits, start): (Int, Int) =
        switch code {
        case 0x78, 0x58: (2, index + 2)
        case 0x75 where !isBytes: (4, index + 2)
        case 0x55 where !isBytes: (8, index + 2)
        case 0x30...0x33: (3, index + 1)
        default: (0, index + 2)
        }
      let end = start + digits
      guard digits > 0, end <= range.upperBound,
        let value = Self.value(bytes[start..<end], isOctal: digits == 3)
      else {
        var stop = min(index + 2, range.upperBound)
        while stop < range.upperBound, bytes[stop] & 0xC0 == 0x80 { stop += 1 }
        let more = isBytes ? "" : ", \\uhhhh, \\Uhhhhhhhh"
        fail("expected an escape such as \\n, \\\\, \\\", \\xhh, \\ooo\(more)", index, stop)
        index = stop
        continue
      }
      if isBytes {
        output.append(UInt8(truncatingIfNeeded: value))
      } else if let scalar = Unicode.Scalar(value) {
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        fail("expected the number of a Unicode character, not of a surrogate", index, end)
      }
      index = end
    }
    return output
  }

  private static func plainEscape(_ code: UInt8) -> UInt8? {
    switch code {
    case 0x61: 0x07
    case 0x62: 0x08
    case 0x66: 0x0C
    case 0x6E: 0x0A
    case 0x72: 0x0D
    case 0x74: 0x09
    case 0x76: 0x0B
    case 0x5C, 0x3F, 0x22, 0x27, 0x60: code
    default: nil
    }
  }

  private static func value(_ digits: Slice<UnsafeBufferPointer<UInt8>>, isOctal: Bool) -> UInt32? {
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = hexadecimal(byte), !isOctal || digit < 8 else { return nil }
      value = value << (isOctal ? 3 : 4) | UInt32(digit)
    }
    return value
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x57
    case 0x41...0x46: byte - 0x37
    default: nil
    }
  }
}
