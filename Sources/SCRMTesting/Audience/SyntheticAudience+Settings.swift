public import SCRMModel

extension SyntheticAudience {
  /// How many people do how much, when, and how clean the deliveries are.
  ///
  /// Shares are parts of all deliveries, 0 … 1; what they leave is ordinary.
  public struct Settings: Sendable, Hashable {
    /// How many people, 1 … 1,000,000.
    public var people: Int
    /// How many deliveries, 0 or more.
    public var interactions: Int
    /// Over how many days, at least 1.
    public var days: Int
    /// When the first one is received.
    public var start: Instant
    /// What the numbers are drawn from; another seed gives another audience.
    public var seed: UInt64
    /// Repeated deliveries of an earlier interaction.
    public var duplicates = 0.02
    /// Interactions of 8 to 30 days ago, beyond the lateness a loop waits for by default.
    public var late = 0.01
    /// Interactions of up to six hours ago, so that event time does not follow the order of receipt.
    public var outOfOrder = 0.05
    /// Interactions that must be refused: empty ids, NUL, far-future times, other bodies under a known key.
    public var errors = 0.005
    /// Interactions that take an earlier one back or replace it.
    public var revisions = 0.02
    /// Bursts: the part of the time in which many complain about one product within a minute.
    public var bursts = 0.02

    /// Creates settings; the default start is 2024-01-01T00:00:00Z.
    public init(
      people: Int = 500, interactions: Int = 10_000, days: Int = 60,
      start: Instant = Instant(secondsSinceEpoch: 1_704_067_200) ?? .epoch, seed: UInt64 = 1
    ) {
      self.people = people
      self.interactions = interactions
      self.days = days
      self.start = start
      self.seed = seed
    }

    /// Settings without repeated, late, unordered or wrong deliveries and without revisions: each one is accepted and new.
    public static func plain(
      people: Int = 500, interactions: Int = 10_000, days: Int = 60, seed: UInt64 = 1
    ) -> Settings {
      var settings = Settings(people: people, interactions: interactions, days: days, seed: seed)
      settings.duplicates = 0
      settings.late = 0
      settings.outOfOrder = 0
      settings.errors = 0
      settings.revisions = 0
      return settings
    }

    var population: Int { min(max(people, 1), 1_000_000) }
    /// The most active hundredth, and the most active tenth.
    var few: Int { max(population / 100, 1) }
    var some: Int { max(population / 10, 1) }
    var spanMilliseconds: Int64 { Int64(min(max(days, 1), 36_500)) * 86_400_000 }
  }
}
