extension StoreConformance {
  /// How much the kit tries.
  public struct Settings: Sendable, Hashable {
    /// The seed of everything that is drawn; printed with each finding.
    public var seed: UInt64 = 1
    /// Rows of the largest batch.
    public var largestBatch = 10_000
    /// How many tasks write at once.
    public var writers = 8
    /// How many commits each of them does.
    public var commitsPerWriter = 8
    /// After how many further commits a repeated one is still recognised; the contract asks for 1,000.
    public var laterCommits = 100
    /// How many sequences the model-based runner draws.
    public var sequences = 12
    /// How many steps a sequence has.
    public var steps = 40

    /// Counts that take seconds.
    public static let quick = Settings()
    /// The counts of the contract: a batch of 100,000 rows, 1,000 later commits, 200 sequences of 120 steps.
    public static let full: Settings = {
      var settings = Settings()
      settings.largestBatch = 100_000
      settings.commitsPerWriter = 50
      settings.laterCommits = 1_000
      settings.sequences = 200
      settings.steps = 120
      return settings
    }()

    /// Creates the quick counts.
    public init() {}
  }
}
