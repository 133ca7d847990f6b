public import SocialCRM

/// How far a channel reaches.
public struct ChannelFigures: Sendable, Hashable {
  /// The channel as interactions name it; `nil` where they name none.
  public var id: String?
  /// Its names, for a channel that is known.
  public var name: DisplayName?
  /// What the platform is to the brand, for a channel that is known.
  public var platformClass: PlatformClass?
  /// Different people who did something on it.
  public var people: Int
  /// What they and brands did on it.
  public var interactions: Int

  /// Creates figures.
  public init(
    id: String?, name: DisplayName? = nil, platformClass: PlatformClass? = nil, people: Int, interactions: Int
  ) {
    self.id = id
    self.name = name
    self.platformClass = platformClass
    self.people = people
    self.interactions = interactions
  }
}
