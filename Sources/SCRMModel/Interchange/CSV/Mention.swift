/// Names mentioned in a text as `@name`.
enum Mention {
  /// The first mention, without the sign; O(n).
  static func first(in bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.contains(0x40) else { return nil }
    var previous: Unicode.Scalar?
    var name = ""
    var isOpen = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if isOpen {
        let goesOn = name.utf8.first.map { $0 < 0x80 ? isWord(scalar) : isLetter(scalar) } ?? isLetter(scalar)
        // A hyphen goes on with a name but does not begin one.
        if goesOn, !(name.isEmpty && scalar == "-") {
          name.unicodeScalars.append(scalar)
          continue
        }
        if !name.isEmpty { return name }
        isOpen = false
      }
      if scalar == "@", previous.map({ !isWord($0) && !isLetter($0) || $0 == "-" }) ?? true { isOpen = true }
      previous = scalar
    }
    return name.isEmpty ? nil : name
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isWord(scalar) || scalar == "-" }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
