public import SCRMExpressions

/// The id of a campaign, as the host gives it; what `CampaignReference.name` refers to.
public struct CampaignID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A planned effort over a time on some channels; with a programme it is an event.
public struct Campaign: Sendable, Hashable, Codable {
  /// The id.
  public var id: CampaignID
  /// The name.
  public var name: String
  /// What it is about.
  public var theme: String?
  /// The brand.
  public var brand: String?
  /// The channels it runs on.
  public var channels: [String]
  /// The offers it makes.
  public var offers: [OfferID]
  /// When it begins.
  public var starts: Instant
  /// When it ends, exclusive; `nil` when open.
  public var ends: Instant?
  /// What it may cost.
  public var budget: Money?
  /// The programme, when it is an event.
  public var programme: EventProgramme?

  /// Creates a campaign.
  public init(
    id: CampaignID, name: String, theme: String? = nil, brand: String? = nil, channels: [String] = [],
    offers: [OfferID] = [], starts: Instant, ends: Instant? = nil, budget: Money? = nil,
    programme: EventProgramme? = nil
  ) {
    self.id = id
    self.name = name
    self.theme = theme
    self.brand = brand
    self.channels = channels
    self.offers = offers
    self.starts = starts
    self.ends = ends
    self.budget = budget
    self.programme = programme
  }

  /// Whether it runs at a time: from `starts` on, until before `ends`.
  public func isRunning(at time: Instant) -> Bool {
    starts <= time && ends.map { time < $0 } ?? true
  }
}
