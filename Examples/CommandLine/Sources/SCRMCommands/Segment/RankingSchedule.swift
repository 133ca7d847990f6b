import SocialCRM

/// When the rankings of a run are computed: at the multiples of their `every` since 1970, or once as of the end.
struct RankingSchedule {
  private let rankings: [RankDefinition]
  private let end: Int64

  init(_ rankings: [RankDefinition], by end: Instant) {
    self.rankings = rankings
    self.end = end.millisecondsSinceEpoch
  }

  /// The latest moment of a ranking up to another.
  private func latest(_ ranking: RankDefinition, by moment: Int64) -> Int64? {
    guard let every = ranking.every.map(Self.milliseconds) else { return moment >= end ? end : nil }
    return moment - (moment % every + every) % every
  }

  private static func milliseconds(_ span: Duration) -> Int64 {
    let (seconds, rest) = span.components
    return max(seconds.multipliedReportingOverflow(by: 1_000).partialValue + rest / 1_000_000_000_000_000, 1)
  }

  /// The next moment at which something is computed; `nil` when nothing is any more.
  func next(after moment: Int64) -> Int64? {
    rankings.compactMap { ranking in
      guard let every = ranking.every.map(Self.milliseconds) else { return moment < end ? end : nil }
      let next = (latest(ranking, by: moment) ?? end).addingReportingOverflow(every)
      return next.overflow || next.partialValue > end ? nil : next.partialValue
    }.min()
  }

  /// The snapshots that are computed at a moment.
  func due(
    at moment: Int64, in population: Population, _ ids: [PersonID], _ catalogue: SegmentCatalogue
  ) throws -> [RankSnapshot] {
    try snapshots(rankings.filter { latest($0, by: moment) == moment }, moment, population, ids, catalogue)
  }

  /// The snapshots that stand at a moment, the end unless another is given.
  func standing(
    at moment: Int64? = nil, in population: Population, _ ids: [PersonID], _ catalogue: SegmentCatalogue
  ) throws -> [RankSnapshot] {
    try rankings.flatMap { ranking -> [RankSnapshot] in
      guard let time = latest(ranking, by: moment ?? end) else { return [] }
      return try snapshots([ranking], time, population, ids, catalogue)
    }
  }

  private func snapshots(
    _ rankings: [RankDefinition], _ moment: Int64, _ population: Population, _ ids: [PersonID],
    _ catalogue: SegmentCatalogue
  ) throws -> [RankSnapshot] {
    guard let time = Instant(millisecondsSinceEpoch: moment) else {
      throw CommandFailure("a ranking would be computed before the year 1")
    }
    let engine = BatchSegments(catalogue)
    return try rankings.map { try $0.snapshot(in: population, ids: ids, by: engine, at: time) }
  }
}
