public import SCRMExpressions

/// The animal of the Chinese year a person was born in; the year begins with the lunar new year.
public enum ZodiacAnimal: String, Sendable, Hashable, Codable, CaseIterable {
  /// 鼠, such as 1984 and 2020.
  case rat
  /// 牛.
  case ox
  /// 虎.
  case tiger
  /// 兔.
  case rabbit
  /// 龙.
  case dragon
  /// 蛇.
  case snake
  /// 马.
  case horse
  /// 羊.
  case goat
  /// 猴.
  case monkey
  /// 鸡.
  case rooster
  /// 狗.
  case dog
  /// 猪.
  case pig

  /// The animal of a date of birth; `nil` before the new year of 1901 and after the year 2100.
  public init?(_ date: CivilDate) {
    guard let newYear = Self.newYear(of: date.year) else { return nil }
    let year = date < newYear ? date.year - 1 : date.year
    guard year >= 1901 else { return nil }
    self = Self.allCases[(year - 4) % 12]
  }

  /// The day on which the Chinese year begins that falls mostly into a Gregorian one, 1901 … 2100; otherwise `nil`.
  ///
  /// By Beijing's local mean time until 1928 and China Standard Time since, as the almanacs were made.
  public static func newYear(of year: Int) -> CivilDate? {
    guard (1901...2100).contains(year) else { return nil }
    let letter = Int(newYears[newYears.index(newYears.startIndex, offsetBy: year - 1901)])
    // The new year lies between 21 January and 20 February; A … Z, a … e count the days.
    let offset = letter >= 0x61 ? letter - 0x61 + 26 : letter - 0x41
    return offset < 11
      ? CivilDate(year: year, month: 1, day: 21 + offset) : CivilDate(year: year, month: 2, day: offset - 10)
  }

  private static let newYears = Array(
    """
    dSIaOEXMBUJcQFYNCVLeSHaPDXMCUJbQFYODVKdSGZPEXMBUIb\
    QGYNDWKcSHZPEXMATJbQGZNCVKcRHaPEXMeTIbQGZOCUKdRHaP\
    DWLBTIcRFYNCUKdSHaPEWLBUIbQFXNCVKdSHZODWLBUJbQFYMC\
    VLdSHZODWMATIbPFYNCVKdRGZPDWMBTIbQFYNDUJcRGZPEWLAT
    """.utf8)

  /// The name to show.
  public var displayName: DisplayName {
    switch self {
    case .rat: DisplayName(zh: "鼠", en: "Rat")
    case .ox: DisplayName(zh: "牛", en: "Ox")
    case .tiger: DisplayName(zh: "虎", en: "Tiger")
    case .rabbit: DisplayName(zh: "兔", en: "Rabbit")
    case .dragon: DisplayName(zh: "龙", en: "Dragon")
    case .snake: DisplayName(zh: "蛇", en: "Snake")
    case .horse: DisplayName(zh: "马", en: "Horse")
    case .goat: DisplayName(zh: "羊", en: "Goat")
    case .monkey: DisplayName(zh: "猴", en: "Monkey")
    case .rooster: DisplayName(zh: "鸡", en: "Rooster")
    case .dog: DisplayName(zh: "狗", en: "Dog")
    case .pig: DisplayName(zh: "猪", en: "Pig")
    }
  }
}
