/// What a channel brought in a period, as measured by the host.
public struct ChannelTraffic: Sendable, Hashable, Codable {
  /// The id of the channel.
  public var channel: String
  /// Interactions; negative counts are read as 0.
  public var interactions: Int
  /// Different people.
  public var people: Int
  /// People who converted; more than `people` are read as all.
  public var conversions: Int

  /// Creates a measurement.
  public init(channel: String, interactions: Int, people: Int, conversions: Int) {
    self.channel = channel
    self.interactions = interactions
    self.people = people
    self.conversions = conversions
  }
}

/// The channels of the classes a profile wants, best first by measured traffic, each with its reasons.
///
/// The score of a channel is the weighted mean of four figures, each 0 … 1: its share of the interactions, of the people
/// and of the conversions of all channels that take part, and its certain conversion rate relative to the best one. The
/// certain rate is the lower end of the 95 % interval of Wilson (*Probable Inference*, 1927), so that one conversion of
/// two visitors does not beat a hundred of a thousand. Ties are ordered by class relevance, then id.
public struct PlatformRecommendation: Sendable, Hashable, Codable {
  /// How much each figure counts, as parts of their sum; negative or non-finite weights count as 0.
  public struct Weights: Sendable, Hashable, Codable {
    /// Weight of the share of interactions.
    public var interactions = 1.0
    /// Weight of the share of people.
    public var people = 1.0
    /// Weight of the share of conversions.
    public var conversions = 2.0
    /// Weight of the relative conversion rate.
    public var conversionRate = 1.0
    /// The defaults.
    public init() {}
  }

  /// A figure of a channel and what it adds to the score.
  public struct Reason: Sendable, Hashable, Codable {
    /// The figures.
    public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
      /// Share of the interactions.
      case interactions
      /// Share of the people.
      case people
      /// Share of the conversions.
      case conversions
      /// Certain conversion rate.
      case conversionRate
    }
    /// Which figure.
    public let measure: Measure
    /// The count, or for the rate the certain rate itself, 0 … 1.
    public let measured: Double
    /// The figure relative to the others, 0 … 1.
    public let relative: Double
    /// What it adds to the score.
    public let contribution: Double
  }

  /// A channel with its rank.
  public struct Entry: Sendable, Hashable, Codable {
    /// The id of the channel.
    public let channel: String
    /// Its class.
    public let platformClass: PlatformClass
    /// How much the profile wants the class.
    public let relevance: Relevance
    /// The score, 0 … 1.
    public let score: Double
    /// The figures, one per measure, in the order of the measures.
    public let reasons: [Reason]
  }

  /// A channel that takes no part.
  public struct Exclusion: Sendable, Hashable, Codable {
    /// Why.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
      /// The channel is not registered.
      case unknownChannel
      /// The profile does not want its class.
      case unwantedClass
    }
    /// The id of the channel.
    public let channel: String
    /// Why.
    public let reason: Reason
  }

  /// The channels, best first.
  public let ranking: [Entry]
  /// The channels that take no part, in byte order.
  public let excluded: [Exclusion]

  /// Ranks channels.
  ///
  /// O(n log n).
  /// - Parameters:
  ///   - traffic: one measurement per channel; several of one channel are added up.
  ///   - profile: which classes are wanted.
  ///   - registry: tells the class of a channel.
  ///   - weights: how much each figure counts.
  public init(
    traffic: some Sequence<ChannelTraffic>, profile: IndustryProfile, registry: ChannelRegistry = .standard,
    weights: Weights = Weights()
  ) {
    var measured: [(channel: Channel, traffic: Figures)] = []
    var excluded: [Exclusion] = []
    for (id, figures) in Self.added(traffic) {
      guard let channel = registry[id] else {
        excluded.append(Exclusion(channel: id, reason: .unknownChannel))
        continue
      }
      if profile.relevance(of: channel.platformClass) == .irrelevant {
        excluded.append(Exclusion(channel: id, reason: .unwantedClass))
      } else {
        measured.append((channel, figures))
      }
    }
    let totals = measured.reduce(into: Figures()) { $0.add($1.traffic) }
    let bestRate = measured.map(\.traffic.certainRate).max() ?? 0
    let parts = [weights.interactions, weights.people, weights.conversions, weights.conversionRate]
      .map { $0.isFinite && $0 > 0 ? $0 : 0 }
    let sum = parts.reduce(0, +)
    let entries = measured.map { channel, figures in
      let values = [
        (figures.interactions, totals.interactions), (figures.people, totals.people),
        (figures.conversions, totals.conversions), (figures.certainRate, bestRate),
      ]
      var reasons: [Reason] = []
      for (index, measure) in Reason.Measure.allCases.enumerated() {
        let relative = values[index].1 > 0 ? values[index].0 / values[index].1 : 0
        let contribution = sum > 0 && sum.isFinite ? relative * (parts[index] / sum) : 0
        reasons.append(
          Reason(measure: measure, measured: values[index].0, relative: relative, contribution: contribution))
      }
      return Entry(
        channel: channel.id, platformClass: channel.platformClass,
        relevance: profile.relevance(of: channel.platformClass),
        score: reasons.reduce(0) { $0 + $1.contribution }, reasons: reasons)
    }
    ranking = entries.sorted { left, right in
      if left.score != right.score { return left.score > right.score }
      if left.relevance != right.relevance { return left.relevance == .required }
      return left.channel.byteOrder(right.channel) == .ascending
    }
    self.excluded = excluded
  }

  private struct Figures {
    var interactions = 0.0
    var people = 0.0
    var conversions = 0.0

    mutating func add(_ other: Figures) {
      interactions += other.interactions
      people += other.people
      conversions += other.conversions
    }

    /// The lower end of the 95 % Wilson interval of conversions per person.
    var certainRate: Double {
      guard people > 0 else { return 0 }
      let z = 1.959963984540054
      let rate = min(conversions / people, 1)
      let centre = rate + z * z / (2 * people)
      let spread = z * ((rate * (1 - rate) + z * z / (4 * people)) / people).squareRoot()
      return max(0, (centre - spread) / (1 + z * z / people))
    }
  }

  /// The figures per channel in byte order of the ids.
  private static func added(_ traffic: some Sequence<ChannelTraffic>) -> [(String, Figures)] {
    var result: [(String, Figures)] = []
    for item in traffic.sorted(by: { $0.channel.byteOrder($1.channel) == .ascending }) {
      let people = max(0, item.people)
      let figures = Figures(
        interactions: Double(max(0, item.interactions)), people: Double(people),
        conversions: Double(min(max(0, item.conversions), people)))
      if let last = result.last, last.0.sameBytes(as: item.channel) {
        result[result.count - 1].1.add(figures)
      } else {
        result.append((item.channel, figures))
      }
    }
    return result
  }
}
