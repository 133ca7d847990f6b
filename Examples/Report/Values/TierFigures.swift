public import SocialCRM

/// How many people take part how deeply, and how much they do.
public struct TierFigures: Sendable, Hashable {
  /// How deeply.
  public var tier: ParticipationTier
  /// How many people.
  public var people: Int
  /// How many interactions they ever had.
  public var interactions: Int

  /// Creates figures.
  public init(tier: ParticipationTier, people: Int, interactions: Int) {
    self.tier = tier
    self.people = people
    self.interactions = interactions
  }
}
