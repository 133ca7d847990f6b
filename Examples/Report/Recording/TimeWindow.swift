import SocialCRM

/// Which part of the time is drawn, in bins of which length.
///
/// A few interactions years away from all others would leave nothing to see of the rest. So up to one in a hundred at
/// either end are left out where a gap of at least a quarter of the whole time sets them apart; they are counted.
struct TimeWindow {
  let timeLine: TimeLine
  private let bounds: [Int64]

  init(_ bins: TimeBins) {
    var kept = bins.ordered[...]
    let budget = bins.total / 100
    var (earlier, later) = (0, 0)
    while let cut = Self.cut(kept, earlier: budget - earlier, later: budget - later) {
      earlier += kept[kept.startIndex..<cut.lowerBound].reduce(0) { $0 + $1.count }
      later += kept[cut.upperBound..<kept.endIndex].reduce(0) { $0 + $1.count }
      kept = kept[cut]
    }
    guard let first = kept.first, let last = kept.last else {
      timeLine = TimeLine()
      bounds = []
      return
    }
    let begin = bins.unit.start(of: first.bin)
    let end = bins.unit.start(of: last.bin + 1)
    let unit = Self.unit(for: end - begin, atLeast: bins.unit)
    var bounds = Self.bounds(from: begin, to: end, unit)
    if bounds.count > Self.mostBins + 1 {
      let cut = bounds[bounds.count - 1 - Self.mostBins]
      earlier += kept.filter { bins.unit.start(of: $0.bin) < cut }.reduce(0) { $0 + $1.count }
      bounds.removeFirst(bounds.count - 1 - Self.mostBins)
    }
    self.bounds = bounds
    timeLine = TimeLine(
      unit: unit, starts: bounds.dropLast().compactMap { Instant(secondsSinceEpoch: $0) }, earlier: earlier,
      later: later)
  }

  /// The counts of the bins that are drawn.
  func counts(of bins: TimeBins) -> [Int] {
    var counts = [Int](repeating: 0, count: timeLine.starts.count)
    var index = 0
    for (bin, count) in bins.ordered {
      let second = bins.unit.start(of: bin)
      guard let first = bounds.first, let last = bounds.last, second >= first, second < last else { continue }
      while second >= bounds[index + 1] { index += 1 }
      counts[index] += count
    }
    return counts
  }

  private static let mostBins = 200

  /// What is left when one end is cut at its widest gap; `nil` when no gap is wide enough.
  private static func cut(
    _ bins: ArraySlice<(bin: Int, count: Int)>, earlier: Int, later: Int
  ) -> Range<Int>? {
    guard let first = bins.first, let last = bins.last, last.bin - first.bin >= 8 else { return nil }
    var widest = (gap: max((last.bin - first.bin) / 4, 2), cut: Range<Int>?.none)
    var sum = 0
    for index in bins.indices.dropFirst() {
      sum += bins[index - 1].count
      if sum > earlier { break }
      let gap = bins[index].bin - bins[index - 1].bin
      if gap > widest.gap { widest = (gap, index..<bins.endIndex) }
    }
    sum = 0
    for index in bins.indices.dropFirst().reversed() {
      sum += bins[index].count
      if sum > later { break }
      let gap = bins[index].bin - bins[index - 1].bin
      if gap > widest.gap { widest = (gap, bins.startIndex..<index) }
    }
    return widest.cut
  }

  private static func unit(for seconds: Int64, atLeast least: TimeBins.Unit) -> TimeLine.Unit {
    if least == .hour, seconds <= 3 * 86_400 { return .hour }
    if least <= .day, seconds <= 120 * 86_400 { return .day }
    if least <= .day, seconds <= 120 * 7 * 86_400 { return .week }
    return least <= .month && seconds <= 120 * 31 * 86_400 ? .month : .year
  }

  /// The beginnings of the bins that cover a time, and the end of the last.
  private static func bounds(from begin: Int64, to end: Int64, _ unit: TimeLine.Unit) -> [Int64] {
    let step: (Int64) -> Int64
    var start = begin
    switch unit {
    case .hour: step = { $0 + 3_600 }
    case .day: step = { $0 + 86_400 }
    case .week:
      // 1970-01-01 was a Thursday.
      let day = TimeBins.Unit.day.bin(of: begin) + 3
      start = Int64(day - (day % 7 + 7) % 7 - 3) * 86_400
      step = { $0 + 7 * 86_400 }
    case .month, .year:
      let calendar: TimeBins.Unit = unit == .month ? .month : .year
      start = calendar.start(of: calendar.bin(of: begin))
      step = { calendar.start(of: calendar.bin(of: $0) + 1) }
    }
    var bounds = [start]
    while let last = bounds.last, last < end {
      let next = step(last)
      if next <= last { break }
      bounds.append(next)
    }
    return bounds
  }
}
