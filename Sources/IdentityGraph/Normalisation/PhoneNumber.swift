/// A telephone number taken apart into country code and national number.
struct PhoneNumber {
  private let code: Int
  /// The digits after the country code, without trunk prefix.
  private let national: ArraySlice<UInt8>
  private let extensionDigits: String?

  /// The number in the form of E.164, an extension behind it as RFC 3966 writes it.
  var international: String {
    let number = "+\(code)" + String(decoding: national.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return extensionDigits.map { "\(number);ext=\($0)" } ?? number
  }

  /// Decides whether the number is international or national, and checks it.
  init(_ written: PhoneDigits, defaultCode: Int?) throws(NormalisationError) {
    let digits = written.digits
    extensionDigits = written.extensionDigits
    if let international = PhoneNumber.internationalDigits(written, defaultCode) {
      guard let length = CallingCode.length(in: international) else {
        throw NormalisationError(code: .malformed, reason: "the number does not begin with a country code")
      }
      code = international.prefix(length).reduce(0) { $0 * 10 + Int($1) }
      let rest = international.dropFirst(length)
      // "+44 (0)20 …": the trunk prefix of a country that has 0 is often written after the country code.
      let hasTrunkPrefix = rest.first == 0 && !CallingCode.keepsLeadingZero(code)
      national = hasTrunkPrefix ? rest.dropFirst() : rest
    } else if let defaultCode {
      code = defaultCode
      national = try PhoneNumber.nationalDigits(digits, defaultCode)
    } else {
      throw NormalisationError(
        code: .missingCountryCode, reason: "a national number needs a default country code")
    }
    try check()
  }

  /// The digits from the country code on, or `nil` for a national number.
  private static func internationalDigits(_ written: PhoneDigits, _ defaultCode: Int?) -> ArraySlice<UInt8>? {
    let digits = written.digits[...]
    if let defaultCode, !written.hasPlus {
      if let prefix = CallingCode.internationalPrefix(defaultCode), digits.starts(with: prefix) {
        return digits.dropFirst(prefix.count)
      }
      if defaultCode == 86, digits.count >= 12, digits.starts(with: [8, 6]) { return digits }
    }
    if digits.starts(with: [0, 0]) { return digits.dropFirst(2) }
    return written.hasPlus ? digits : nil
  }

  private static func nationalDigits(_ digits: [UInt8], _ code: Int) throws(NormalisationError) -> ArraySlice<UInt8> {
    switch code {
    case 1:
      return digits.count == 11 && digits[0] == 1 ? digits.dropFirst() : digits[...]
    case 7:
      return digits.count == 11 && (digits[0] == 8 || digits[0] == 7) ? digits.dropFirst() : digits[...]
    case 86:
      guard digits[0] == 0 || isChineseMobile(digits[...]) || isChineseServiceNumber(digits[...]) else {
        throw NormalisationError(
          code: .malformed, reason: "neither a Chinese mobile number nor a land line with its area code")
      }
      return digits[0] == 0 ? digits.dropFirst() : digits[...]
    default:
      let prefix = CallingCode.trunkPrefix(code)
      return !CallingCode.keepsLeadingZero(code) && digits.starts(with: prefix)
        ? digits.dropFirst(prefix.count) : digits[...]
    }
  }

  private func check() throws(NormalisationError) {
    let length = String(code).utf8.count + national.count
    guard length >= 7 else {
      throw NormalisationError(code: .tooShort, reason: "an international number has at least 7 digits")
    }
    guard length <= 15 else {
      throw NormalisationError(code: .tooLong, reason: "an international number has at most 15 digits")
    }
    if let lengths = CallingCode.nationalLengths(code), !lengths.contains(national.count) {
      throw NormalisationError(
        code: national.count < lengths.lowerBound ? .tooShort : .tooLong,
        reason:
          "numbers of +\(code) have \(lengths.lowerBound) to \(lengths.upperBound) digits, this one \(national.count)")
    }
    guard national.first != 0 || CallingCode.keepsLeadingZero(code) else {
      throw NormalisationError(code: .malformed, reason: "the national number begins with a zero")
    }
    let isPossible =
      switch code {
      case 1: PhoneNumber.isNorthAmerican(national)
      case 7: national.count == 10
      case 86: PhoneNumber.isChinese(national)
      default: true
      }
    guard isPossible else {
      throw NormalisationError(code: .malformed, reason: "no number of the country +\(code) is written so")
    }
  }

  /// Area code and exchange of three digits, neither beginning with 0 or 1, and four more.
  private static func isNorthAmerican(_ national: ArraySlice<UInt8>) -> Bool {
    let digits = Array(national)
    return digits.count == 10 && digits[0] >= 2 && digits[3] >= 2
  }

  private static func isChinese(_ national: ArraySlice<UInt8>) -> Bool {
    let digits = Array(national)
    guard digits.count >= 2 else { return false }
    if digits[0] == 1, digits[1] >= 3 { return digits.count == 11 }
    // Beijing is 10; other area codes have two or three digits, the numbers behind them seven or eight.
    return (digits[0] != 1 || digits[1] == 0) && (digits.count == 10 || digits.count == 11)
  }

  private static func isChineseMobile(_ digits: ArraySlice<UInt8>) -> Bool {
    digits.count == 11 && digits.first == 1 && digits.dropFirst().first.map { $0 >= 3 } == true
  }

  /// Numbers of companies that are called without an area code.
  private static func isChineseServiceNumber(_ digits: ArraySlice<UInt8>) -> Bool {
    digits.count == 10 && (digits.starts(with: [4, 0, 0]) || digits.starts(with: [8, 0, 0]))
  }
}
