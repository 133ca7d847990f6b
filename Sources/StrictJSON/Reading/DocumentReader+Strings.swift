extension DocumentReader {
  /// A string, and a number that equal strings share and different short ones rarely do.
  struct Text {
    let text: String
    let fingerprint: UInt64
  }

  /// Reads the string whose opening quote is at `index`.
  mutating func string() throws(JSONError) -> Text {
    index += 1
    let start = index
    let run = UTF8Text.plainRun(bytes, from: start)
    index = run.end
    guard index < bytes.count else { throw end("unfinished string") }
    if bytes[index] == 0x5C { return try escapedString(from: start) }
    guard bytes[index] == 0x22 else { throw failure("control characters in strings must be escaped") }
    index += 1
    let content = UnsafeBufferPointer(rebasing: bytes[start..<(index - 1)])
    if !run.isASCII, let invalid = UTF8Text.firstInvalid(content) { throw invalidUTF8(at: start + invalid) }
    return Self.text(content)
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> Text {
    Text(text: String(decoding: bytes, as: UTF8.self), fingerprint: fingerprint(bytes))
  }

  /// The length with the first and the last eight bytes.
  private static func fingerprint(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    guard raw.count >= 8 else {
      var word = UInt64(raw.count)
      for byte in raw { word = word << 8 | UInt64(byte) }
      return word
    }
    let first = raw.loadUnaligned(as: UInt64.self)
    let last = raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)
    return (first &* 0x9E37_79B9_7F4A_7C15) ^ last &+ UInt64(raw.count)
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> Text {
    unescaped.removeAll(keepingCapacity: true)
    var runStart = start
    while true {
      let run = UTF8Text.plainRun(bytes, from: runStart)
      let content = UnsafeBufferPointer(rebasing: bytes[runStart..<run.end])
      if !run.isASCII, let invalid = UTF8Text.firstInvalid(content) { throw invalidUTF8(at: runStart + invalid) }
      unescaped.append(contentsOf: content)
      index = run.end
      guard index < bytes.count else { throw end("unfinished string") }
      switch bytes[index] {
      case 0x22:
        index += 1
        return unescaped.withUnsafeBufferPointer { Self.text($0) }
      case 0x5C: try escape()
      default: throw failure("control characters in strings must be escaped")
      }
      runStart = index
    }
  }

  private mutating func escape() throws(JSONError) {
    let start = index
    guard index + 1 < bytes.count else {
      index = bytes.count
      throw end("unfinished escape")
    }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case 0x22, 0x5C, 0x2F: unescaped.append(letter)
    case 0x62: unescaped.append(0x08)
    case 0x66: unescaped.append(0x0C)
    case 0x6E: unescaped.append(0x0A)
    case 0x72: unescaped.append(0x0D)
    case 0x74: unescaped.append(0x09)
    case 0x75:
      var scalar = try hexadecimal()
      if scalar & 0xFC00 == 0xD800 {
        guard index + 1 < bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else {
          throw JSONError(.loneSurrogate, "the second half of a surrogate pair is missing", offset: start)
        }
        index += 2
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else {
          throw JSONError(.loneSurrogate, "the second half of a surrogate pair is missing", offset: start)
        }
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
      }
      guard let valid = Unicode.Scalar(scalar) else {
        throw JSONError(.loneSurrogate, "the first half of a surrogate pair is missing", offset: start)
      }
      unescaped.append(contentsOf: UTF8.encode(valid) ?? UTF8.encodedReplacementCharacter)
    default:
      index = start
      throw failure("unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count else { throw end("unfinished escape") }
      let digit: UInt8
      switch bytes[index] {
      case 0x30...0x39: digit = bytes[index] - 0x30
      case 0x41...0x46: digit = bytes[index] - 0x37
      case 0x61...0x66: digit = bytes[index] - 0x57
      default: throw failure("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  private func invalidUTF8(at offset: Int) -> JSONError {
    JSONError(.invalidUTF8, "a string is not valid UTF-8", offset: offset)
  }
}
