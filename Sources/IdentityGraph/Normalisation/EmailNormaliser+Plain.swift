extension EmailNormaliser {
  /// Whether an address is in its normal form already: lower-case letters, digits and a few marks of ASCII, as nearly all
  /// are.
  ///
  /// Says no when in doubt. One pass over the bytes, which allocates nothing.
  static func isPlain(_ raw: String) -> Bool {
    guard raw.utf8.count <= maximumLength else { return false }
    var bytes = raw.utf8.makeIterator()
    return takesPlainLocal(&bytes) && takesPlainDomain(&bytes)
  }

  /// Reads the local part and the @ behind it.
  private static func takesPlainLocal(_ bytes: inout String.UTF8View.Iterator) -> Bool {
    var length = 0
    // A dot neither begins nor ends the part, nor follows another.
    var isAfterDot = true
    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
        UInt8(ascii: "-"), UInt8(ascii: "+"):
        isAfterDot = false
      case UInt8(ascii: "."):
        if isAfterDot { return false }
        isAfterDot = true
      case UInt8(ascii: "@"): return !isAfterDot && length <= maximumLocalLength
      default: return false
      }
      length += 1
    }
    return false
  }

  /// Reads a domain of at least two labels to its end.
  private static func takesPlainDomain(_ bytes: inout String.UTF8View.Iterator) -> Bool {
    var (labels, length) = (1, 0)
    var (isAfterHyphen, isNumber) = (false, true)
    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): (isAfterHyphen, isNumber) = (false, false)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): isAfterHyphen = false
      case UInt8(ascii: "-"):
        if length == 0 { return false }
        (isAfterHyphen, isNumber) = (true, false)
      case UInt8(ascii: "."):
        if length == 0 || isAfterHyphen { return false }
        labels += 1
        (length, isNumber) = (0, true)
        continue
      default: return false
      }
      length += 1
      if length > 63 { return false }
    }
    return labels > 1 && length > 0 && !isAfterHyphen && !isNumber
  }
}
