/// Web addresses of profiles on social platforms.
enum ProfileAddress {
  /// The parts of the path when the lower-cased text is a web address, or `nil` when it is not.
  static func path(of text: String) throws(NormalisationError) -> [Substring]? {
    // Most handles are none; looking for the beginnings of addresses by characters takes long.
    guard text.utf8.contains(UInt8(ascii: "/")) else { return nil }
    var rest = Substring(text)
    var hasScheme = false
    for scheme in ["https://", "http://", "//"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      hasScheme = true
      break
    }
    let host = rest.prefix { $0 != "/" }
    guard hasScheme || (host.endIndex != rest.endIndex && host.contains(".")) else { return nil }
    guard host.contains(".") else {
      throw NormalisationError(code: .malformed, reason: "the address has no host")
    }
    return rest[host.endIndex...].prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
  }

  /// The handle at the end of the path.
  static func handle(in path: [Substring]) throws(NormalisationError) -> String {
    var parts = path[...]
    while parts.count > 1, let first = parts.first, leadingParts.contains(first) { parts = parts.dropFirst() }
    guard let part = parts.first, parts.count == 1, !ownPages.contains(part), !isFile(part) else {
      throw NormalisationError(code: .unsupported, reason: "the address is not that of a profile")
    }
    return try percentDecoded(part)
  }

  /// What platforms put before the handle or id of a profile.
  private static let leadingParts: Set<Substring> = [
    "u", "n", "user", "users", "profile", "people", "in", "channel", "c", "add", "company",
  ]

  /// Pages of a platform that are nobody's profile.
  private static let ownPages: Set<Substring> = [
    "home", "search", "explore", "login", "signup", "register", "intent", "share", "hashtag", "settings", "about", "i",
    "u", "n", "user", "users", "profile", "people", "in", "channel", "c", "add", "company", "help", "privacy", "terms",
  ]

  private static func isFile(_ part: Substring) -> Bool {
    [".php", ".htm", ".html", ".asp", ".aspx", ".jsp"].contains { part.hasSuffix($0) }
  }

  private static func percentDecoded(_ part: Substring) throws(NormalisationError) -> String {
    var bytes: [UInt8] = []
    var rest = part.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
        throw NormalisationError(code: .malformed, reason: "the address has an incomplete percent escape")
      }
      bytes.append(high << 4 | low)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else {
      throw NormalisationError(code: .malformed, reason: "the percent escapes are not UTF-8")
    }
    return text
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
