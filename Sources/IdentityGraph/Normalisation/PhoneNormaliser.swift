/// Telephone numbers as keys, in the international form of ITU-T E.164: "+" and 7 to 15 digits.
///
/// Knows the numbering plans of China (86), North America (1) and Russia with Kazakhstan (7) well enough to check
/// lengths and first digits; of some hundred other countries how long numbers are; of the rest the country code, the trunk
/// prefix and E.164's own limits. It does not know which numbers are in service.
///
/// An extension is part of the identifier, in the form of RFC 3966: `+12125550100;ext=23`, with 1 to 20 digits, zeros in
/// front kept. Behind one number of a switchboard, or of the numbers that delivery platforms lend to hide the real one,
/// stand many people: the number alone and the number with each extension are different identifiers.
package enum PhoneNormaliser {
  /// The version of the rules; stored keys of another version are to be made again.
  package static let version = 2

  /// The normal form of a number.
  ///
  /// ```swift
  /// let mobile = try PhoneNormaliser.key(for: "138-0013-8000", defaultCountryCode: "86")  // +8613800138000
  /// let landline = try PhoneNormaliser.key(for: "０１０ ８８８８ ６６６６", defaultCountryCode: "86")  // +861088886666
  /// let office = try PhoneNormaliser.key(for: "010-88886666 转 801", defaultCountryCode: "86")  // +861088886666;ext=801
  /// let british = try PhoneNormaliser.key(for: "+44 (0)20 7946 0958", defaultCountryCode: nil)  // +442079460958
  /// ```
  ///
  /// A number is international after "+", "00", or the prefix that the default country dials (011 in North America).
  /// With the default country 86, also when it begins with 86 and is too long for a national number. Any other number is
  /// national and completed by the default country code, its trunk prefix dropped.
  ///
  /// - Parameters:
  ///   - raw: The number as written: digits of any script and width, separators `( ) - . /` and space, `tel:` in front; behind it an
  ///     extension after `x`, `#`, `ext.`, `extension`, `;ext=`, `доб.`, 转, 转接, 分机, 内线 or their traditional forms.
  ///   - defaultCountryCode: The country code for national numbers, such as "86" or "+86"; `nil` to refuse them.
  /// - Complexity: O(*n*).
  /// - Throws: ``NormalisationError``: `missingCountryCode` for a national number without a default country code,
  ///   `forbiddenCharacter` for letters.
  package static func key(for raw: String, defaultCountryCode: String?) throws(NormalisationError) -> String {
    let defaultCode = try defaultCountryCode.map { text throws(NormalisationError) in try checkedCode(text) }
    let written = try PhoneDigits(raw)
    let number = try PhoneNumber(written, defaultCode: defaultCode)
    return number.international
  }

  private static func checkedCode(_ text: String) throws(NormalisationError) -> Int {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "+") }.map { $0 &- UInt8(ascii: "0") }
    guard digits.allSatisfy({ $0 < 10 }), CallingCode.length(in: digits) == digits.count else {
      throw NormalisationError(code: .invalidSetting, reason: "the default country code is not a country code")
    }
    return digits.reduce(0) { $0 * 10 + Int($1) }
  }
}
