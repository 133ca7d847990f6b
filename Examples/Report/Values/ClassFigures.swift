public import SocialCRM

/// How far a class of platforms reaches.
public struct ClassFigures: Sendable, Hashable {
  /// The class; `nil` for channels that are not known.
  public var platformClass: PlatformClass?
  /// Different people who did something on one of its channels.
  public var people: Int
  /// Interactions on its channels.
  public var interactions: Int

  /// Creates figures.
  public init(platformClass: PlatformClass?, people: Int, interactions: Int) {
    self.platformClass = platformClass
    self.people = people
    self.interactions = interactions
  }
}
