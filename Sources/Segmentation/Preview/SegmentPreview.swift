public import SCRMModel

/// How many people a segment has, or would have, as a sample tells.
public struct SegmentPreview: Sendable, Hashable {
  /// How sure an interval is to hold the true count.
  public enum Confidence: Int, Sendable, Hashable, Codable, CaseIterable {
    /// 90 in 100.
    case ninety = 90
    /// 95 in 100.
    case ninetyFive = 95
    /// 99 in 100.
    case ninetyNine = 99

    /// The quantile of the normal distribution.
    var quantile: Double {
      switch self {
      case .ninety: 1.6448536269514722
      case .ninetyFive: 1.959963984540054
      case .ninetyNine: 2.5758293035489004
      }
    }
  }

  /// The segment.
  public let segment: SegmentName
  /// How many people were looked at.
  public let sampled: Int
  /// How many of them are members.
  public let found: Int
  /// How many people there are.
  public let population: Int
  /// How sure the interval is.
  public let confidence: Confidence

  /// Creates a preview; numbers that contradict one another are limited.
  public init(
    _ segment: SegmentName, found: Int, of sampled: Int, population: Int, confidence: Confidence = .ninetyFive
  ) {
    self.segment = segment
    self.population = max(population, 0)
    self.sampled = min(max(sampled, 0), self.population)
    self.found = min(max(found, 0), self.sampled)
    self.confidence = confidence
  }

  /// Whether everybody was looked at, so that the count is exact.
  public var isExact: Bool { sampled == population }

  /// The number of members to expect.
  public var estimate: Double { sampled == 0 ? 0 : Double(found) * Double(population) / Double(sampled) }

  /// The counts between which the true one lies with the confidence.
  ///
  /// The score interval (Wilson, JASA 1927), with the sample size corrected for a finite population: drawing without
  /// repetition from `N` people, `n` tell as much as `n × (N − 1) ÷ (N − n)` of endlessly many. Never less than was found,
  /// never more than is left.
  public var interval: ClosedRange<Int> {
    if isExact { return found...found }
    guard sampled > 0 else { return 0...population }
    let share = Double(found) / Double(sampled)
    let size = Double(sampled) * Double(population - 1) / Double(population - sampled)
    let square = confidence.quantile * confidence.quantile
    let centre = (share + square / (2 * size)) / (1 + square / size)
    let spread = share * (1 - share) / size + square / (4 * size * size)
    let half = confidence.quantile * spread.squareRoot() / (1 + square / size)
    let low = Int(((centre - half) * Double(population)).rounded(.down))
    let high = Int(((centre + half) * Double(population)).rounded(.up))
    let least = min(max(low, found), population)
    return least...max(least, min(high, population - (sampled - found)))
  }
}

extension BatchSegments {
  /// How many people each segment has, from a sample, in the order of the catalogue: for whoever is still writing it.
  ///
  /// O(size × terms + their events), plus the sample.
  /// - Parameters:
  ///   - population: everybody.
  ///   - now: the moment.
  ///   - size: how many people are looked at; with as many as there are the counts are exact.
  ///   - seed: chooses them: the same people for each version of a definition, so that versions can be compared.
  ///   - snapshots: who is in the published snapshots, by the numbers of the population.
  ///   - confidence: how sure the intervals are.
  ///   - threads: how many threads take part.
  /// - Throws: as ``memberships(in:at:snapshots:threads:)``.
  public func preview(
    in population: Population, at now: Instant, sampling size: Int, seed: UInt64 = 0,
    snapshots: [SegmentName: MembershipSet] = [:], confidence: SegmentPreview.Confidence = .ninetyFive, threads: Int = 1
  ) throws(SCRMError) -> [SegmentPreview] {
    let sample = PopulationSample(size, of: population.count, seed: seed)
    let isWhole = sample.people.count == population.count
    let part = isWhole ? population : try population.people(sample.people)
    let published =
      isWhole
      ? snapshots
      : snapshots.mapValues { members in
        MembershipSet(sample.people.indices.lazy.filter { members.contains(sample.people[$0]) }.map { UInt32($0) })
      }
    let memberships = try memberships(in: part, at: now, snapshots: published, threads: threads)
    return zip(catalogue.segments, memberships).map {
      SegmentPreview(
        $0.name, found: $1.count, of: part.count, population: population.count, confidence: confidence)
    }
  }
}
