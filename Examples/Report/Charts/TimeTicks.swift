import SocialCRM

/// The dates under a chart: round ones, as many as there is room for.
struct TimeTicks {
  struct Tick {
    var bin: Int
    var name: String
    /// Whether it is shown where there is little room, too.
    var isNarrow: Bool
  }

  let ticks: [Tick]

  init(_ timeLine: TimeLine, most: Int = 10, mostNarrow: Int = 4) {
    let dates = timeLine.starts.map { CivilDate($0) }
    let choices = Self.choices(timeLine, dates)
    let wide = choices.first { $0.count <= most } ?? Self.thinned(choices.last ?? [], to: most)
    let coarser = choices.first { $0.count <= mostNarrow && $0.count >= 2 && $0.allSatisfy(wide.contains) }
    let narrow = Set(coarser ?? Self.thinned(wide, to: mostNarrow))
    var year: Int?
    ticks = wide.map { bin in
      let date = dates[bin]
      var name =
        switch timeLine.unit {
        case .hour:
          DateText.clock(timeLine.starts[bin]) == "00:00" ? DateText.day(date) : DateText.clock(timeLine.starts[bin])
        case .day, .week: DateText.day(date)
        case .month: DateText.month(date)
        case .year: "\(date.year)"
        }
      // The year where it changes, so that no other tick needs it.
      if timeLine.unit != .year, timeLine.unit != .hour, let year, year != date.year { name += " \(date.year)" }
      year = date.year
      return Tick(bin: bin, name: name, isNarrow: narrow.contains(bin))
    }
  }

  /// Sets of bins that begin at round dates, most first.
  private static func choices(_ timeLine: TimeLine, _ dates: [CivilDate]) -> [[Int]] {
    func bins(_ isRound: (Int) -> Bool) -> [Int] { dates.indices.filter(isRound) }
    func beginsMonth(_ bin: Int, every months: Int) -> Bool {
      let isFirst = bin > 0 ? dates[bin].month != dates[bin - 1].month : dates[bin].day == 1
      return isFirst && (dates[bin].month - 1) % months == 0
    }
    func hour(_ bin: Int) -> Int { Int(timeLine.starts[bin].secondsSinceEpoch / 3_600) }
    switch timeLine.unit {
    case .hour: return [1, 2, 3, 6, 12, 24].map { step in bins { hour($0) % step == 0 } }
    case .day:
      // 1970-01-01 was a Thursday; weeks begin on Monday.
      return [bins { _ in true }, bins { dates[$0].daysSinceEpoch % 2 == 0 }]
        + [7, 14, 28].map { step in bins { (dates[$0].daysSinceEpoch + 3) % step == 0 } }
    case .week: return [1, 2, 3, 6, 12].map { months in bins { beginsMonth($0, every: months) } }
    case .month: return [1, 2, 3, 6, 12].map { months in bins { (dates[$0].month - 1) % months == 0 } }
    case .year: return [1, 2, 5, 10, 20, 50, 100].map { step in bins { dates[$0].year % step == 0 } }
    }
  }

  private static func thinned(_ bins: [Int], to most: Int) -> [Int] {
    guard bins.count > most else { return bins }
    let step = (bins.count + most - 1) / most
    return bins.enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }
}
