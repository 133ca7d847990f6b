import StrictJSON

/// The line of business of a brand: ten named ones, and any other by name.
public struct Industry: TextIdentifier {
  /// The name.
  public let rawValue: String
  /// Wraps a name.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// Banks, insurance, funds.
  public static let finance: Self = "finance"
  /// Fast-moving consumer goods.
  public static let fmcg: Self = "fmcg"
  /// Literature and publishing.
  public static let publishing: Self = "publishing"
  /// Online retail.
  public static let eCommerce: Self = "e_commerce"
  /// Film and entertainment.
  public static let entertainment: Self = "entertainment"
  /// Schools, courses, training.
  public static let education: Self = "education"
  /// Medicine and care.
  public static let medical: Self = "medical"
  /// Restaurants and food.
  public static let food: Self = "food"
  /// Real estate.
  public static let realEstate: Self = "real_estate"
  /// Internet services and software.
  public static let internet: Self = "internet"

  /// The ten named industries.
  public static let named: [Industry] = [
    .finance, .fmcg, .publishing, .eCommerce, .entertainment, .education, .medical, .food, .realEstate, .internet,
  ]

  /// The name to show; for an industry that is not named here, its own text.
  public var displayName: DisplayName {
    switch self {
    case .finance: DisplayName(zh: "金融", en: "Finance")
    case .fmcg: DisplayName(zh: "快消", en: "FMCG")
    case .publishing: DisplayName(zh: "文学出版", en: "Publishing")
    case .eCommerce: DisplayName(zh: "电商", en: "E-commerce")
    case .entertainment: DisplayName(zh: "影视娱乐", en: "Film and entertainment")
    case .education: DisplayName(zh: "教育", en: "Education")
    case .medical: DisplayName(zh: "医疗", en: "Medical")
    case .food: DisplayName(zh: "餐饮", en: "Food")
    case .realEstate: DisplayName(zh: "房地产", en: "Real estate")
    case .internet: DisplayName(zh: "互联网", en: "Internet")
    default: DisplayName(zh: rawValue, en: rawValue)
    }
  }
}
