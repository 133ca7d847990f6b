public import SCRMModel

/// What people are to a brand: `role.buyer`, `role.fan`, `role.spreader` and `role.browser`; a person may have several
/// roles, or none.
public struct RelationRoleSegments: Sendable, Hashable {
  /// What makes a role: so many interactions of these kinds in so many days.
  public struct Role: Sendable, Hashable {
    /// The kinds that count.
    public var kinds: [InteractionKind]
    /// How many of them, at least 1.
    public var least: Int
    /// The rolling window in days of 24 hours.
    public var days: Int

    /// Creates a role.
    public init(_ kinds: [InteractionKind], least: Int, days: Int) {
      self.kinds = kinds
      self.least = least
      self.days = days
    }

    fileprivate var condition: SegmentCondition { Measure.count(EventSelection(kinds), in: .days(days)) >= least }
  }

  /// Who buys: a purchase in a year.
  public var buyer = Role([.purchase], least: 1, days: 365)
  /// Who likes the brand and says so: five likes, comments, reviews, joins or follows in 90 days.
  public var fan = Role([.like, .comment, .follow, .join, .review], least: 5, days: 90)
  /// Who carries it on: three shares, posts or reviews in 90 days.
  public var spreader = Role([.share, .post, .review], least: 3, days: 90)
  /// Who looks: five views, screens, clicks or searches in 30 days.
  public var browser = Role([.view, .screen, .click, .search], least: 5, days: 30)

  /// Creates the family with its default parameters.
  public init() {}

  /// The definitions.
  public var segments: [Segment] {
    [
      Segment("role.buyer", buyer.condition), Segment("role.fan", fan.condition),
      Segment("role.spreader", spreader.condition), Segment("role.browser", browser.condition),
    ]
  }
}
