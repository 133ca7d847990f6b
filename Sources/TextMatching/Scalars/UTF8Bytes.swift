/// Reading and writing scalars in UTF-8 that is known to be valid, by byte offset.
///
/// The input always comes from a `String` or from this module, so it is well formed; on bytes that are not, the answers
/// are meaningless but every read stays inside the given bounds.
enum UTF8Bytes {
  /// Calls the body with the contiguous UTF-8 bytes of a text, without a copy for every native string.
  @inline(__always)
  static func with<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    return ContiguousArray(text.utf8).withUnsafeBufferPointer(body)
  }

  /// The scalar that starts at the offset, and the offset after it.
  @inline(__always)
  static func scalar(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (value: UInt32, end: Int) {
    let lead = UInt32(bytes[offset])
    if lead < 0x80 { return (lead, offset + 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    let end = min(offset + length, bytes.count)
    var value = lead & (0x7F >> UInt32(length))
    var next = offset + 1
    while next < end {
      value = value << 6 | UInt32(bytes[next] & 0x3F)
      next += 1
    }
    return (value, end)
  }

  /// Calls the body with each scalar.
  @inline(__always)
  static func forEachScalar(in bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
    var offset = 0
    while offset < bytes.count {
      let (value, end) = scalar(at: offset, in: bytes)
      body(value)
      offset = end
    }
  }

  /// The scalar that ends before the offset; the offset is greater than zero.
  static func scalar(before offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var start = offset - 1
    while start > 0, isContinuation(bytes[start]) { start -= 1 }
    return scalar(at: start, in: bytes).value
  }

  /// How many bytes the scalar takes in UTF-8.
  @inline(__always)
  static func length(of scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
  }

  /// Whether the byte continues a scalar, so that no scalar starts at it.
  @inline(__always)
  static func isContinuation(_ byte: UInt8) -> Bool {
    byte & 0xC0 == 0x80
  }

  /// Calls the body with each UTF-8 byte of the scalar.
  @inline(__always)
  static func forEachByte(of scalar: UInt32, _ body: (UInt8) -> Void) {
    if scalar < 0x80 { return body(UInt8(truncatingIfNeeded: scalar)) }
    var shift: UInt32
    if scalar < 0x800 {
      body(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      shift = 0
    } else if scalar < 0x1_0000 {
      body(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      shift = 6
    } else {
      body(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      shift = 12
    }
    while true {
      body(UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift & 0x3F)))
      if shift == 0 { return }
      shift -= 6
    }
  }
}
