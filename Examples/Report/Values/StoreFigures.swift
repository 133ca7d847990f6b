public import SocialCRM

/// How much a store holds.
public struct StoreFigures: Sendable, Hashable {
  /// Interactions in the log.
  public var interactions = 0
  /// People, merged ones not counted.
  public var people = 0
  /// Their accounts.
  public var accounts = 0
  /// The earliest event time.
  public var firstEvent: Instant?
  /// The latest event time.
  public var lastEvent: Instant?
  /// The loop's time: the moment everybody is judged as of.
  public var time: Instant?

  /// Creates the figures of an empty store.
  public init() {}
}
