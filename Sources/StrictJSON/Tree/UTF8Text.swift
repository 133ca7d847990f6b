/// Text as its UTF-8 bytes: comparing, hashing, checking, and finding what has to be escaped.
package enum UTF8Text {
  /// Whether both texts hold the same bytes; O(n).
  package static func same(_ left: String, _ right: String) -> Bool {
    if left.utf8.count != right.utf8.count { return false }
    let result = left.utf8.withContiguousStorageIfAvailable { l in
      right.utf8.withContiguousStorageIfAvailable { r in same(l, r) }
    }
    if let known = result ?? nil { return known }
    return left.utf8.elementsEqual(right.utf8)
  }

  private static func same(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    if left.baseAddress == right.baseAddress { return true }
    let (left, right) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
    var position = 0
    while position + 8 <= left.count {
      if left.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        != right.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      {
        return false
      }
      position += 8
    }
    while position < left.count {
      if left[position] != right[position] { return false }
      position += 1
    }
    return true
  }

  /// Negative when the bytes of `left` come first, zero when both hold the same; O(n).
  package static func difference(_ left: String, _ right: String) -> Int {
    let result = left.utf8.withContiguousStorageIfAvailable { l in
      right.utf8.withContiguousStorageIfAvailable { r in difference(l, r) }
    }
    if let known = result ?? nil { return known }
    return Array(left.utf8).withUnsafeBufferPointer { l in
      Array(right.utf8).withUnsafeBufferPointer { r in difference(l, r) }
    }
  }

  private static func difference(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    for position in 0..<min(left.count, right.count) where left[position] != right[position] {
      return Int(left[position]) - Int(right[position])
    }
    return left.count - right.count
  }

  /// Hashes the bytes and an end mark.
  package static func hash(_ text: String, into hasher: inout Hasher) {
    let hashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if hashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    hasher.combine(UInt8(0xFF))
  }

  /// The run of bytes that stand for themselves in a JSON string: neither a quote, nor a backslash, nor a control.
  static func plainRun(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (end: Int, isASCII: Bool) {
    let raw = UnsafeRawBufferPointer(bytes)
    let highs: UInt64 = 0x8080_8080_8080_8080
    var seen: UInt64 = 0
    var index = start
    // Eight bytes at a time (H. S. Warren, Hacker's Delight, 6-1): the high bit of a byte tells that it ends the run.
    while index + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if (zeros(word ^ 0x2222_2222_2222_2222) | zeros(word ^ 0x5C5C_5C5C_5C5C_5C5C)
        | ((word &- 0x2020_2020_2020_2020) & ~word)) & highs != 0
      {
        break
      }
      seen |= word
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
      seen |= UInt64(byte)
      index += 1
    }
    return (index, seen & highs == 0)
  }

  // The high bit of every zero byte, perhaps also of bytes above one: enough to know whether there is any.
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word }

  /// The first byte that is no part of well-formed UTF-8 (Unicode, table 3-7), or `nil` when all are.
  static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      case 0xF1...0xF3: length = 4
      default: return index
      }
      guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return index }
      for position in (index + 2)..<max(index + 2, index + length) where bytes[position] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }
}
