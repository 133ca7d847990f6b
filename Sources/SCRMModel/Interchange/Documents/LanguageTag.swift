/// The syntax of language tags, BCP 47 (RFC 5646, section 2.1).
enum LanguageTag {
  /// Whether the tag is well-formed: subtags in their order, no variant and no singleton twice.
  ///
  /// Whether the subtags are registered is not asked.
  static func isWellFormed(_ tag: String) -> Bool {
    let lowered = tag.lowercased()
    if grandfathered.contains(lowered) { return true }
    let parts = lowered.utf8.split(separator: 0x2D, omittingEmptySubsequences: false).map(Array.init)
    guard parts.allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy { isLetter($0) || isDigit($0) } }) else {
      return false
    }
    var rest = parts[...]
    if rest.first == [0x78] { return rest.count > 1 }
    guard let language = rest.popFirst(), (2...8).contains(language.count), language.allSatisfy(isLetter) else {
      return false
    }
    if language.count <= 3 {
      for _ in 0..<3 { take(&rest) { $0.count == 3 && $0.allSatisfy(isLetter) } }
    }
    take(&rest) { $0.count == 4 && $0.allSatisfy(isLetter) }
    take(&rest) { ($0.count == 2 && $0.allSatisfy(isLetter)) || ($0.count == 3 && $0.allSatisfy(isDigit)) }
    var variants: [[UInt8]] = []
    while let part = rest.first, part.count >= 5 || (part.count == 4 && isDigit(part[0])) {
      if variants.contains(part) { return false }
      variants.append(part)
      rest.removeFirst()
    }
    return hasExtensions(rest)
  }

  private static func hasExtensions(_ parts: ArraySlice<[UInt8]>) -> Bool {
    var rest = parts
    var singletons: [[UInt8]] = []
    while let singleton = rest.popFirst() {
      if singleton == [0x78] { return !rest.isEmpty }
      guard singleton.count == 1, !singletons.contains(singleton), let next = rest.first, next.count > 1 else {
        return false
      }
      singletons.append(singleton)
      while let part = rest.first, part.count > 1 { rest.removeFirst() }
    }
    return true
  }

  private static func take(_ parts: inout ArraySlice<[UInt8]>, _ fits: ([UInt8]) -> Bool) {
    if let part = parts.first, fits(part) { parts.removeFirst() }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  // Tags of before RFC 4646 that do not follow the grammar, and those whose parts mean nothing on their own.
  private static let grandfathered: Set<String> = [
    "en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo", "i-navajo",
    "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-be-fr", "sgn-be-nl", "sgn-ch-de", "art-lojban", "cel-gaulish", "no-bok",
    "no-nyn", "zh-guoyu", "zh-hakka", "zh-min", "zh-min-nan", "zh-xiang",
  ]
}
