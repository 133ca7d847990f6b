/// The syntax of media types, RFC 2045 section 5.1 and RFC 6838 section 4.2.
enum MediaTypeText {
  /// Whether the text is a type and a subtype with well-formed parameters.
  static func isWellFormed(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var index = 0
    func token() -> Bool {
      let start = index
      while index < bytes.count, isTokenByte(bytes[index]) { index += 1 }
      return index > start
    }
    func skipBlanks() { while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 } }
    guard token(), index < bytes.count, bytes[index] == 0x2F else { return false }
    index += 1
    guard token() else { return false }
    skipBlanks()
    while index < bytes.count {
      guard bytes[index] == 0x3B else { return false }
      index += 1
      skipBlanks()
      guard token(), index < bytes.count, bytes[index] == 0x3D else { return false }
      index += 1
      if index < bytes.count, bytes[index] == 0x22 {
        guard let end = quotedEnd(bytes, from: index + 1) else { return false }
        index = end
      } else if !token() {
        return false
      }
      skipBlanks()
    }
    return true
  }

  /// Type and subtype in lower case, without parameters.
  static func essence(_ text: String) -> String {
    let essence = text.utf8.prefix { $0 != 0x3B && $0 != 0x20 && $0 != 0x09 }
    return String(decoding: essence, as: UTF8.self).lowercased()
  }

  /// Whether content of this type is JSON: `application/json`, `text/json`, `…/…+json`.
  static func isJSON(_ text: String) -> Bool {
    let name = essence(text)
    return name.hasSuffix("/json") || name.hasSuffix("+json")
  }

  private static func quotedEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == 0x22 { return index + 1 }
      index += bytes[index] == 0x5C ? 2 : 1
    }
    return nil
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !Array("()<>@,;:\\\"/[]?=".utf8).contains(byte)
  }
}
