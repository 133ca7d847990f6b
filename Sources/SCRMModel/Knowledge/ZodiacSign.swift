public import SCRMExpressions

/// A sign of the Western zodiac by date of birth, with the customary fixed dates.
///
/// The sun enters a sign up to a day earlier or later, depending on year and time zone; the dates are those printed in
/// the *Encyclopædia Britannica* ("zodiac").
public enum ZodiacSign: String, Sendable, Hashable, Codable, CaseIterable {
  /// 21 March – 19 April.
  case aries
  /// 20 April – 20 May.
  case taurus
  /// 21 May – 21 June.
  case gemini
  /// 22 June – 22 July.
  case cancer
  /// 23 July – 22 August.
  case leo
  /// 23 August – 22 September.
  case virgo
  /// 23 September – 23 October.
  case libra
  /// 24 October – 21 November.
  case scorpio
  /// 22 November – 21 December.
  case sagittarius
  /// 22 December – 19 January.
  case capricorn
  /// 20 January – 18 February.
  case aquarius
  /// 19 February – 20 March.
  case pisces

  /// The sign of a date of birth.
  public init(_ date: CivilDate) {
    self =
      switch (date.month, date.day) {
      case (3, 21...), (4, ...19): .aries
      case (4, _), (5, ...20): .taurus
      case (5, _), (6, ...21): .gemini
      case (6, _), (7, ...22): .cancer
      case (7, _), (8, ...22): .leo
      case (8, _), (9, ...22): .virgo
      case (9, _), (10, ...23): .libra
      case (10, _), (11, ...21): .scorpio
      case (11, _), (12, ...21): .sagittarius
      case (12, _), (1, ...19): .capricorn
      case (1, _), (2, ...18): .aquarius
      default: .pisces
      }
  }

  /// The name to show.
  public var displayName: DisplayName {
    switch self {
    case .aries: DisplayName(zh: "白羊座", en: "Aries")
    case .taurus: DisplayName(zh: "金牛座", en: "Taurus")
    case .gemini: DisplayName(zh: "双子座", en: "Gemini")
    case .cancer: DisplayName(zh: "巨蟹座", en: "Cancer")
    case .leo: DisplayName(zh: "狮子座", en: "Leo")
    case .virgo: DisplayName(zh: "处女座", en: "Virgo")
    case .libra: DisplayName(zh: "天秤座", en: "Libra")
    case .scorpio: DisplayName(zh: "天蝎座", en: "Scorpio")
    case .sagittarius: DisplayName(zh: "射手座", en: "Sagittarius")
    case .capricorn: DisplayName(zh: "摩羯座", en: "Capricorn")
    case .aquarius: DisplayName(zh: "水瓶座", en: "Aquarius")
    case .pisces: DisplayName(zh: "双鱼座", en: "Pisces")
    }
  }
}
