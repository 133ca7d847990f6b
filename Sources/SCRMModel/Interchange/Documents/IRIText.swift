/// The syntax of addresses: URI (RFC 3986) and IRI (RFC 3987).
enum IRIText {
  /// Whether the text is an absolute IRI: a scheme, a colon and something behind it, of permitted signs.
  static func isAbsolute(_ text: String) -> Bool {
    guard hasPermittedSigns(text), let scheme = scheme(of: text) else { return false }
    return text.utf8.count > scheme.utf8.count + 1
  }

  /// Whether the text is a reference: absolute or relative, of permitted signs and not empty.
  static func isReference(_ text: String) -> Bool { !text.isEmpty && hasPermittedSigns(text) }

  /// The host of an address such as `https://social.example/@alice`, in lower case; `nil` without one.
  static func host(of text: String) -> String? {
    guard let scheme = scheme(of: text) else { return nil }
    let rest = text.utf8.dropFirst(scheme.utf8.count + 1)
    guard rest.starts(with: [0x2F, 0x2F]) else { return nil }
    let authority = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    let host = authority.split(separator: 0x40, omittingEmptySubsequences: false).last ?? authority
    let name = String(decoding: host, as: UTF8.self).lowercased()
    return name.isEmpty ? nil : name
  }

  /// The text with every byte outside of the unreserved signs of RFC 3986 as `%XX`.
  static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isAlphanumeric(byte) || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func scheme(of text: String) -> String? {
    guard let colon = text.utf8.firstIndex(of: 0x3A) else { return nil }
    let scheme = text.utf8[..<colon]
    guard let first = scheme.first, isLetter(first),
      scheme.allSatisfy({ isAlphanumeric($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E })
    else { return nil }
    return String(decoding: scheme, as: UTF8.self)
  }

  // Controls, blanks and the delimiters that RFC 3987 forbids everywhere; a percent sign begins two hexadecimal digits.
  private static func hasPermittedSigns(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F: return false
      case 0x25:
        guard index + 2 < bytes.count, isHexadecimal(bytes[index + 1]), isHexadecimal(bytes[index + 2]) else {
          return false
        }
      default: break
      }
    }
    return !text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}
