public import SCRMModel

/// A segment relative to a population: the top ten, the best percent, the middle half.
///
/// It is computed apart from the loop over everyone's values and published as a ``RankSnapshot``; conditions name it as
/// `snapshot('name')`. Between two publications nobody enters or leaves it.
public struct PopulationRank: Sendable, Hashable {
  /// Which part of the ranking.
  public enum Part: Sendable, Hashable {
    /// The `n` greatest values; more where several are equal to the last.
    case top(Int)
    /// From one share of the population below to another, 0 … 1: `percentile(0.9, 1)` is the upper tenth.
    ///
    /// The share of a person is the part of the population with a smaller value, so equal values stay together.
    case percentile(Double, Double)
  }

  /// The name of the snapshot.
  public let name: SegmentName
  /// Which part.
  public let part: Part

  /// Creates a rank.
  public init(_ name: SegmentName, _ part: Part) {
    self.name = name
    self.part = part
  }

  /// Computes the snapshot; O(n log n).
  ///
  /// People without a value, or whose value is not a number, are not in the population.
  public func snapshot(_ values: [(person: PersonID, value: Double)], asOf time: Instant) -> RankSnapshot {
    let ranked = values.filter { !$0.value.isNaN }
      .sorted { $0.value != $1.value ? $0.value > $1.value : $0.person < $1.person }
    var members: [PersonID] = []
    var least: Double?
    var below = ranked.count
    var start = 0
    while start < ranked.count {
      var end = start
      while end < ranked.count, ranked[end].value == ranked[start].value { end += 1 }
      below = ranked.count - end
      let isIn: Bool
      switch part {
      case .top(let count): isIn = start < count
      case .percentile(let low, let high):
        let share = Double(below) / Double(ranked.count)
        isIn = share >= low && (share < high || high >= 1)
      }
      if isIn {
        members += ranked[start..<end].map(\.person)
        least = ranked[start].value
      }
      start = end
    }
    return RankSnapshot(
      name: name, asOf: time, members: members.sorted(), population: ranked.count, least: least)
  }
}

/// Who was in a part of a ranking at a moment.
public struct RankSnapshot: Sendable, Hashable {
  /// The name conditions use.
  public let name: SegmentName
  /// The moment of the values.
  public let asOf: Instant
  /// The members, ascending.
  public let members: [PersonID]
  /// How many people were ranked.
  public let population: Int
  /// The least value of a member; `nil` without members.
  public let least: Double?

  /// Creates a snapshot, such as one computed elsewhere; the members in any order.
  public init(name: SegmentName, asOf: Instant, members: [PersonID], population: Int, least: Double?) {
    self.name = name
    self.asOf = asOf
    self.members = members.sorted()
    self.population = population
    self.least = least
  }

  /// Whether somebody is a member; O(log n).
  public func contains(_ person: PersonID) -> Bool {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < person { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == person
  }
}
