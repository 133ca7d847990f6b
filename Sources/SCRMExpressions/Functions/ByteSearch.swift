/// Finds bytes in bytes; for valid UTF-8 that finds text in text.
enum ByteSearch {
  /// Whether `part` occurs in `text`.
  static func contains(_ text: String, _ part: String) -> Bool {
    var text = text
    var part = part
    return text.withUTF8 { text in part.withUTF8 { contains(text, $0) } }
  }

  /// Whether `part` occurs in `text`; O(n · m) at worst, O(n) for what is written by people.
  @inline(__always)
  static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let wanted = part.baseAddress, part.count > 0 else { return true }
    guard let base = text.baseAddress, text.count >= part.count else { return false }
    // The last byte tells the characters of a Chinese text apart better than the first, which is one of few.
    let last = part.count - 1
    let rare = wanted[last]
    let first = wanted[0]
    var index = last
    let end = text.count
    while index < end {
      if base[index] == rare, base[index - last] == first {
        var offset = 1
        while offset < last, base[index - last + offset] == wanted[offset] { offset += 1 }
        if offset >= last { return true }
      }
      index += 1
    }
    return false
  }

  /// The starts of `part`, which is not empty, from left to right without overlap, at most `limit`.
  static func places(of part: [UInt8], in bytes: [UInt8], limit: Int) -> [Int] {
    var places: [Int] = []
    guard let first = part.first, bytes.count >= part.count else { return [] }
    var index = 0
    while index <= bytes.count - part.count, places.count < limit {
      if bytes[index] == first, bytes[index..<(index + part.count)].elementsEqual(part) {
        places.append(index)
        index += part.count
      } else {
        index += 1
      }
    }
    return places
  }
}
