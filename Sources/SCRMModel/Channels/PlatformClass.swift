/// The role a platform has for a brand.
///
/// Every channel belongs to exactly one class.
public enum PlatformClass: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// The brand's own: website, app, shop, call centre.
  case own
  /// Run by a partner with customers of its own: marketplaces, payment services.
  case partner
  /// Where new people are reached: search, recommendation feeds, short video.
  case promotion
  /// Where people talk with the brand and with each other.
  case social

  /// The name to show.
  public var displayName: DisplayName {
    switch self {
    case .own: DisplayName(zh: "自有平台", en: "Own")
    case .partner: DisplayName(zh: "合作平台", en: "Partner")
    case .promotion: DisplayName(zh: "推广平台", en: "Promotion")
    case .social: DisplayName(zh: "社交平台", en: "Social")
    }
  }

  /// Whether `left` comes first in the order of the cases.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .own: 0
    case .partner: 1
    case .promotion: 2
    case .social: 3
    }
  }
}
