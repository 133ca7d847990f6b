import StrictJSON

/// A kind of knowledge about people, such as income; traits and properties are assigned to groups by an
/// ``AttributeCatalogue``, and an industry wants or does not want a group as a whole.
public struct AttributeGroup: TextIdentifier {
  /// The name.
  public let rawValue: String
  /// Wraps a name.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// Sex, age, birthday.
  public static let demographics: Self = "demographics"
  /// Schools and degrees.
  public static let education: Self = "education"
  /// Job, employer, branch.
  public static let occupation: Self = "occupation"
  /// Income and wealth.
  public static let income: Self = "income"
  /// Marital status.
  public static let marriage: Self = "marriage"
  /// Children, household size, home.
  public static let household: Self = "household"
  /// Interests and hobbies.
  public static let interests: Self = "interests"
  /// Taste in music, film, style, food.
  public static let taste: Self = "taste"
  /// Health, diet, body; special care is due by GDPR article 9 and PIPL article 28.
  public static let health: Self = "health"
  /// Where people live and are.
  public static let location: Self = "location"
  /// What people bought and own.
  public static let purchase: Self = "purchase"
  /// Which media and devices people use, and when.
  public static let mediaUse: Self = "media_use"
  /// Which brands people like or follow.
  public static let brandAffinity: Self = "brand_affinity"
  /// How active and how influential people are socially.
  public static let socialActivity: Self = "social_activity"

  /// The groups named here.
  public static let named: [AttributeGroup] = [
    .demographics, .education, .occupation, .income, .marriage, .household, .interests, .taste, .health, .location,
    .purchase, .mediaUse, .brandAffinity, .socialActivity,
  ]

  /// The name to show; for a group that is not named here, its own text.
  public var displayName: DisplayName {
    switch self {
    case .demographics: DisplayName(zh: "人口属性", en: "Demographics")
    case .education: DisplayName(zh: "教育", en: "Education")
    case .occupation: DisplayName(zh: "职业", en: "Occupation")
    case .income: DisplayName(zh: "收入", en: "Income")
    case .marriage: DisplayName(zh: "婚姻", en: "Marriage")
    case .household: DisplayName(zh: "家庭", en: "Household")
    case .interests: DisplayName(zh: "兴趣", en: "Interests")
    case .taste: DisplayName(zh: "品味", en: "Taste")
    case .health: DisplayName(zh: "健康", en: "Health")
    case .location: DisplayName(zh: "位置", en: "Location")
    case .purchase: DisplayName(zh: "消费", en: "Purchase")
    case .mediaUse: DisplayName(zh: "媒体使用", en: "Media use")
    case .brandAffinity: DisplayName(zh: "品牌偏好", en: "Brand affinity")
    case .socialActivity: DisplayName(zh: "社交活跃度", en: "Social activity")
    default: DisplayName(zh: rawValue, en: rawValue)
    }
  }
}
