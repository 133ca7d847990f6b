/// Country calling codes as ITU-T E.164 assigns them: how long they are, and how national numbers are written.
enum CallingCode {
  /// How many digits the country code at the start of an international number has, or `nil` when none begins so.
  ///
  /// Zones 1 and 7 have one digit; the codes of two digits are a closed list; all others have three.
  static func length(in digits: some Collection<UInt8>) -> Int? {
    var iterator = digits.makeIterator()
    guard let first = iterator.next(), first != 0 else { return nil }
    if first == 1 || first == 7 { return 1 }
    guard let second = iterator.next() else { return nil }
    if twoDigitCodes.contains(first * 10 + second) { return 2 }
    return digits.count < 3 ? nil : 3
  }

  private static let twoDigitCodes: Set<UInt8> = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62,
    63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
  ]

  /// Whether a zero at the start of a national number belongs to it in the international form too.
  ///
  /// It does in Italy, San Marino, Benin, Congo and Côte d'Ivoire. Elsewhere it is the trunk prefix, dialled within the
  /// country only.
  static func keepsLeadingZero(_ code: Int) -> Bool {
    switch code {
    case 39, 378, 229, 242, 225: true
    default: false
    }
  }

  /// The digits dialled before the number within the country, where they are not 0.
  static func trunkPrefix(_ code: Int) -> [UInt8] {
    switch code {
    case 7: [8]
    case 36: [0, 6]
    default: [0]
    }
  }

  /// The digits dialled before a country code, where they are not 00 (which is understood everywhere).
  static func internationalPrefix(_ code: Int) -> [UInt8]? {
    switch code {
    case 1: [0, 1, 1]
    case 7: [8, 1, 0]
    case 61: [0, 0, 1, 1]
    case 81: [0, 1, 0]
    default: nil
    }
  }
}
