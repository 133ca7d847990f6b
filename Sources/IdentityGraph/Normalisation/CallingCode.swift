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

  /// How many digits a national number has behind a country code, where it is known here.
  ///
  /// Of the numbering plans reported to ITU-T (national numbering plans under E.164), the shortest and longest that people
  /// or companies have; other countries have only E.164's own limit. North America, Russia and China are checked more
  /// closely.
  static func nationalLengths(_ code: Int) -> ClosedRange<Int>? { lengths[code] }

  private static let lengths: [Int: ClosedRange<Int>] = [
    20: 8...10, 27: 5...9, 30: 10...10, 31: 9...11, 32: 8...9, 33: 9...9, 34: 9...9, 36: 8...9, 39: 6...12, 40: 9...9,
    41: 9...12, 43: 4...13, 44: 7...10, 45: 8...8, 46: 7...10, 47: 5...12, 48: 9...9, 49: 4...13, 51: 8...9,
    52: 10...11, 53: 6...10, 54: 10...11, 55: 8...11, 56: 8...11, 57: 8...11, 58: 10...10, 60: 8...10, 61: 6...10,
    62: 7...12, 63: 8...10, 64: 8...10, 65: 8...11, 66: 8...10, 81: 9...10, 82: 8...11, 84: 9...10, 90: 10...10,
    91: 10...10, 92: 8...10, 93: 9...9, 94: 9...9, 95: 7...10, 98: 10...10, 212: 9...9, 213: 8...9, 216: 8...8,
    218: 8...9, 225: 10...10, 229: 8...10, 242: 9...9, 351: 9...9, 352: 4...11, 353: 7...10, 354: 7...9, 355: 6...9,
    356: 8...8, 357: 8...8, 358: 5...12, 359: 7...9, 370: 8...8, 371: 8...8, 372: 7...10, 373: 8...8, 374: 8...8,
    375: 9...10, 376: 6...9, 377: 8...9, 378: 6...10, 380: 9...9, 381: 7...10, 382: 8...9, 385: 8...9, 386: 8...8,
    387: 8...9, 389: 8...8, 420: 9...12, 421: 9...9, 423: 7...9, 852: 8...9, 853: 8...8, 855: 8...10, 856: 8...10,
    880: 8...10, 886: 8...10, 960: 7...7, 961: 7...8, 962: 8...9, 963: 8...9, 964: 8...10, 965: 7...8, 966: 8...10,
    967: 7...9, 968: 8...8, 970: 8...10, 971: 8...9, 972: 8...10, 973: 8...8, 974: 7...8, 975: 7...8, 976: 8...8,
    977: 8...10, 992: 9...9, 993: 8...8, 994: 9...9, 995: 9...9, 996: 9...9, 998: 9...9,
  ]

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
