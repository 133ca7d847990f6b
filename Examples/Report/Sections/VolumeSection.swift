import SocialCRM

/// How much was said and done over time.
struct VolumeSection {
  let report: RunReport

  var html: HTML { PageSection(id: "volume", title: "Volume", lead: lead, content: content).html }

  private var lead: HTML {
    let total = report.store.interactions
    if report.timeLine.starts.isEmpty { return .none }
    let shares = report.volume.map { series -> HTML in
      "\(NumberText.percent(series.counts.reduce(0, +), of: report.volume.reduce(0) { $0 + $1.counts.reduce(0, +) }))"
        + " by \(series.side.rawValue)"
    }
    let parts = shares.enumerated().map { $0.offset > 0 ? ", \($0.element)" as HTML : $0.element }
    return "\(NumberText.count(total, "interaction", "interactions")) by \(unit): \(parts)."
  }

  private var unit: String { report.timeLine.unit.rawValue }

  private var content: HTML {
    if report.timeLine.starts.isEmpty { return PageSection.nothing("Nothing happened.") }
    let series = report.volume.map { series in
      ColumnChart.Series(name: series.side.name, tone: series.side.tone, counts: series.counts)
    }
    let chart = ColumnChart(
      timeLine: report.timeLine, series: series, description: "Interactions by \(unit), as columns", height: 200)
    return """
      \(Legend.html(series.map { ($0.name, $0.tone) }))
      \(chart.html)
      \(outside)
      \(table(series).folded)
      """
  }

  private var outside: HTML {
    let line = report.timeLine
    guard line.earlier + line.later > 0 else { return .none }
    var parts: [String] = []
    if line.earlier > 0, let first = report.store.firstEvent {
      parts.append("\(NumberText.grouped(line.earlier)) before, from \(DateText.date(first))")
    }
    if line.later > 0, let last = report.store.lastEvent {
      parts.append("\(NumberText.grouped(line.later)) after, up to \(DateText.date(last))")
    }
    return "<p class=\"aside\">Not drawn, because far away from all others: \(parts.joined(separator: "; ")).</p>"
  }

  private func table(_ series: [ColumnChart.Series]) -> Table {
    Table(
      caption: "Interactions by \(unit)",
      columns: [.init(title: "\(unit)")] + series.map { .init(title: "\($0.name)", style: "num") },
      rows: report.timeLine.starts.enumerated().map { bin, start in
        ["\(DateText.bin(start, report.timeLine.unit))"] + series.map { "\(NumberText.grouped($0.counts[bin]))" }
      })
  }
}

extension VolumeSeries.Side {
  var name: String {
    switch self {
    case .customers: "Customers"
    case .brands: "Brands and staff"
    case .automation: "Automation"
    }
  }

  var tone: String {
    switch self {
    case .customers: "a"
    case .brands: "b"
    case .automation: "e"
    }
  }
}
