import SocialCRM

/// Counts over time as columns, one series upon the other.
struct ColumnChart {
  struct Series {
    var name: String
    var tone: String
    var counts: [Int]
  }

  let timeLine: TimeLine
  let series: [Series]
  /// What the chart shows, for those who cannot see it.
  let description: String
  /// The height of the columns in pixels.
  var height = 180
  /// The greatest count of all charts that are compared; `nil` for the greatest of this one.
  var greatest: Int?
  var mostTicks = 4
  var mostDates = 10
  /// Whether the highest column is named.
  var namesPeak = true

  var html: HTML {
    let sums = timeLine.starts.indices.map { bin in series.reduce(0) { $0 + $1.counts[bin] } }
    let scale = CountScale(greatest: greatest ?? sums.max() ?? 0, most: mostTicks)
    return """
      <svg class="columns" height="\(height + 44)" role="img" aria-label="\(description)"><title>\(description)</title>
      \(grid(scale))\(columns(scale))\(dates)\(namesPeak ? peak(sums, scale) : .none)</svg>
      """
  }

  private var bottom: Double { Double(height) + 20 }

  private func y(_ share: Double) -> String { SVG.pixels(bottom - share * Double(height)) }

  private func grid(_ scale: CountScale) -> [HTML] {
    ([0] + scale.ticks).map { tick in
      let y = y(scale.share(tick))
      return """
        <line class="\(tick == 0 ? "base" : "grid")" x1="0" x2="100%" y1="\(y)" y2="\(y)"/>\
        <text class="tick" x="-8" y="\(y)" dy="0.32em" text-anchor="end">\(NumberText.compact(tick))</text>
        """
    }
  }

  private func columns(_ scale: CountScale) -> [HTML] {
    let count = timeLine.starts.count
    // One column alone would be a wall.
    let slot = 1 / Double(max(count, 1))
    let width = count < 8 ? min(slot * 0.6, 0.08) : slot * (count > 90 ? 0.86 : 0.78)
    return timeLine.starts.indices.flatMap { bin -> [HTML] in
      var below = 0.0
      return series.compactMap { series in
        let share = scale.share(series.counts[bin])
        if share <= 0 { return nil }
        let top = below + share
        defer { below = top }
        return """
          <rect class="\(series.tone)" x="\(SVG.percent((Double(bin) + 0.5) * slot - width / 2))" y="\(y(top))" \
          width="\(SVG.percent(width))" height="\(SVG.pixels(share * Double(height)))"/>
          """
      }
    }
  }

  private var dates: [HTML] {
    TimeTicks(timeLine, most: mostDates, mostNarrow: min(mostDates, 4)).ticks.map { tick in
      let (x, anchor) = place(of: tick.bin, edge: 0.05)
      let mark = tick.isNarrow ? "tick" : "tick wide"
      return """
        <line class="\(mark) mark" x1="\(x)" x2="\(x)" y1="\(SVG.pixels(bottom))" y2="\(SVG.pixels(bottom + 5))"/>\
        <text class="\(mark)" x="\(x)" y="\(SVG.pixels(bottom + 19))" text-anchor="\(anchor)">\(tick.name)</text>
        """
    }
  }

  private func peak(_ sums: [Int], _ scale: CountScale) -> HTML {
    guard let most = sums.max(), most > 0, let bin = sums.firstIndex(of: most), sums.count > 1 else { return .none }
    let (x, anchor) = place(of: bin, edge: 0.22)
    let name = "\(NumberText.grouped(most)) · \(DateText.bin(timeLine.starts[bin], timeLine.unit))"
    let height = SVG.pixels(bottom - scale.share(most) * Double(self.height) - 6)
    return "<text class=\"note\" x=\"\(x)\" y=\"\(height)\" text-anchor=\"\(anchor)\">\(name)</text>"
  }

  /// The middle of a bin, and how a text there stays inside: it begins or ends there, near an edge.
  private func place(of bin: Int, edge: Double) -> (x: String, anchor: String) {
    let share = (Double(bin) + 0.5) / Double(max(timeLine.starts.count, 1))
    return (SVG.percent(share), share < edge ? "start" : share > 1 - edge ? "end" : "middle")
  }
}
